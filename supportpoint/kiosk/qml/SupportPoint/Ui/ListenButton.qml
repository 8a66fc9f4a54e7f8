import QtQuick

// The loudspeaker. The same size and place on every page; while it reads, it is what stops it.
TapArea {
    id: root

    property bool reading: false
    readonly property bool filled: down || reading
    readonly property bool small: width < 72
    // A long word of another language leaves the picture alone; the name still says it.
    readonly property bool worded: !small && word.implicitWidth <= width - 6

    implicitWidth: Theme.listenSize
    implicitHeight: Theme.listenSize
    height: width
    text: reading ? qsTr("Dừng") : qsTr("Nghe")
    ringRadius: small ? width / 2 : Theme.radiusButton
    pressedEdge: Theme.tealTint

    background: Rectangle {
        radius: root.ringRadius
        color: root.filled ? Theme.teal : Theme.tealTint
        border.width: Theme.edge
        border.color: Theme.teal

        PictureIcon {
            anchors.horizontalCenter: parent.horizontalCenter
            y: root.worded ? 5 : Math.round((parent.height - height) / 2)
            name: root.reading ? "stop" : root.small ? "speaker-simple-high" : "speaker-high"
            weight: "fill"
            size: root.worded ? root.width - 44 : root.small ? 34 : 44
            tint: root.filled ? Theme.tealTint : Theme.teal
        }

        Words {
            id: word
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 5
            visible: root.worded
            text: root.text
            role: Words.Role.Label
            font.pixelSize: 24
            color: root.filled ? Theme.tealTint : Theme.ink
            wrapMode: Text.NoWrap
        }
    }
}
