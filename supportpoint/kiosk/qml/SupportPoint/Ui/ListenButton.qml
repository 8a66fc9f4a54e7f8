import QtQuick

// The round loudspeaker. The same size and place on every page; while it reads, it is what stops it.
TapArea {
    id: root

    property bool reading: false
    readonly property bool filled: down || reading

    implicitWidth: Theme.listenSize
    implicitHeight: Theme.listenSize
    height: width
    text: reading ? qsTr("Dừng") : qsTr("Nghe")
    ringRadius: width / 2
    pressedEdge: Theme.tealTint

    background: Rectangle {
        radius: width / 2
        color: root.filled ? Theme.teal : Theme.tealTint
        border.width: Theme.edge
        border.color: Theme.teal

        PictureIcon {
            anchors.centerIn: parent
            name: root.reading ? "stop" : root.width < 72 ? "speaker-simple-high" : "speaker-high"
            weight: "fill"
            size: root.width < 72 ? 34 : 44
            tint: root.filled ? Theme.tealTint : Theme.teal
        }
    }
}
