import QtQuick

// The big round button of a recording: a microphone, a square while it runs, a triangle to hear it again.
TapArea {
    id: root

    property string iconName: "microphone"
    property string count
    property color fill: Theme.madder
    property color ink: Theme.madderInk

    implicitWidth: 160
    implicitHeight: 160
    ringRadius: width / 2
    pressedEdge: Theme.paper

    background: Rectangle {
        radius: width / 2
        color: !root.enabled ? Theme.sunk : (root.down ? Theme.ink : root.fill)
        border.width: Theme.highContrast ? Theme.edge : 0
        border.color: Theme.line

        PictureIcon {
            anchors.centerIn: parent
            visible: root.count === ""
            name: root.iconName
            weight: "fill"
            size: 76
            tint: root.down ? Theme.paper : (root.enabled ? root.ink : Theme.ink2)
        }

        Words {
            anchors.centerIn: parent
            visible: root.count !== ""
            text: root.count
            role: Words.Role.Display
            font.pixelSize: 88
            color: root.ink
        }
    }
}
