import QtQuick

// The big round button that reads on, or stops.
TapArea {
    id: root

    property bool playing: false

    implicitWidth: 96
    implicitHeight: 96
    text: playing ? qsTr("Dừng") : qsTr("Nghe")
    ringRadius: width / 2
    pressedEdge: Theme.indigoInk

    background: Rectangle {
        radius: width / 2
        color: !root.enabled ? Theme.sunk : (root.down ? Theme.indigoDeep : Theme.indigo)
        border.width: root.enabled ? 0 : Theme.edge
        border.color: Theme.line

        PictureIcon {
            anchors.horizontalCenter: parent.horizontalCenter
            y: 12
            name: root.playing ? "pause" : "play"
            weight: "fill"
            size: 40
            tint: root.enabled ? Theme.indigoInk : Theme.ink2
        }

        Words {
            anchors.horizontalCenter: parent.horizontalCenter
            y: 50
            text: root.text
            role: Words.Role.Label
            font.pixelSize: 24
            color: root.enabled ? Theme.indigoInk : Theme.ink2
        }
    }
}
