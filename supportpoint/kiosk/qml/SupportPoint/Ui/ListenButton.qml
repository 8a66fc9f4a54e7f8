import QtQuick

// The round loudspeaker. The same size and place on every page.
TapArea {
    id: root

    implicitWidth: Theme.listenSize
    implicitHeight: Theme.listenSize
    height: width
    text: qsTr("Nghe")
    ringRadius: width / 2

    background: Rectangle {
        radius: width / 2
        color: root.down ? Theme.teal : Theme.tealTint
        border.width: Theme.edge
        border.color: Theme.teal

        PictureIcon {
            anchors.centerIn: parent
            name: root.width < 72 ? "speaker-simple-high" : "speaker-high"
            weight: "fill"
            size: root.width < 72 ? 34 : 44
            tint: root.down ? Theme.tealTint : Theme.teal
        }
    }
}
