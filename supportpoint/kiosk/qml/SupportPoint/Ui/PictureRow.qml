import QtQuick

// A wide row: drawing, small line, sentence, loudspeaker.
Panel {
    id: root

    required property string heading
    required property string sentence
    property string note
    property string art
    property color artGround: Theme.artGround
    property Component extra: null
    property bool listenable: true
    property bool speaking: false

    signal listen

    border.color: speaking ? Theme.speaking : Theme.hair
    border.width: speaking ? Theme.edgeChosen : Theme.edge

    Rectangle {
        x: root.border.width
        y: root.border.width
        width: 234 - x
        height: parent.height - 2 * y
        topLeftRadius: Theme.radiusCard - 2
        bottomLeftRadius: Theme.radiusCard - 2
        color: root.artGround

        Drawing {
            anchors.centerIn: parent
            name: root.art
            width: 200
            height: Math.min(112, parent.height - 24)
        }
    }

    Column {
        x: 266
        width: listenItem.x - x - 24 - (extraLoader.width > 0 ? extraLoader.width + 24 : 0)
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            visible: root.heading !== ""
            text: root.heading
            role: Words.Role.Help
            maximumLineCount: 1
            elide: Text.ElideRight
        }

        Words {
            width: parent.width
            text: root.sentence
            role: Words.Role.List
            maximumLineCount: 2
        }

        Words {
            width: parent.width
            visible: root.note !== ""
            text: root.note
            role: Words.Role.Body
            maximumLineCount: 2
            elide: Text.ElideRight
        }
    }

    Loader {
        id: extraLoader
        anchors.verticalCenter: parent.verticalCenter
        anchors.right: listenItem.left
        anchors.rightMargin: 24
        sourceComponent: root.extra
    }

    ListenButton {
        id: listenItem
        subject: root.sentence
        anchors.right: parent.right
        anchors.rightMargin: 24
        anchors.verticalCenter: parent.verticalCenter
        width: 64
        visible: root.listenable
        onTapped: root.listen()
    }
}
