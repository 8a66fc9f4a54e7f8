import QtQuick

// The small loudspeaker on a card: speaks only, never chooses.
TapArea {
    id: root

    property color ink: Theme.teal

    implicitWidth: Theme.smallListenSize
    implicitHeight: Theme.smallListenSize
    text: qsTr("Nghe")
    ringRadius: 12

    background: Item {
        Rectangle {
            anchors.fill: parent
            radius: 32
            visible: root.down
            color: Theme.tealTint
        }

        PictureIcon {
            anchors.centerIn: parent
            name: "speaker-simple-high"
            weight: "fill"
            size: 36
            tint: root.ink
        }
    }
}
