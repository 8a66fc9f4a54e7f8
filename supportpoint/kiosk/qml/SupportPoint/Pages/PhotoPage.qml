pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K09: photograph a paper, look at the picture, keep it or take it again.
PageFrame {
    id: root

    required property PhotoViewModel photo

    readonly property bool shot: photo.photoState === "shot"
    readonly property bool live: photo.photoState === "live"
    readonly property bool noCamera: photo.photoState === "noCamera"
    // Without a camera: what may be left out or comes later goes on; what must be there waits for staff.
    readonly property bool mayWait: photo.canSkip || photo.canBringLater
    readonly property bool mayKeep: shot && photo.canKeep
    readonly property bool clearShot: mayKeep && photo.good
    readonly property int bedWidth: Theme.isLarge ? 1008 : 760
    readonly property int sideX: bedWidth + 32
    // What would make the picture better right now.
    readonly property string advice: !live ? "" : photo.holding ? qsTr("Giữ yên. Máy sắp chụp.") : firstBad ? badWords(firstBad.id) : ""
    readonly property var firstBad: photo.checks.find(check => !check.ok)

    objectName: "page_photo"
    title: shot ? (photo.good ? qsTr("Ảnh rõ rồi") : qsTr("Mời xem lại ảnh")) : photo.title
    help: shot ? photo.title : (noCamera ? (mayWait ? qsTr("Máy ảnh chưa chạy. Vẫn làm tiếp được.") : qsTr("Máy ảnh chưa chạy. Mời gọi cán bộ.")) : (photo.hint !== "" ? (shell.answersRequest ? qsTr("Cán bộ ghi: %1").arg(photo.hint) : photo.hint) : (photo.isPaper ? qsTr("Đặt giấy vào giữa khung.") : "")))
    error: photo.errorCode !== "" ? qsTr("Chưa chụp được. Mời chụp lại.") : ""
    barPart: shell.sectionCount > 0 ? qsTr("Phần %1/%2").arg(shell.sectionIndex + 1).arg(shell.sectionCount) : ""
    spokenRows: noCamera ? [wayOnWords()] : []
    stonesVisible: true
    primaryText: shot ? (photo.good ? qsTr("Rõ rồi, dùng ảnh") : qsTr("Chụp lại")) : (noCamera ? wayOn() : qsTr("Chụp"))
    primaryIcon: clearShot ? "check" : (noCamera ? (mayWait ? "arrow-right" : "phone-call") : "camera")
    primaryIconWeight: clearShot || noCamera && mayWait ? "bold" : "fill"
    primaryIconAtEnd: noCamera && mayWait
    onAdviceChanged: shell.voice.advise(advice)
    onBack: navigator.back()
    onPrimary: {
        if (clearShot)
            photo.keep();
        else if (shot)
            photo.again();
        else if (!noCamera)
            photo.shoot();
        else if (photo.canSkip)
            photo.skip();
        else if (photo.canBringLater)
            photo.bringLater();
        else
            shell.callStaff();
    }

    function wayOn(): string {
        if (photo.canBringLater)
            return qsTr("Mang giấy đến sau");
        if (!photo.canSkip)
            return qsTr("Nhờ cán bộ giúp");
        return photo.isPaper ? qsTr("Chưa có giấy, làm tiếp") : qsTr("Không chụp, làm tiếp");
    }

    // What becomes of a photo that nobody could take.
    function wayOnWords(): string {
        if (photo.canBringLater)
            return qsTr("Hồ sơ sẽ ghi: giấy này nộp sau.");
        if (!photo.canSkip)
            return qsTr("Việc này cần có ảnh. Việc đã làm vẫn còn trong máy.");
        return photo.isPaper ? qsTr("Không có ảnh, hồ sơ vẫn gửi được.") : qsTr("Không có ảnh vẫn gửi được.");
    }

    headExtra: Component {
        Pill {
            text: qsTr("Ảnh %1 trên %2").arg(root.photo.index + 1).arg(root.photo.total)
        }
    }

    function goodWords(id: string): string {
        switch (id) {
        case "corners":
            return qsTr("Đủ bốn góc");
        case "sharp":
            return photo.isPaper ? qsTr("Rõ chữ") : qsTr("Ảnh rõ");
        case "light":
            return qsTr("Đủ sáng");
        default:
            return qsTr("Không lóa");
        }
    }

    // What is wrong with a picture that still moves; the bed says what to do about it.
    function faultWords(id: string): string {
        switch (id) {
        case "corners":
            return qsTr("Thiếu góc");
        case "sharp":
            return photo.isPaper ? qsTr("Chữ mờ") : qsTr("Ảnh mờ");
        case "light":
            return qsTr("Tối quá");
        default:
            return qsTr("Bị lóa");
        }
    }

    function badWords(id: string): string {
        switch (id) {
        case "corners":
            return qsTr("Mất góc. Đặt giấy vào giữa.");
        case "sharp":
            return photo.isPaper ? qsTr("Chữ bị mờ. Giữ yên rồi chụp lại.") : qsTr("Ảnh bị mờ. Giữ yên rồi chụp lại.");
        case "light":
            return qsTr("Tối quá. Quay về chỗ sáng.");
        default:
            return qsTr("Bị lóa. Nghiêng giấy một chút.");
        }
    }

    PhotoBed {
        width: root.bedWidth
        height: root.body.height
        imageUrl: root.photo.imageUrl
        good: root.photo.checks.length > 0 && (!root.firstBad || root.shot && root.photo.good)
        noCamera: root.noCamera
        zoomable: root.shot
        advice: root.advice
        adviceGood: root.photo.holding
        onZoom: zoom.visible = true
    }

    Column {
        x: root.sideX
        width: parent.width - x
        spacing: 8

        Repeater {
            model: root.noCamera ? [] : root.photo.checkIds

            CheckRow {
                required property string modelData
                readonly property var found: root.photo.checks.find(check => check.id === modelData)

                objectName: "check_" + modelData
                width: root.body.width - root.sideX
                height: root.shot && !ok && !root.photo.canAddPage ? (Theme.textLarge ? 88 : 80) : 62
                pending: found === undefined && !root.shot
                ok: found?.ok ?? root.shot
                waiting: root.live
                message: ok || pending ? root.goodWords(modelData) : root.live ? root.faultWords(modelData) : root.badWords(modelData).replace(/ (\S+)$/, "\u00a0$1")
            }
        }

        CameraPill {
            visible: root.live
            fake: root.photo.cameraFake
        }
    }

    Panel {
        readonly property bool speaking: root.shell.voice.line === root.wayOnWords()

        visible: root.noCamera
        border.color: speaking ? Theme.speaking : Theme.hair
        border.width: speaking ? Theme.edgeChosen : Theme.edge
        x: root.sideX
        width: parent.width - x
        height: parent.height - (waitButton.visible ? waitButton.height + Theme.gap : 0)

        Drawing {
            id: wayOnDrawing
            anchors.horizontalCenter: parent.horizontalCenter
            y: 24
            name: root.mayWait ? "box" : "counter"
            width: parent.width - 64
            height: Math.round(parent.height * 0.5)
        }

        Words {
            x: 24
            y: wayOnDrawing.y + wayOnDrawing.height + 16
            width: parent.width - 48
            height: parent.height - y - 16
            text: root.wayOnWords().replace(/([.:]) /, "$1\n").replace(/ (\S+)$/, "\u00a0$1")
            role: Words.Role.List
            horizontalAlignment: Text.AlignHCenter
            maximumLineCount: 3
            fontSizeMode: Text.Fit
            minimumPixelSize: 28
        }
    }

    Column {
        x: root.sideX
        y: parent.height - height
        width: parent.width - x
        spacing: 12

        SecondaryButton {
            objectName: "addPageButton"
            visible: root.mayKeep && root.photo.canAddPage
            width: parent.width
            text: qsTr("Thêm trang")
            iconName: "plus"
            onTapped: root.photo.addPage()
        }

        NeutralButton {
            objectName: "againButton"
            visible: root.clearShot
            width: parent.width
            text: qsTr("Chụp lại")
            iconName: "camera"
            iconWeight: "fill"
            iconInk: Theme.indigo
            onTapped: root.photo.again()
        }

        SecondaryButton {
            objectName: "keepAnywayButton"
            visible: root.mayKeep && !root.photo.good
            width: parent.width
            text: qsTr("Vẫn dùng ảnh này")
            iconName: "check"
            onTapped: root.photo.keep()
        }

        SecondaryButton {
            id: waitButton
            objectName: "waitForPhotoButton"
            visible: root.noCamera && !root.mayWait
            width: parent.width
            text: qsTr("Để sau, về đầu")
            iconName: "house-line"
            iconWeight: "fill"
            onTapped: root.navigator.home()
        }

        SecondaryButton {
            objectName: "skipPhotoButton"
            visible: root.live && root.photo.canSkip
            width: parent.width
            text: root.photo.isPaper ? qsTr("Chưa có giấy này") : qsTr("Không chụp, làm tiếp")
            iconName: root.photo.isPaper ? "file-text" : "image"
            iconWeight: "duotone"
            onTapped: root.photo.skip()
        }
    }

    ZoomSheet {
        id: zoom

        parent: root
        y: Theme.topHeight
        width: Theme.windowWidth
        height: Theme.windowHeight - y
        z: 15
        visible: false
        imageUrl: root.photo.imageUrl
        reading: root.shell.voice.reading
        onListen: root.shell.voice.replay([text])
        onTapped: visible = false
    }

    Connections {
        target: root.photo
        function onChanged() {
            if (!root.shot)
                zoom.visible = false;
        }
    }
}
