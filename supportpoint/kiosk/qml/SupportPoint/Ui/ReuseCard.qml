import QtQuick

// Somebody who is in this case already: one touch instead of a second scan.
TapArea {
    id: root

    required property string name
    required property string section

    text: qsTr("Dùng lại: %1").arg(name)
    ringRadius: Theme.radiusCard
    pressedEdge: Theme.leafInk

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.down ? Theme.leaf : Theme.leafTint
        border.width: Theme.edge
        border.color: Theme.leaf
    }

    contentItem: Item {
        PictureIcon {
            x: 24
            anchors.verticalCenter: parent.verticalCenter
            name: "user-focus"
            weight: "duotone"
            tint: root.down ? Theme.leafInk : Theme.leaf
            size: 48
        }

        Column {
            x: 96
            width: root.width - x - 20
            anchors.verticalCenter: parent.verticalCenter
            spacing: -2

            Words {
                width: parent.width
                text: root.text
                role: Words.Role.Label
                color: root.down ? Theme.leafInk : Theme.ink
                maximumLineCount: 1
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 24
                elide: Text.ElideRight
            }

            Words {
                width: parent.width
                visible: text !== ""
                text: root.section
                role: Words.Role.Help
                color: root.down ? Theme.leafInk : Theme.ink2
                maximumLineCount: 1
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 24
                elide: Text.ElideRight
            }
        }
    }
}
