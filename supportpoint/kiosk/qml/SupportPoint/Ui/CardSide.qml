import QtQuick

// Where the square code is on one kind of card.
Panel {
    id: root

    required property string art
    required property string heading
    required property string where

    Rectangle {
        visible: Theme.highContrast
        x: 24
        anchors.verticalCenter: parent.verticalCenter
        width: 224
        height: Math.min(160, parent.height - 16)
        radius: Theme.radiusField
        color: Theme.artGround
    }

    Drawing {
        x: 32
        anchors.verticalCenter: parent.verticalCenter
        name: root.art
        width: 208
        height: Math.min(140, parent.height - 32)
    }

    Column {
        x: 270
        width: parent.width - x - 16
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: root.heading
            role: Words.Role.Label
        }

        Words {
            width: parent.width
            text: root.where
            role: Words.Role.Help
        }
    }
}
