import QtQuick

// One thing to tell of. Touching it marks where one stands in the story.
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
        color: root.current || root.down ? Theme.tealTint : Theme.surface
        border.width: root.speaking ? Theme.edgeChosen : root.current ? Theme.edge + 1 : Theme.edge
        border.color: root.speaking ? Theme.speaking : root.current ? Theme.teal : Theme.hair
    }

    contentItem: Item {
        PictureIcon {
            x: 24
            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            weight: "duotone"
            tint: Theme.teal
            size: 52
        }

        Words {
            x: 96
            width: parent.width - x - 16
            height: parent.height
            text: root.text
            role: Words.Role.Label
            maximumLineCount: 2
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
        }
    }
}
