import QtQuick

// A picture over all but the top bar; a touch anywhere on it puts it away.
TapArea {
    id: root

    required property string imageUrl
    property bool reading: false

    signal listen

    objectName: "zoomSheet"
    text: qsTr("Chạm để quay lại")

    background: Rectangle {
        color: Theme.cameraDark
    }

    contentItem: Item {
        Image {
            anchors.fill: parent
            anchors.margins: 8
            anchors.bottomMargin: 8 + pill.height + 16
            anchors.leftMargin: 32 + Theme.listenSize + 16
            anchors.rightMargin: anchors.leftMargin
            source: root.visible ? root.imageUrl : ""
            sourceSize: Qt.size(Math.max(1, width), Math.max(1, height))
            fillMode: Image.PreserveAspectFit
            cache: false
            Accessible.ignored: true
        }

        ListenButton {
            objectName: "zoomListenButton"
            x: Theme.columnX
            y: Math.round((Theme.headHeight - height) / 2)
            reading: root.reading
            // The page under the sheet has one of the same word.
            Accessible.name: qsTr("Nghe lời của ảnh to")
            onTapped: root.listen()
        }

        Pill {
            id: pill
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
