import QtQuick

// One thing a case still needs, with the officer's plain reason.
Rectangle {
    id: root

    required property int number
    required property string label
    required property string reason
    property bool speaking: false

    radius: Theme.radiusCard
    color: Theme.turmericTint
    border.width: speaking ? Theme.edgeChosen : Theme.edge
    border.color: speaking ? Theme.speaking : Theme.amberInk

    Rectangle {
        x: 20
        anchors.verticalCenter: parent.verticalCenter
        width: 56
        height: 56
        radius: 28
        color: Theme.surface
        border.width: 3
        border.color: Theme.amberInk

        Words {
            anchors.centerIn: parent
            text: root.number
            role: Words.Role.Label
            font.pixelSize: 28
            color: Theme.amberInk
        }
    }

    Column {
        x: 96
        width: parent.width - x - 16
        anchors.verticalCenter: parent.verticalCenter
        spacing: -2

        Words {
            width: parent.width
            text: root.label
            role: Words.Role.Label
            maximumLineCount: 1
            elide: Text.ElideRight
        }

        Words {
            width: parent.width
            text: root.reason
            role: Words.Role.Help
            color: Theme.ink
            maximumLineCount: root.height > 96 && !Theme.textLarge ? 2 : 1
            height: Math.min(implicitHeight, root.height - 56)
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
            elide: Text.ElideRight
        }
    }
}
