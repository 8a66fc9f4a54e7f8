import QtQuick

// One numbered step of what happens next.
Item {
    id: root

    required property int number
    required property string heading
    property string note
    property bool waiting: false
    property bool done: false
    property bool speaking: false

    SpeakingRing {
        speaking: root.speaking
        x: -16
        width: parent.width + 24
        height: parent.height
    }

    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        width: 56
        height: 56
        radius: 28
        color: root.done ? Theme.leaf : root.waiting ? Theme.turmericTint : Theme.surface
        border.width: 3
        border.color: root.done ? Theme.leaf : root.waiting ? Theme.amberInk : Theme.line

        PictureIcon {
            visible: root.done
            anchors.centerIn: parent
            name: "check"
            size: 36
            tint: Theme.leafInk
        }

        Words {
            visible: !root.done
            anchors.centerIn: parent
            text: root.number
            role: Words.Role.Label
            font.pixelSize: 28
            color: root.waiting ? Theme.amberInk : Theme.ink
        }
    }

    Column {
        x: 76
        width: root.width - x
        anchors.verticalCenter: parent.verticalCenter
        spacing: -2

        Words {
            width: parent.width
            text: root.heading
            role: Words.Role.Label
            maximumLineCount: 1
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
        }

        Words {
            width: parent.width
            visible: root.note !== ""
            text: root.note
            role: Words.Role.Help
            maximumLineCount: root.height > 96 && !Theme.textLarge ? 2 : 1
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
            elide: Text.ElideRight
        }
    }
}
