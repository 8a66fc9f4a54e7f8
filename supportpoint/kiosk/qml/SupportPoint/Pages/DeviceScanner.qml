import QtQuick
import SupportPoint.Ui

// Says that a code was read: what kind, how long, never what it says.
Rectangle {
    id: root

    required property var look

    readonly property int count: look.count ?? 0

    radius: Theme.radiusCard
    color: Theme.cameraDark

    function kindWords(): string {
        switch (look.kind) {
        case "card":
            return qsTr("Thẻ căn cước");
        case "receipt":
            return qsTr("Giấy hẹn");
        default:
            return qsTr("Mã khác");
        }
    }

    CornerMarks {
        anchors.centerIn: parent
        width: parent.width - 120
        height: parent.height - 120
        tint: root.count > 0 ? Theme.cameraGlow : Theme.turmeric
    }

    Column {
        anchors.centerIn: parent
        width: parent.width - 200
        spacing: 8

        PictureIcon {
            anchors.horizontalCenter: parent.horizontalCenter
            name: root.count > 0 ? "check-circle" : "qr-code"
            weight: "fill"
            tint: Theme.cameraText
            size: 96
        }

        Words {
            objectName: "scannedKind"
            width: parent.width
            text: root.count > 0 ? root.kindWords() : qsTr("Đang chờ mã")
            role: Words.Role.List
            color: Theme.cameraText
            horizontalAlignment: Text.AlignHCenter
        }

        Words {
            objectName: "scannedLength"
            width: parent.width
            visible: root.count > 0
            text: qsTr("Dài %1 chữ. Đã đọc %2 lần.").arg(root.look.length ?? 0).arg(root.count)
            role: Words.Role.Body
            color: Theme.cameraText
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
