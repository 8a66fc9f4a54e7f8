import QtQuick

// One topic of a shelf: its drawing and its word. The chosen one is framed.
TapArea {
    id: root

    property string art
    property bool chosen: false

    guarded: false
    checked: chosen
    ringRadius: Theme.radiusCard
    Accessible.checkable: true
    Accessible.checked: chosen

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.chosen || root.down ? Theme.indigoTint : Theme.surface
        border.width: root.chosen ? Theme.edgeChosen : Theme.edge
        border.color: root.chosen ? Theme.ink : Theme.line
    }

    contentItem: Item {
        Rectangle {
            x: 8
            anchors.verticalCenter: parent.verticalCenter
            width: 56
            height: 56
            radius: Theme.radiusField
            color: Theme.artGround

            Drawing {
                anchors.centerIn: parent
                width: 48
                height: 48
                name: root.art
            }
        }

        Words {
            x: 72
            width: root.width - x - 10
            height: parent.height
            text: root.text
            role: Words.Role.Label
            font.pixelSize: Theme.textLarge ? 30 : 24
            maximumLineCount: 2
            lineHeight: 0.9
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
        }
    }
}
