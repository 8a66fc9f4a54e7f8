pragma ComponentBehavior: Bound
import QtQuick

// Danger does not wait for a form: the numbers to call, always on the page.
Rectangle {
    id: root

    // list of {number, name}
    required property list<var> numbers

    readonly property int firstX: Theme.isLarge ? 340 : 316
    readonly property real cellWidth: (width - firstX - 16) / Math.max(1, numbers.length)

    radius: Theme.radiusCard
    color: Theme.madderTint
    border.width: Theme.edge
    border.color: Theme.madder

    PictureIcon {
        x: 20
        anchors.verticalCenter: parent.verticalCenter
        name: "phone-call"
        weight: "fill"
        tint: Theme.madder
        size: 36
    }

    Words {
        x: 72
        width: root.firstX - x - 12
        height: parent.height
        text: qsTr("Việc gấp, gọi:")
        role: Words.Role.Label
        maximumLineCount: 2
        fontSizeMode: Text.Fit
        minimumPixelSize: 24
        lineHeight: 0.9
    }

    Repeater {
        model: root.numbers

        Row {
            id: cell
            required property var modelData
            required property int index

            x: root.firstX + index * root.cellWidth
            height: root.height
            spacing: 10

            Words {
                id: number
                height: parent.height
                text: cell.modelData.number
                role: Words.Role.Code
                font.pixelSize: 36
                font.features: {"tnum": 1}
                wrapMode: Text.NoWrap
            }

            Words {
                width: root.cellWidth - number.width - 26
                height: parent.height
                text: cell.modelData.name
                role: Words.Role.Help
                color: Theme.ink
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 24
            }
        }
    }
}
