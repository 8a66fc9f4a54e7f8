pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// Three pictures of twelve: chosen twice to lock, once to open.
PageFrame {
    id: root

    required property LockViewModel lock
    required property DoorViewModel door

    readonly property int chosen: lock.pictures.filter(picture => picture.place > 0).length

    objectName: "page_lock"
    title: lock.step === "choose" ? qsTr("Chọn ba hình để khóa") : (lock.step === "repeat" ? qsTr("Chạm lại ba hình ấy") : qsTr("Chạm ba hình của mình"))
    help: lock.busy ? qsTr("Chờ một chút.") : (lock.step === "choose" ? qsTr("Nhớ cả thứ tự: hình một, hình hai, hình ba.") : qsTr("Đúng thứ tự: hình một, hình hai, hình ba."))
    error: lock.message === "differs" ? qsTr("Hai lần chưa giống. Chọn lại từ đầu.") : (lock.message === "wrong" ? qsTr("Chưa đúng. Mời chạm lại, còn %1 lần.").arg(lock.triesLeft) : "")
    barTitle: qsTr("Việc riêng")
    coverable: true
    primaryVisible: false
    onBack: navigator.leave()

    actions: [
        SecondaryButton {
            objectName: "openLockedButton"
            visible: root.lock.step === "choose" && root.door.canOpenLocked
            anchors.right: parent?.right
            width: Theme.primaryWidth
            height: Theme.buttonHeight
            text: qsTr("Mở việc đã khóa")
            iconName: "arrow-u-up-right"
            onTapped: root.door.openLocked()
        }
    ]

    headExtra: Component {
        Pill {
            text: qsTr("%1 trên 3 hình").arg(root.chosen)
            iconName: "lock-simple"
            iconInk: Theme.teal
            tint: Theme.tealTint
        }
    }

    LockPad {
        anchors.fill: parent
        pictures: root.lock.pictures
        onPicked: id => root.lock.pick(id)
    }
}
