import QtQuick

// Somebody sits nearby: a drawing, one line below it, and the phone number where there is one.
Panel {
    id: root

    required property string art
    property string phone
    property string code

    readonly property int lineHeight: 112

    Rectangle {
        x: 2
        y: 2
        width: parent.width - 4
        height: parent.height - root.lineHeight - 2
        topLeftRadius: Theme.radiusCard - 2
        topRightRadius: Theme.radiusCard - 2
        color: Theme.artGround

        Drawing {
            anchors.centerIn: parent
            name: root.art
            width: parent.width - 64
            height: parent.height - 48
        }

        Words {
            objectName: "problemCode"
            visible: text !== ""
            x: 20
            y: parent.height - height - 12
            text: root.code
            role: Words.Role.Help
            color: Theme.sceneInk2
            font.pixelSize: 24
        }
    }

    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        y: parent.height - root.lineHeight
        height: root.lineHeight
        spacing: 24

        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Cán bộ ngồi gần đây.") + (root.phone !== "" ? " " + qsTr("Hoặc gọi số") : "")
            role: Words.Role.List
            wrapMode: Text.NoWrap
        }

        Words {
            objectName: "callPhone"
            anchors.verticalCenter: parent.verticalCenter
            visible: root.phone !== ""
            text: root.phone
            role: Words.Role.Display
            font.features: {"tnum": 1}
            wrapMode: Text.NoWrap
        }
    }
}
