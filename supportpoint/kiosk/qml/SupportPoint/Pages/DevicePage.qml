pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// One device being tried: what it does now at the left, what came of it and what to do at the right.
PageFrame {
    id: root

    required property DevicesViewModel devices

    readonly property string device: devices.device
    readonly property var look: devices.look
    readonly property int bedWidth: Theme.isLarge ? 880 : 760
    readonly property int sideX: bedWidth + 32

    objectName: "page_device"
    title: DeviceWords.nameOf(device)
    help: helpWords()
    barTitle: qsTr("Thử thiết bị")
    ending: true
    backText: qsTr("Danh sách")
    primaryText: qsTr("Thử thứ tiếp theo")
    onBack: navigator.leave()
    onPrimary: devices.next()

    function helpWords(): string {
        switch (device) {
        case "camera":
            return qsTr("Đặt một tờ giấy vào dưới máy ảnh.");
        case "scanner":
            return qsTr("Đưa một mã vuông bất kỳ vào.");
        case "microphone":
            return qsTr("Bấm ghi rồi nói to một câu.");
        case "printer":
            return qsTr("In một tờ thử, xem chữ có rõ không.");
        default:
            return qsTr("Bấm phát rồi lắng nghe.");
        }
    }

    function listActions(): list<var> {
        switch (device) {
        case "camera":
            return [look.still ? {what: "again", words: qsTr("Xem tiếp"), icon: "camera"} : {what: "take", words: qsTr("Chụp một ảnh"), icon: "camera"}];
        case "scanner":
            return [];
        case "microphone":
            return [
                {what: "record", words: qsTr("Ghi 3 giây"), icon: "circle", off: look.phase === "recording" || look.phase === "playing"},
                {what: "play", words: qsTr("Nghe lại"), icon: "speaker-high", off: look.phase !== "ready"}
            ];
        case "printer":
            return [{what: "print", words: look.phase === "printing" ? qsTr("Đang in") : qsTr("In thử"), icon: "printer", off: look.phase === "printing"}];
        default:
            return look.asked ? [
                {what: "heard", words: qsTr("Có nghe thấy"), icon: "check-circle"},
                {what: "unheard", words: qsTr("Không nghe thấy"), icon: "x-circle"}
            ] : [{what: "play", words: look.playing ? qsTr("Đang phát") : qsTr("Phát thử"), icon: "speaker-high", off: look.playing}];
        }
    }

    function adviceWords(): string {
        return devices.code === "SP-702" && device === "speech" ? qsTr("Chưa có giọng đọc tiếng Việt. Máy vẫn hiện chữ.") : devices.advice;
    }

    Loader {
        width: root.bedWidth
        height: parent.height
        sourceComponent: ({camera: cameraBed, scanner: scannerBed, microphone: microphoneBed, printer: printerBed})[root.device] ?? speakerBed
    }

    Component {
        id: cameraBed
        DeviceCamera {
            look: root.look
            absent: root.devices.verdict === "absent"
            fake: root.devices.isFake
        }
    }

    Component {
        id: scannerBed
        DeviceScanner {
            look: root.look
        }
    }

    Component {
        id: microphoneBed
        DeviceMicrophone {
            look: root.look
        }
    }

    Component {
        id: speakerBed
        DeviceSpeaker {
            look: root.look
            art: DeviceWords.artOf(root.device)
            onActed: what => root.devices.act(what)
        }
    }

    Component {
        id: printerBed
        DevicePrinter {
            look: root.look
            art: root.devices.code === "SP-705" ? "nopaper" : "printer"
        }
    }

    Column {
        x: root.sideX
        width: parent.width - x
        spacing: 12

        Words {
            width: parent.width
            objectName: "deviceName"
            text: root.devices.isFake ? qsTr("Máy thử") : (root.devices.name !== "" ? root.devices.name : DeviceWords.nameOf(root.device))
            role: Words.Role.Label
            maximumLineCount: 2
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
            height: Math.min(implicitHeight, 88)
        }

        Rectangle {
            width: parent.width
            height: 64
            radius: Theme.radiusCard
            color: DeviceWords.verdictTint(root.devices.verdict)
            border.width: Theme.highContrast ? 3 : 0
            border.color: Theme.line

            PictureIcon {
                x: 16
                anchors.verticalCenter: parent.verticalCenter
                name: DeviceWords.verdictIcon(root.devices.verdict)
                weight: root.devices.verdict === "untried" ? "regular" : "fill"
                tint: DeviceWords.verdictInk(root.devices.verdict)
                size: 40
            }

            Words {
                objectName: "deviceVerdict"
                x: 72
                width: parent.width - x - 12
                height: parent.height
                text: DeviceWords.verdictWords(root.devices.verdict)
                role: Words.Role.Label
            }
        }

        Words {
            objectName: "deviceAdvice"
            visible: text !== ""
            width: parent.width
            height: Math.min(implicitHeight, 150)
            text: root.adviceWords()
            role: Words.Role.Body
            font.pixelSize: Theme.helpSize
            maximumLineCount: 6
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
        }

        Words {
            visible: root.devices.code !== ""
            text: root.devices.code
            role: Words.Role.Help
            font.pixelSize: 24
        }
    }

    Column {
        x: root.sideX
        y: parent.height - height
        width: parent.width - x
        spacing: 12

        Repeater {
            model: root.listActions()

            SecondaryButton {
                required property var modelData

                objectName: "act_" + modelData.what
                width: root.body.width - root.sideX
                text: modelData.words
                iconName: modelData.icon
                iconWeight: "fill"
                enabled: !modelData.off
                onTapped: root.devices.act(modelData.what)
            }
        }
    }
}
