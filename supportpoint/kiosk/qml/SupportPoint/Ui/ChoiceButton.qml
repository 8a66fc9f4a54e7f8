import QtQuick

// One of two plain answers side by side: «Có», «Chưa có».
TapArea {
    id: root

    property bool chosen: false
    property bool yes: true

    implicitHeight: 72
    guarded: false
    ringRadius: Theme.radiusCard
    Accessible.checkable: true
    Accessible.checked: chosen

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.chosen ? (root.yes ? Theme.indigoTint : Theme.turmericTint) : (root.down ? Theme.sunk : Theme.surface)
        border.width: root.chosen ? 3 : Theme.edge
        border.color: root.chosen ? Theme.ink : Theme.line
    }

    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: Theme.textLarge ? 8 : 12

            PictureIcon {
                anchors.verticalCenter: parent.verticalCenter
                name: !root.chosen ? "circle" : root.yes ? "check-circle" : "x-circle"
                weight: root.chosen ? "fill" : "regular"
                size: 32
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: root.text
                role: Words.Role.Label
                font.pixelSize: Theme.textLarge ? 30 : 24
            }
        }
    }
}
