import QtQuick
import SupportPoint.Ui

// The printer, its paper and what it is doing.
Panel {
    id: root

    required property var look
    required property string art

    function phaseWords(): string {
        switch (look.phase) {
        case "printing":
            return qsTr("Máy đang in tờ thử.");
        case "printed":
            return qsTr("In xong rồi. Xem chữ có rõ không.");
        default:
            return look.paper === "a4" ? qsTr("Giấy A4") : qsTr("Giấy cuộn 80 mm");
        }
    }

    Rectangle {
        x: 2
        y: 2
        width: parent.width - 4
        height: parent.height - 100
        topLeftRadius: Theme.radiusCard - 2
        topRightRadius: Theme.radiusCard - 2
        color: Theme.artGround

        Drawing {
            anchors.centerIn: parent
            name: root.art
            width: parent.width - 64
            height: parent.height - 64
        }
    }

    Words {
        objectName: "printerWords"
        x: 24
        y: parent.height - 92
        width: parent.width - 48
        height: 84
        text: root.phaseWords()
        role: Words.Role.Label
        horizontalAlignment: Text.AlignHCenter
    }
}
