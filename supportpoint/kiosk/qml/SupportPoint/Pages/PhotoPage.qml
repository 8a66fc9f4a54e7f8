pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K09: photograph a paper, look at the picture, keep it or take it again.
PageFrame {
    id: root

    required property PhotoViewModel photo

    readonly property bool shot: photo.photoState === "shot"
    readonly property bool noCamera: photo.photoState === "noCamera"
    readonly property bool allGood: photo.checks.every(check => check.ok)
    readonly property int bedWidth: Theme.isLarge ? 1008 : 760

    objectName: "page_photo"
    title: shot ? (allGood ? qsTr("Ảnh rõ rồi") : qsTr("Mời xem lại ảnh")) : photo.title
    help: shot ? photo.title : (noCamera ? qsTr("Máy ảnh chưa chạy. Mời gọi cán bộ.") : (photo.hint !== "" ? photo.hint : (photo.isPaper ? qsTr("Đặt giấy vào giữa khung.") : "")))
    error: photo.errorCode !== "" ? qsTr("Chưa chụp được. Mời chụp lại.") : ""
    barPart: shell.sectionCount > 0 ? qsTr("Phần %1/%2").arg(shell.sectionIndex + 1).arg(shell.sectionCount) : ""
    stonesVisible: true
    primaryText: shot ? (allGood ? qsTr("Rõ rồi, dùng ảnh") : qsTr("Vẫn dùng ảnh này")) : (noCamera ? (photo.isPaper ? qsTr("Chưa có giấy, làm tiếp") : qsTr("Không chụp, làm tiếp")) : qsTr("Chụp"))
    primaryIcon: shot ? "check" : (noCamera ? "arrow-right" : "camera")
    primaryIconWeight: shot || noCamera ? "bold" : "fill"
    primaryIconAtEnd: noCamera
    primaryEnabled: !noCamera || photo.canSkip
    onBack: navigator.back()
    onPrimary: {
        if (shot)
            photo.keep();
        else if (noCamera)
            photo.skip();
        else
            photo.shoot();
    }

    headExtra: Component {
        Pill {
            text: qsTr("Ảnh %1 trên %2").arg(root.photo.index + 1).arg(root.photo.total)
        }
    }

    function checkWords(id: string, ok: bool): string {
        switch (id) {
        case "corners":
            return ok ? qsTr("Đủ bốn góc") : qsTr("Mất góc. Đặt giấy vào giữa.");
        case "sharp":
            if (!photo.isPaper)
                return ok ? qsTr("Ảnh rõ") : qsTr("Ảnh bị mờ. Giữ yên rồi chụp lại.");
            return ok ? qsTr("Rõ chữ") : qsTr("Chữ bị mờ. Giữ yên rồi chụp lại.");
        default:
            return ok ? qsTr("Đủ sáng") : qsTr("Tối hoặc lóa. Mời chụp lại.");
        }
    }

    PhotoBed {
        width: root.bedWidth
        height: root.body.height
        imageUrl: root.photo.imageUrl
        live: root.photo.photoState === "live"
        good: root.shot && root.allGood
        noCamera: root.noCamera
        fake: root.photo.cameraFake
    }

    Column {
        x: root.bedWidth + 32
        width: parent.width - x
        spacing: 12

        Repeater {
            model: root.shot ? root.photo.checks : []

            CheckRow {
                required property var modelData
                width: root.body.width - root.bedWidth - 32
                ok: modelData.ok
                message: root.checkWords(modelData.id, modelData.ok)
            }
        }

        Repeater {
            model: root.shot || root.noCamera ? [] : root.photo.wanted

            CheckRow {
                required property string modelData
                width: root.body.width - root.bedWidth - 32
                pending: true
                message: root.checkWords(modelData, true)
            }
        }
    }

    Column {
        x: root.bedWidth + 32
        y: parent.height - height
        width: parent.width - x
        spacing: 12

        NeutralButton {
            objectName: "againButton"
            visible: root.shot
            width: parent.width
            text: qsTr("Chụp lại")
            iconName: "camera"
            iconWeight: "fill"
            iconInk: Theme.indigo
            onTapped: root.photo.again()
        }

        SecondaryButton {
            objectName: "skipPhotoButton"
            visible: !root.shot && !root.noCamera && root.photo.canSkip
            width: parent.width
            text: root.photo.isPaper ? qsTr("Chưa có giấy này") : qsTr("Không chụp, làm tiếp")
            iconName: root.photo.isPaper ? "file-text" : "image"
            iconWeight: "duotone"
            onTapped: root.photo.skip()
        }
    }
}
