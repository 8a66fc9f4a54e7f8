pragma ComponentBehavior: Bound
import QtQuick

// An icon above its word, where the two have no room side by side.
TapArea {
    id: root

    required property string iconName
    property int iconSize: 36

    implicitHeight: 96
    guarded: false

    background: Rectangle {
        radius: Theme.radiusButton
        color: !root.enabled ? Theme.sunk : (root.down ? Theme.indigoTint : Theme.surface)
        border.width: root.enabled ? Theme.edge : 0
        border.color: Theme.line

        Loader {
            anchors.fill: parent
            active: !root.enabled
            sourceComponent: DashedEdge {}
        }
    }

    contentItem: Item {
        PictureIcon {
            anchors.horizontalCenter: parent.horizontalCenter
            id: icon
            y: (root.height - root.iconSize - 44) / 2 + 2
            name: root.iconName
            size: root.iconSize
            tint: root.enabled ? Theme.indigo : Theme.ink2
        }

        Words {
            x: 6
            y: icon.y + root.iconSize
            width: root.width - 12
            height: 44
            text: root.text
            role: Words.Role.Label
            font.pixelSize: Theme.textLarge ? 30 : 24
            color: root.enabled ? Theme.ink : Theme.ink2
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
        }
    }
}
