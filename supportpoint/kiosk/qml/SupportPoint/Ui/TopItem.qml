import QtQuick

// One item of the top bar: drawn 52 high, tappable over the whole height of the bar.
TapArea {
    id: root

    property string iconName
    property string iconWeight: "duotone"
    property color fill: Theme.surface
    property color fillPressed: Theme.sunk
    property color edgeColor: Theme.line
    property int edgeWidth: Theme.edge
    property color iconInk: Theme.indigo
    property color ink: Theme.ink

    implicitHeight: Theme.topHeight
    implicitWidth: Math.ceil(content.implicitWidth) + 32
    ringRadius: Theme.radiusCard
    ringInset: (height - 52) / 2

    background: Item {
        Rectangle {
            anchors.centerIn: parent
            width: parent.width
            height: 52
            radius: Theme.radiusCard
            color: root.down ? root.fillPressed : root.fill
            border.width: root.edgeWidth
            border.color: root.edgeColor
        }
    }

    contentItem: Item {
        Row {
            id: content
            x: root.iconName !== "" ? 14 : 16
            anchors.verticalCenter: parent.verticalCenter
            spacing: 12

            PictureIcon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.iconName !== ""
                name: root.iconName
                weight: root.iconWeight
                size: 30
                tint: root.iconInk
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: root.text
                role: Words.Role.Label
                font.pixelSize: Theme.helpSize
                color: root.ink
            }
        }
    }
}
