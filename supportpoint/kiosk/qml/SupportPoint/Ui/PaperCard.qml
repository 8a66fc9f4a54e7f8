import QtQuick

// One paper to bring: its drawing, its name, who gives it, «Có» or «Chưa có».
Panel {
    id: root

    required property string paper
    required property string title
    property string giver
    property string art
    property int have: -1
    property bool speaking: false

    signal answered(yes: bool)

    readonly property bool low: height < 300
    // Alone on its page: the drawing beside the words.
    readonly property bool wide: !low && width > 2 * height
    readonly property real wordsX: wide ? width / 2 + 32 : 20
    readonly property real wordsWidth: width - wordsX - (wide ? 32 : 20)
    // The same for all cards of a page, so that their drawings stand in one line.
    readonly property int textHeight: Theme.textLarge ? 132 : 100
    readonly property real panelHeight: low ? 0 : wide ? height - 2 * border.width : height - textHeight - 72 - 56

    border.color: speaking ? Theme.speaking : Theme.line
    border.width: speaking ? Theme.edgeChosen : Theme.edge

    Rectangle {
        visible: !root.low
        x: root.border.width
        y: root.border.width
        width: root.wide ? parent.width / 2 : parent.width - 2 * root.border.width
        height: root.panelHeight
        topLeftRadius: Theme.radiusCard - 2
        topRightRadius: root.wide ? 0 : Theme.radiusCard - 2
        bottomLeftRadius: root.wide ? Theme.radiusCard - 2 : 0
        color: root.have === 1 ? Theme.artGroundChosen : Theme.artGround

        Drawing {
            anchors.centerIn: parent
            name: root.art
            width: parent.width - 48
            height: Math.min(204, parent.height - 24)
        }
    }

    Column {
        x: root.wordsX
        width: root.wordsWidth
        y: root.low ? 12 : root.wide ? (root.height - 96 - height) / 2 : root.panelHeight + 16

        Words {
            id: titleWords
            width: parent.width
            text: root.title
            role: Words.Role.Label
            maximumLineCount: 2
            elide: Text.ElideRight
        }

        Words {
            width: parent.width
            visible: root.giver !== ""
            text: root.giver
            role: Words.Role.Help
            maximumLineCount: root.low || titleWords.lineCount > 1 ? 1 : 2
            elide: Text.ElideRight
        }
    }

    Row {
        x: root.wordsX
        y: parent.height - (root.wide ? 104 : 92)
        spacing: 12

        ChoiceButton {
            objectName: "have_" + root.paper
            subject: root.title
            width: (root.wordsWidth - 12) / 2
            text: qsTr("Có")
            chosen: root.have === 1
            onTapped: root.answered(true)
        }

        ChoiceButton {
            objectName: "haveNot_" + root.paper
            subject: root.title
            width: (root.wordsWidth - 12) / 2
            text: qsTr("Chưa có")
            yes: false
            chosen: root.have === 0
            onTapped: root.answered(false)
        }
    }
}
