import QtQuick

// A picture over the whole screen; a touch anywhere puts it away.
TapArea {
    id: root

    required property string imageUrl

    objectName: "zoomSheet"
    text: qsTr("Chạm để quay lại")

    background: Rectangle {
        color: Theme.cameraDark
    }

    contentItem: Item {
        Image {
            anchors.fill: parent
            anchors.margins: 8
            source: root.visible ? root.imageUrl : ""
            sourceSize: Qt.size(Math.max(1, width), Math.max(1, height))
            fillMode: Image.PreserveAspectFit
            cache: false
            Accessible.ignored: true
        }

        Pill {
            anchors.horizontalCenter: parent.horizontalCenter
            y: parent.height - height - 16
            text: root.text
            iconName: "hand-tap"
            iconInk: Theme.ink
            tint: Theme.surface
        }
    }
}
