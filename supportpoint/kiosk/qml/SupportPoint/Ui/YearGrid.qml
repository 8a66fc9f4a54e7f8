import QtQuick

// A row of decades over the ten years of the chosen one.
Item {
    id: root

    required property list<var> decades
    required property list<var> years
    property string caption: qsTr("Năm sinh")
    property int decade: 0
    property int year: 0

    signal decadePicked(number: int)
    signal yearPicked(number: int)

    readonly property int captionHeight: Theme.textLarge ? 46 : 36
    readonly property int decadeHeight: Theme.isLarge ? 96 : 64

    Words {
        id: decadeWords
        height: root.captionHeight
        text: qsTr("Những năm")
        role: Words.Role.Help
    }

    NumberGrid {
        y: root.captionHeight + 6
        width: parent.width
        height: root.decadeHeight
        numbers: root.decades
        columns: Math.max(1, root.decades.length)
        rows: 1
        prefix: "decade_"
        subject: decadeWords.text
        chosen: root.decade
        textSize: Theme.isLarge ? 36 : (Theme.textLarge ? 32 : 28)
        tickInCorner: false
        tickShown: false
        onPicked: number => root.decadePicked(number)
    }

    Words {
        y: root.captionHeight + root.decadeHeight + 18
        height: root.captionHeight
        visible: root.years.length > 0
        text: root.caption
        role: Words.Role.Help
    }

    NumberGrid {
        y: 2 * root.captionHeight + root.decadeHeight + 24
        width: parent.width
        height: parent.height - y
        numbers: root.years
        columns: 5
        rows: 2
        prefix: "year_"
        chosen: root.year
        textSize: Theme.isLarge ? 48 : 36
        onPicked: number => root.yearPicked(number)
    }
}
