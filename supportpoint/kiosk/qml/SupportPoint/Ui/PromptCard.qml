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
        color: root.current || root.down ? Theme.tealTint : "transparent"
        border.width: root.speaking ? Theme.edgeChosen : root.current ? Theme.edge + 1 : 0
        border.color: root.speaking ? Theme.speaking : Theme.teal
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
