import QtQuick

// A small picture with its word, one of a dozen on a page.
TapArea {
    id: root

    required property string art
    property bool chosen: false

    readonly property int wordHeight: Theme.textLarge ? 60 : 48

    guarded: false
    checked: chosen
    ringRadius: Theme.radiusCard
    pressedEdge: Theme.sceneInk
    Accessible.checkable: true
    Accessible.checked: chosen

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.chosen || root.down ? Theme.indigoTint : Theme.surface
        border.width: root.chosen ? Theme.edgeChosen : Theme.edge
        border.color: root.chosen ? Theme.ink : Theme.line

        Rectangle {
            anchors.fill: parent
            anchors.margins: parent.border.width
            anchors.bottomMargin: root.wordHeight
            topLeftRadius: Theme.radiusCard - parent.border.width
            topRightRadius: Theme.radiusCard - parent.border.width
            color: root.chosen || root.down ? Theme.artGroundChosen : Theme.artGround
        }
    }

    contentItem: Item {
        Drawing {
            anchors.horizontalCenter: parent.horizontalCenter
            y: 8
            width: parent.width - 16
            height: parent.height - root.wordHeight - 16
            name: root.art
        }

        TickBadge {
            visible: root.chosen
            x: 10
            y: 10
            size: 36
            onDrawing: true
        }

        Words {
            x: 8
            y: parent.height - height
            width: parent.width - 16
            height: root.wordHeight
            text: root.text
            role: Words.Role.Label
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
        }
    }
}
