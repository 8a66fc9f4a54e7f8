pragma ComponentBehavior: Bound
import QtQuick

// Telephone layout, three in a row; the last key takes one digit back.
Item {
    id: root

    property string prefix: "pad_"

    signal digit(number: int)
    property bool commaVisible: false

    signal erase
    signal comma

    readonly property int gap: 16
    readonly property real keyWidth: (width - 2 * gap) / 3
    readonly property real keyHeight: (height - 3 * gap) / 4

    implicitWidth: Theme.primaryWidth
    implicitHeight: Theme.bodyHeight

    component Place: PadKey {
        property int column: 0
        property int row: 0
        x: Math.round(column * (root.keyWidth + root.gap))
        y: Math.round(row * (root.keyHeight + root.gap))
        width: Math.floor(root.keyWidth)
        height: Math.floor(root.keyHeight)
    }

    Repeater {
        model: 9

        Place {
            id: key
            required property int index
            column: index % 3
            row: Math.floor(index / 3)
            objectName: root.prefix + (index + 1)
            text: index + 1
            onTapped: root.digit(key.index + 1)
        }
    }

    Place {
        visible: root.commaVisible
        row: 3
        objectName: root.prefix + "comma"
        text: ","
        onTapped: root.comma()
    }

    Place {
        column: 1
        row: 3
        objectName: root.prefix + "0"
        text: "0"
        onTapped: root.digit(0)
    }

    Place {
        column: 2
        row: 3
        objectName: root.prefix + "backspace"
        fill: Theme.sunk
        text: qsTr("Xóa")
        textSize: 26
        iconName: "backspace"
        onTapped: root.erase()
    }
}
