import QtQuick

// A calm fact with a drawing, where a page has room: what happens with a case now.
Rectangle {
    id: root

    required property string message
    required property string art
    property bool warm: false
    property bool speaking: false

    radius: Theme.radiusCard
    color: warm ? Theme.turmericTint : Theme.tealTint
    border.width: speaking ? Theme.edgeChosen : Theme.edge
    border.color: speaking ? Theme.speaking : warm ? Theme.amberInk : Theme.teal

    Rectangle {
        x: 24
        anchors.verticalCenter: parent.verticalCenter
        width: 216
        height: Math.min(156, parent.height - 32)
        radius: Theme.radiusField
        color: Theme.highContrast ? Theme.artGround : "transparent"

        Drawing {
            anchors.centerIn: parent
            name: root.art
            width: parent.width - 16
            height: parent.height - 16
        }
    }

    Words {
        x: 272
        width: parent.width - x - 32
        height: parent.height
        text: root.message
        role: Words.Role.List
        maximumLineCount: 3
        fontSizeMode: Text.Fit
        minimumPixelSize: 24
    }
}
