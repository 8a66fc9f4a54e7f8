import QtQuick

// The line being written. Shows the end of a long text, where the caret is.
TapArea {
    id: root

    property bool active: true
    property string placeholder
    property int textSize: Theme.listSize
    property bool rightAligned: false

    objectName: "field"
    implicitHeight: Theme.isLarge ? 96 : 72
    guarded: false
    Accessible.role: Accessible.EditableText
    Accessible.name: subject
    Accessible.description: text
    ringRadius: Theme.radiusField

    background: Rectangle {
        radius: Theme.radiusField
        color: Theme.surface
        border.width: root.active ? 3 : Theme.edge
        border.color: root.active ? Theme.ink : Theme.line

        Rectangle {
            visible: root.active
            anchors.fill: parent
            anchors.margins: 3
            radius: 5
            color: "transparent"
            border.width: 3
            border.color: Theme.focus
        }
    }

    contentItem: Item {
        id: clipBox
        clip: true

        Words {
            anchors.verticalCenter: parent.verticalCenter
            x: 20
            visible: root.text === "" && !root.active
            text: root.placeholder
            role: Words.Role.Help
        }

        Words {
            id: written
            anchors.verticalCenter: parent.verticalCenter
            x: root.rightAligned ? root.width - 36 - implicitWidth : Math.min(22, root.width - 28 - implicitWidth)
            text: root.text
            role: Words.Role.List
            font.pixelSize: root.textSize
            font.weight: root.rightAligned ? Font.Bold : Font.DemiBold
            wrapMode: Text.NoWrap
        }

        Rectangle {
            visible: root.active
            anchors.verticalCenter: parent.verticalCenter
            x: written.x + written.implicitWidth + 2
            width: 3
            height: Math.min(root.height - 24, Math.round(root.textSize * 1.3))
            color: Theme.indigo
        }
    }
}
