pragma ComponentBehavior: Bound
import QtQuick

// A page of numbers or short words to point at: days, months, years, letters.
Item {
    id: root

    required property list<var> numbers
    property int columns: 5
    property int rows: Math.ceil(numbers.length / columns)
    property string prefix
    property string subject
    property string chosen
    property int gap: 12
    property int textSize: Theme.codeSize
    property bool tickInCorner: true
    property bool tickShown: true
    property list<var> labels: numbers

    signal picked(number: var)

    readonly property real cellWidth: (width - (columns - 1) * gap) / columns
    readonly property real cellHeight: (height - (rows - 1) * gap) / rows

    Repeater {
        model: root.numbers.length

        PadKey {
            id: cell
            required property int index
            readonly property var number: root.numbers[index]

            objectName: root.prefix + number
            x: Math.round((index % root.columns) * (root.cellWidth + root.gap))
            y: Math.round(Math.floor(index / root.columns) * (root.cellHeight + root.gap))
            width: Math.floor(root.cellWidth)
            height: Math.floor(root.cellHeight)
            text: root.labels[index]
            subject: root.subject
            textSize: root.textSize
            chosen: String(number) === root.chosen
            tickInCorner: root.tickInCorner
            tickShown: root.tickShown
            onTapped: root.picked(cell.number)
        }
    }
}
