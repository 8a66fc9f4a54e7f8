import QtQuick

// One way to speak up: its drawing, its words and who receives it, or why it rests.
TapArea {
    id: root

    property string art
    property string reason
    property string receiver
    property bool speaking: false

    signal listen

    readonly property int artWidth: Theme.isLarge ? 200 : 124

    guarded: false
    ringRadius: Theme.radiusCard
    pressedEdge: Theme.sceneInk

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.down ? Theme.indigoTint : Theme.surface
        border.width: root.speaking ? Theme.edgeChosen : Theme.edge
        border.color: root.speaking ? Theme.speaking : Theme.line

        Rectangle {
            x: parent.border.width
            y: parent.border.width
            width: root.artWidth
            height: parent.height - 2 * y
            topLeftRadius: Theme.radiusCard - 2
            bottomLeftRadius: Theme.radiusCard - 2
            color: root.down ? Theme.artGroundChosen : Theme.artGround
        }
    }

    contentItem: Item {
        Drawing {
            x: 12
            anchors.verticalCenter: parent.verticalCenter
            name: root.art
            width: root.artWidth - 20
            height: Math.min(120, root.height - 24)
            opacity: root.enabled ? 1 : 0.4
        }

        Column {
            x: root.artWidth + 18
            width: root.width - x - 76
            anchors.verticalCenter: parent.verticalCenter

            Words {
                width: parent.width
                text: root.text
                role: Words.Role.Label
                color: root.enabled ? Theme.ink : Theme.ink2
                maximumLineCount: Theme.isLarge || Theme.textLarge ? 2 : 1
                fontSizeMode: Theme.isLarge || Theme.textLarge ? Text.FixedSize : Text.HorizontalFit
                minimumPixelSize: 24
                lineHeight: 0.95
            }

            Words {
                width: parent.width
                visible: root.reason !== "" && !root.enabled
                text: root.reason
                role: Words.Role.Help
                maximumLineCount: Theme.isLarge ? 2 : 1
                wrapMode: Theme.isLarge ? Text.WordWrap : Text.NoWrap
            }

            Words {
                width: parent.width
                visible: root.receiver !== "" && root.enabled
                text: qsTr("Gửi %1").arg(root.receiver)
                role: Words.Role.Help
                font.weight: Font.DemiBold
                color: Theme.indigo
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 24
            }
        }
    }

    CardListenButton {
        subject: root.text
        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        onTapped: root.listen()
    }
}
