pragma ComponentBehavior: Bound
import QtQuick

// One key of the number pad, or one cell of a number grid.
TapArea {
    id: root

    property string iconName
    property int textSize: Theme.codeSize
    property bool chosen: false
    property bool tickInCorner: true
    property bool tickShown: true
    property color fill: Theme.surface

    pressedEdge: Theme.surface
    guarded: false
    ringRadius: Theme.radiusCard
    Accessible.checkable: chosen
    Accessible.checked: chosen

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.down ? Theme.indigoDeep : (!root.enabled ? Theme.sunk : (root.chosen ? Theme.indigoTint : root.fill))
        border.width: root.chosen ? Theme.edgeChosen : (root.enabled ? Theme.edge : 0)
        border.color: root.chosen ? Theme.ink : Theme.line

        Loader {
            anchors.fill: parent
            active: !root.enabled
            sourceComponent: DashedEdge {
                radius: Theme.radiusCard
            }
        }
    }

    contentItem: Item {
        TickBadge {
            visible: root.chosen && root.tickInCorner && root.tickShown
            x: 12
            y: 12
            size: 36
        }

        Row {
            anchors.centerIn: parent
            spacing: 12

            PictureIcon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.iconName !== "" || (root.chosen && !root.tickInCorner && root.tickShown)
                name: root.iconName !== "" ? root.iconName : "check"
                weight: root.iconName !== "" ? "fill" : "bold"
                size: root.iconName !== "" ? 40 : 28
                tint: root.down ? Theme.surface : Theme.ink
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.text !== ""
                text: root.text
                role: Words.Role.Label
                font.pixelSize: root.textSize
                color: root.down ? Theme.surface : (root.enabled ? Theme.ink : Theme.ink2)
            }
        }
    }
}
