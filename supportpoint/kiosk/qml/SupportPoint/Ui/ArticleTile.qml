import QtQuick

// An article on the shelf: drawing, short title, how long it takes, and whether it is new.
TapArea {
    id: root

    property string art
    property string note
    property bool isNew: false
    property bool speaking: false
    // The drawing stands beside the words, or above them where the tile is high.
    property bool tall: false

    signal listen

    readonly property int artWidth: tall ? width : (Theme.isLarge ? 168 : (Theme.textLarge ? 112 : 128))
    readonly property int artHeight: tall ? height - 164 : height
    readonly property int wordsX: tall ? 20 : artWidth + 16
    readonly property int wordsY: tall ? artHeight + 8 : 8

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
            width: root.artWidth - (root.tall ? 2 * x : x)
            height: root.artHeight - (root.tall ? y : 2 * y)
            topLeftRadius: Theme.radiusCard - 2
            topRightRadius: root.tall ? Theme.radiusCard - 2 : 0
            bottomLeftRadius: root.tall ? 0 : Theme.radiusCard - 2
            color: root.down ? Theme.artGroundChosen : Theme.artGround
        }
    }

    contentItem: Item {
        Drawing {
            readonly property int roof: root.isNew && !root.tall ? 52 : 12

            x: 12
            y: roof
            width: root.artWidth - 24
            height: root.artHeight - roof - 12
            name: root.art
        }

        Pill {
            x: root.tall ? root.artWidth - width - 12 : 12
            y: 12
            height: 40
            visible: root.isNew
            text: qsTr("Mới")
            textSize: 24
            tint: Theme.turmericTint
        }

        Words {
            x: root.wordsX
            y: root.wordsY
            width: root.width - x - 14
            height: root.height - y - 72
            text: root.text
            role: Words.Role.Label
            maximumLineCount: 3
            lineHeight: 0.95
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
        }

        Words {
            x: root.wordsX
            y: root.height - height - 8
            width: root.width - x - 80
            height: 64
            text: root.note
            role: Words.Role.Help
            maximumLineCount: 2
            lineHeight: 0.9
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
        }
    }

    CardListenButton {
        subject: root.text
        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 8
        onTapped: root.listen()
    }
}
