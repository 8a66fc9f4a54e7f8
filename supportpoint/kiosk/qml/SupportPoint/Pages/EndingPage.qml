pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K30: something else, or the end. It ends by itself, except where that would lose what was said.
PageFrame {
    id: root

    required property PrivacyViewModel privacy
    required property DoorViewModel door

    readonly property bool endsItself: privacy.fate === ""
    property int secondsLeft: 0

    objectName: "page_ending"
    title: qsTr("Làm việc khác hay nghỉ?")
    help: endsItself ? qsTr("Máy tự xóa màn hình.") : ""
    spoken: title + " " + (endsItself ? help : fateWords())
    spokenRows: grid.cards.map(card => card.label)
    barTitle: privacy.fate !== "" ? qsTr("Việc riêng") : ""
    primaryVisible: false
    onBack: navigator.back()
    Component.onCompleted: secondsLeft = privacy.endPageS

    function fateWords(): string {
        switch (privacy.fate) {
        case "wiped":
            return qsTr("Việc này chưa gửi. Rời đi là máy xóa.");
        case "locked":
            return qsTr("Việc này đã khóa. Máy giữ một ngày.");
        case "kept":
            return qsTr("Việc này chưa gửi. Máy cất cho cán bộ mở lại.");
        default:
            return "";
        }
    }

    Timer {
        interval: 1000
        repeat: true
        running: root.endsItself
        onTriggered: {
            root.secondsLeft -= 1;
            if (root.secondsLeft <= 0)
                root.shell.endVisit();
        }
    }

    actions: [
        SecondaryButton {
            objectName: "setLockButton"
            visible: root.privacy.fate === "wiped" && root.door.canKeep
            anchors.right: parent?.right
            width: Theme.primaryWidth
            height: Theme.buttonHeight
            text: qsTr("Khóa bằng ba hình")
            iconName: "lock-simple"
            iconWeight: "fill"
            onTapped: root.door.setLock()
        }
    ]

    headExtra: Component {
        Pill {
            visible: root.endsItself
            text: qsTr("Còn %1 giây").arg(root.secondsLeft)
            iconName: "clock"
            iconInk: Theme.amberInk
            tint: Theme.turmericTint
        }
    }

    NoteStrip {
        objectName: "fateStrip"
        visible: !root.endsItself
        y: parent.height - height
        width: parent.width
        height: 96
        message: root.fateWords()
        iconName: root.privacy.fate === "locked" ? "lock-simple" : "warning-circle"
        iconInk: Theme.amberInk
        tint: Theme.turmericTint
    }

    CardGrid {
        id: grid
        speaking: root.shell.voice.line
        width: parent.width
        height: parent.height
        cards: [
            {value: "more", label: qsTr("Việc khác"), art: "asked"},
            {value: "done", label: qsTr("Xong, xóa màn hình"), art: "erase"}
        ]
        onListened: text => root.shell.listen(text)
        onPicked: value => {
            if (value === "more")
                root.shell.doMore();
            else
                root.shell.endVisit();
        }
    }
}
