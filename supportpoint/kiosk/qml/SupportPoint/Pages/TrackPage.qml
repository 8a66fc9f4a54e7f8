pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K24: show the receipt, or type its small code. Works without a network.
PageFrame {
    id: root

    required property TrackViewModel track

    readonly property string stage: track.state
    // A typed code that was not found stays in its field, with the words beside it.
    readonly property bool refused: stage === "none" || stage === "bad"
    readonly property bool typing: stage === "typing" || (refused && track.typed !== "")
    readonly property bool choosing: !typing && (stage === "choose" || refused)

    objectName: "page_track"
    focus: true
    title: typing ? qsTr("Gõ mã nhỏ trên giấy hẹn") : (stage === "scanning" ? qsTr("Đưa mã vuông vào khung") : (stage === "waiting" ? qsTr("Chờ một chút.") : qsTr("Xem hồ sơ bằng gì?")))
    help: typing ? qsTr("Còn %1 chữ.").arg(track.missingChars) : (choosing ? qsTr("Chạm vào một hình.") : qsTr("Máy tự đọc, không cần bấm."))
    error: stage === "none" ? qsTr("Chưa thấy mã này. Xem lại giấy hẹn.") : (stage === "bad" ? qsTr("Mã này chưa đúng. Mời xem lại giấy hẹn.") : "")
    barTitle: qsTr("Xem hồ sơ")
    primaryVisible: typing
    primaryText: qsTr("Xem hồ sơ")
    primaryFilled: track.missingChars === 0
    onBack: navigator.back()
    onPrimary: track.submitTyped()

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
            visible: root.stage === "scanning"
            anchors.right: parent?.right
            width: Theme.primaryWidth
            height: Theme.buttonHeight
            text: qsTr("Gõ mã")
            iconName: "text-aa"
            onTapped: root.track.startTyping()
        }
    ]

    CardGrid {
        visible: root.choosing
        width: parent.width
        height: parent.height
        cards: root.choosing ? [
            {value: "scan", label: qsTr("Quét giấy hẹn"), art: "slip", selected: false, enabled: root.track.cameraAvailable, sub: root.track.cameraAvailable ? "" : qsTr("Máy quét chưa chạy.")},
            {value: "type", label: qsTr("Gõ mã trên giấy"), art: "typing", selected: false}
        ] : []
        onListened: text => root.shell.listen(text)
        onPicked: value => {
            if (value === "scan")
                root.track.scanReceipt();
            else
                root.track.startTyping();
        }
    }

    Rectangle {
        visible: root.stage === "scanning"
        width: parent.width
        height: parent.height
        radius: Theme.radiusCard
        color: Theme.cameraDark

        CornerMarks {
            anchors.centerIn: parent
            width: height
            height: parent.height - 96
        }

        Drawing {
            anchors.centerIn: parent
            name: "slip"
            width: parent.height - 140
            height: parent.height - 160
        }

        Pill {
            x: 16
            y: 16
            text: qsTr("Máy quét đang bật")
            iconName: "video-camera"
            iconInk: Theme.madderInk
            ink: Theme.madderInk
            tint: Theme.madder
        }
    }

    SecretPad {
        visible: root.typing
        anchors.fill: parent
        typed: root.track.typed
        subject: root.title
        onPressed: key => root.track.padPress(key)
    }
}
