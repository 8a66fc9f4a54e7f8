import QtQuick

// An icon above its word, for the steps of a player.
TapArea {
    id: root

    required property string iconName

    implicitHeight: 96
    guarded: false

    background: Rectangle {
        radius: Theme.radiusButton
        color: !root.enabled ? Theme.sunk : (root.down ? Theme.indigoTint : Theme.surface)
        border.width: Theme.edge
        border.color: Theme.line
    }

    contentItem: Item {
        PictureIcon {
            anchors.horizontalCenter: parent.horizontalCenter
            y: 10
            name: root.iconName
            size: 36
            tint: root.enabled ? Theme.indigo : Theme.ink2
        }

        Words {
            x: 6
            y: 46
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
