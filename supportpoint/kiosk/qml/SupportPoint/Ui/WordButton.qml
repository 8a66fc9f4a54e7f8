pragma ComponentBehavior: Bound
import QtQuick

// A button with a word and an icon. Kinds (primary, secondary, neutral) only choose its colours.
TapArea {
    id: root

    property string iconName
    property string iconWeight: "bold"
    property int iconSize: 36
    property bool iconAtEnd: false
    property int textSize: Theme.labelSize
    property int radius: Theme.radiusButton
    property int edgeWidth: Theme.edge
    property int sidePadding: 24
    property color fill: Theme.surface
    property color fillPressed: Theme.indigoTint
    property color edgeColor: Theme.line
    property color ink: Theme.ink
    property color iconInk: ink
    property color inkPressed: ink

    readonly property color inkNow: !enabled ? Theme.ink2 : (down ? inkPressed : ink)
    readonly property real room: width - 2 * sidePadding - (iconName === "" ? 0 : iconSize + 16)
    readonly property bool fits: measure.advanceWidth <= room

    implicitHeight: Theme.buttonHeight
    implicitWidth: Math.ceil(measure.advanceWidth) + 2 * sidePadding + (iconName === "" ? 0 : iconSize + 16)
    ringRadius: radius
    pressedEdge: inkPressed

    TextMetrics {
        id: measure
        font.family: Theme.family
        font.weight: Font.DemiBold
        font.pixelSize: root.textSize
        text: root.text
    }

    background: Rectangle {
        radius: root.radius
        color: !root.enabled ? Theme.sunk : (root.down ? root.fillPressed : root.fill)
        border.width: root.enabled ? root.edgeWidth : 0
        border.color: root.edgeColor

        Loader {
            anchors.fill: parent
            active: !root.enabled
            sourceComponent: DashedEdge {
                radius: root.radius
            }
        }
    }

    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: 16
            layoutDirection: root.iconAtEnd ? Qt.RightToLeft : Qt.LeftToRight

            PictureIcon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.iconName !== ""
                name: root.iconName
                weight: root.iconWeight
                size: root.iconSize
                tint: root.enabled && !root.down ? root.iconInk : root.inkNow
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                width: root.fits ? Math.ceil(measure.advanceWidth) + 4 : root.room
                visible: root.text !== ""
                text: root.text
                role: Words.Role.Label
                color: root.inkNow
                font.pixelSize: root.fits ? root.textSize : Math.max(24, Math.round(root.textSize * 0.82))
                horizontalAlignment: Text.AlignHCenter
                maximumLineCount: 2
                lineHeight: root.fits ? 1 : 0.94
            }
        }
    }
}
