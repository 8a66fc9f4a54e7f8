import QtQuick

// The decades over the whole page; once one is chosen, a row of them over its ten years.
Item {
    id: root

    required property list<var> decades
    required property list<var> years
    property string caption: qsTr("Năm sinh")
    property int decade: 0
    property int year: 0

    signal decadePicked(number: int)
    signal yearPicked(number: int)

    readonly property bool choosing: years.length === 0
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
        height: root.choosing ? parent.height - y : root.decadeHeight
        numbers: root.decades
        columns: root.choosing ? 4 : Math.max(1, root.decades.length)
        prefix: "decade_"
        subject: decadeWords.text
        chosen: root.decade
        textSize: root.choosing ? (Theme.isLarge ? 48 : 36) : (Theme.isLarge ? 36 : (Theme.textLarge ? 32 : 28))
        tickInCorner: false
        tickShown: false
        onPicked: number => root.decadePicked(number)
    }

    Words {
        y: root.captionHeight + root.decadeHeight + 18
        height: root.captionHeight
        visible: !root.choosing
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
