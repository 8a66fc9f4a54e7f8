import QtQuick

// A picture over all but the top bar; a touch anywhere on it puts it away.
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
            height: Math.max(52, implicitHeight)
            text: root.text
            iconName: "hand-tap"
            iconInk: Theme.ink
            tint: Theme.surface
        }
    }
}
