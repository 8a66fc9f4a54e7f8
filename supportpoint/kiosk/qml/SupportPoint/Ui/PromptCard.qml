import QtQuick

// One line of the things to tell of, no button by its look. Touching it marks where one stands in the story.
TapArea {
    id: root

    required property string iconName
    property bool current: false
    property bool speaking: false

    guarded: false
    ringRadius: Theme.radiusCard
    Accessible.selected: current

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.down ? Theme.tealTint : "transparent"
        border.width: root.speaking ? Theme.edgeChosen : 0
        border.color: Theme.speaking
    }

    contentItem: Item {
        PictureIcon {
            x: 12
            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            weight: "duotone"
            tint: Theme.teal
            size: 52
        }

        Words {
            x: 84
            width: parent.width - x - 16
            height: parent.height
            text: root.text
            role: root.current ? Words.Role.Label : Words.Role.Body
            color: root.current ? Theme.teal : Theme.ink
            maximumLineCount: 2
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
        }
    }
}
