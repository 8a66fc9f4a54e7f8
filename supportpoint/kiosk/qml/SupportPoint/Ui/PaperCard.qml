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
    // The same for all cards of a page, so that their drawings stand in one line.
    readonly property int textHeight: Theme.textLarge ? 132 : 100
    readonly property real panelHeight: low ? 0 : height - textHeight - 72 - 56

    border.color: speaking ? Theme.speaking : Theme.line
    border.width: speaking ? Theme.edgeChosen : Theme.edge

    Rectangle {
        visible: !root.low
        x: root.border.width
        y: root.border.width
        width: parent.width - 2 * root.border.width
        height: root.panelHeight
        topLeftRadius: Theme.radiusCard - 2
        topRightRadius: Theme.radiusCard - 2
        color: root.have === 1 ? Theme.artGroundChosen : Theme.artGround

        Drawing {
            anchors.centerIn: parent
            name: root.art
            width: parent.width - 48
            height: Math.min(204, parent.height - 24)
        }
    }

    Column {
        x: 20
        width: parent.width - 40
        y: root.low ? 12 : root.panelHeight + 16

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
        x: 20
        y: parent.height - 92
        spacing: 12

        ChoiceButton {
            objectName: "have_" + root.paper
            subject: root.title
            width: (root.width - 52) / 2
            text: qsTr("Có")
            chosen: root.have === 1
            onTapped: root.answered(true)
        }

        ChoiceButton {
            objectName: "haveNot_" + root.paper
            subject: root.title
            width: (root.width - 52) / 2
            text: qsTr("Chưa có")
            yes: false
            chosen: root.have === 0
            onTapped: root.answered(false)
        }
    }
}
