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
    readonly property string offered: nameActions()

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
            return qsTr("Chạm ghi rồi nói to một câu.");
        case "printer":
            return qsTr("In một tờ thử, xem chữ có rõ không.");
        default:
            return qsTr("Chạm phát rồi lắng nghe.");
        }
    }

    // A text, not a list: it changes only when the buttons do, and no button goes away under a finger.
    function nameActions(): string {
        switch (device) {
        case "camera":
            return look.still ? "again" : "take";
        case "scanner":
            return "";
        case "microphone":
            return "record play";
        case "printer":
            return "print";
        default:
            return look.asked ? "heard unheard" : "play";
        }
    }

    function actionWords(what: string): string {
        switch (what) {
        case "take":
            return qsTr("Chụp một ảnh");
        case "again":
            return qsTr("Xem tiếp");
        case "record":
            return qsTr("Ghi 3 giây");
        case "heard":
            return qsTr("Có nghe thấy");
        case "unheard":
            return qsTr("Không nghe thấy");
        case "print":
            return look.phase === "printing" ? qsTr("Đang in") : qsTr("In thử");
        default:
            return device === "microphone" ? qsTr("Nghe lại") : (look.playing ? qsTr("Đang phát") : qsTr("Phát thử"));
        }
    }

    function actionIcon(what: string): string {
        return ({take: "camera", again: "camera", record: "circle", heard: "check-circle", unheard: "x-circle", print: "printer"})[what] ?? "speaker-high";
    }

    function canAct(what: string): bool {
        switch (what) {
        case "record":
            return look.phase !== "recording" && look.phase !== "playing";
        case "play":
            return device === "microphone" ? look.phase === "ready" : look.playing !== true;
        case "print":
            return look.phase !== "printing";
        default:
            return true;
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
            model: root.offered === "" ? [] : root.offered.split(" ")

            SecondaryButton {
                required property string modelData

                objectName: "act_" + modelData
                width: root.body.width - root.sideX
                text: root.actionWords(modelData)
                iconName: root.actionIcon(modelData)
                iconWeight: "fill"
                enabled: root.canAct(modelData)
                onTapped: root.devices.act(modelData)
            }
        }
    }
}
