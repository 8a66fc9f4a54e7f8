import QtQuick

// One key of the on-screen keyboard.
TapArea {
    id: root

    property string iconName
    property string iconWeight: "fill"
    property color fill: Theme.surface
    property bool wordKey: false
    property bool latched: false

    pressedEdge: Theme.surface
    guarded: false
    ringRadius: Theme.radiusField
    focusPolicy: Qt.NoFocus

    background: Rectangle {
        radius: Theme.radiusField
        color: root.down ? Theme.indigoDeep : (root.latched ? Theme.indigoTint : root.fill)
        border.width: root.latched ? 3 : Theme.edge
        border.color: root.latched ? Theme.ink : Theme.line
    }

    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: 12

            PictureIcon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.iconName !== ""
                name: root.iconName
                weight: root.iconWeight
                size: 32
                tint: root.down ? Theme.surface : Theme.ink
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: root.text
                role: Words.Role.List
                font.pixelSize: root.wordKey ? 24 : Theme.listSize
                font.weight: root.wordKey ? Font.DemiBold : Font.Medium
                color: root.down ? Theme.surface : Theme.ink
            }
        }
    }
}
