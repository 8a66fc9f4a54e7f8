import QtQuick

// The big round button that reads on, or stops.
TapArea {
    id: root

    property bool playing: false

    implicitWidth: 96
    implicitHeight: 96
    text: playing ? qsTr("Dừng") : qsTr("Đọc")
    ringRadius: width / 2

    background: Rectangle {
        radius: width / 2
        color: !root.enabled ? Theme.sunk : (root.down ? Theme.indigoDeep : Theme.indigo)
        border.width: root.enabled ? 0 : Theme.edge
        border.color: Theme.line

        PictureIcon {
            anchors.centerIn: parent
            name: root.playing ? "pause" : "play"
            weight: "fill"
            size: 48
            tint: root.enabled ? Theme.indigoInk : Theme.ink2
        }
    }
}
