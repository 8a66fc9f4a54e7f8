pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K24: hold the receipt before the reader, which is on at once, or type its small code. No network needed.
PageFrame {
    id: root

    required property TrackViewModel track

    readonly property string stage: track.state
    // A typed code that was not found stays in its field, with the words beside it.
    readonly property bool refused: stage === "none" || stage === "bad"
    readonly property bool urgent: track.hint === "type" || refused
    readonly property bool typing: stage === "typing" || (refused && track.typed !== "")
    readonly property string advice: !typing && track.hint !== "" ? hintWords() : ""
    readonly property int bedWidth: Theme.isLarge ? 760 : 640
    readonly property int sideX: bedWidth + 32
    readonly property real sideHeight: (body.height - 16) / 2

    objectName: "page_track"
    focus: true
    title: typing ? qsTr("Gõ mã kín trên giấy hẹn") : (stage === "waiting" ? qsTr("Chờ một chút.") : qsTr("Đưa mã vuông trên giấy hẹn vào khung"))
    help: typing ? (track.cameraAvailable ? "" : qsTr("Máy quét chưa chạy.") + " ") + qsTr("Nhóm %1 trên %2, còn %3 chữ.").arg(track.groupNow).arg(track.groupCount).arg(track.missingChars) : qsTr("Máy tự đọc, không cần chạm.")
    error: stage === "none" ? (typing ? qsTr("Chưa thấy mã này. Mời gõ lại từng chữ.") : qsTr("Chưa thấy mã này. Mời xem lại giấy hẹn.")) : (stage === "bad" ? qsTr("Mã này chưa đúng. Mời xem lại giấy hẹn.") : "")
    barTitle: qsTr("Xem hồ sơ")
    primaryVisible: typing
    primaryText: qsTr("Xem hồ sơ")
    primaryFilled: track.missingChars === 0
    onBack: {
        if (typing && track.cameraAvailable)
            track.scanReceipt();
        else
            navigator.back();
    }
    onPrimary: track.submitTyped()
    onAdviceChanged: shell.voice.advise(advice)

    function hintWords(): string {
        if (!track.cameraAvailable)
            return qsTr("Máy quét chưa chạy. Mời gõ mã.");
        if (refused)
            return qsTr("Mời đưa lại giấy hẹn vào khung");
        switch (track.hint) {
        case "far":
            return qsTr("Đưa giấy ra xa một chút");
        case "flat":
            return qsTr("Vuốt phẳng giấy, tránh chỗ lóa");
        case "type":
            return qsTr("Chưa đọc được. Gõ mã cũng được.");
        default:
            return qsTr("Đang chờ giấy hẹn");
        }
    }

    Keys.onPressed: event => {
        if (!root.typing)
            return;
        if (event.key === Qt.Key_Backspace)
            root.track.padPress("backspace");
        else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
            root.track.submitTyped();
        else if (event.text.length === 1 && event.text > " ")
            root.track.padPress(event.text.toUpperCase());
        else
            return;
        event.accepted = true;
    }

    actions: [
        SecondaryButton {
            objectName: "typeInsteadButton"
            visible: !root.typing
            anchors.right: parent?.right
            width: Theme.primaryWidth
            height: Theme.buttonHeight
            text: qsTr("Gõ mã kín")
            iconName: "text-aa"
            onTapped: root.track.startTyping()
        }
    ]

    Rectangle {
        visible: !root.typing
        width: root.bedWidth
        height: parent.height
        radius: Theme.radiusCard
        color: Theme.cameraDark

        Pill {
            x: 16
            y: 16
            text: root.track.cameraAvailable ? qsTr("Máy quét đang bật") : qsTr("Máy quét đang tắt")
            iconName: "video-camera"
            iconInk: root.track.cameraAvailable ? Theme.madderInk : Theme.ink2
            ink: root.track.cameraAvailable ? Theme.madderInk : Theme.ink
            tint: root.track.cameraAvailable ? Theme.madder : Theme.sunk
        }

        Item {
            y: 80
            width: parent.width
            height: hint.y - y - 16

            CornerMarks {
                anchors.centerIn: parent
                width: height
                height: parent.height
            }

            Drawing {
                anchors.centerIn: parent
                name: "slip"
                width: parent.height - 48
                height: parent.height - 48
            }
        }

        NoteStrip {
            id: hint
            objectName: "trackHint"
            x: 16
            y: parent.height - height - 16
            width: parent.width - 32
            height: Theme.textLarge ? 96 : 72
            radius: Theme.radiusField
            tint: root.urgent ? Theme.turmericTint : Theme.surface
            iconName: root.track.hint === "far" ? "arrows-out-line-vertical" : (root.urgent ? "warning-circle" : "info")
            iconWeight: root.track.hint === "far" ? "bold" : "fill"
            iconInk: root.urgent ? Theme.amberInk : Theme.teal
            message: root.hintWords()
        }
    }

    CardSide {
        visible: !root.typing
        x: root.sideX
        width: parent.width - x
        height: root.sideHeight
        art: "slip"
        heading: qsTr("Giấy đã in")
        where: qsTr("Mã vuông ở giữa giấy")
    }

    CardSide {
        visible: !root.typing
        x: root.sideX
        y: root.sideHeight + 16
        width: parent.width - x
        height: root.sideHeight
        art: "phoneqr"
        heading: qsTr("Ảnh trong điện thoại")
        where: qsTr("Mở ảnh ra, để màn hình sáng")
    }

    SecretPad {
        visible: root.typing
        anchors.fill: parent
        typed: root.track.typed
        subject: root.title
        onPressed: key => root.track.padPress(key)
    }
}
