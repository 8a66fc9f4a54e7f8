pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// A date by pointing: day, month and year are pages of numbers. Of a birth the year alone will do.
Item {
    id: root

    required property DateViewModel date

    signal listened(text: string)

    readonly property string step: date.step
    readonly property int echoHeight: Theme.isLarge ? 96 : 72
    readonly property int gridHeight: height - echoHeight - 16

    function count(upTo: int): list<int> {
        return Array.from({length: upTo}, (_, place) => place + 1);
    }

    function echo(): string {
        if (date.dateText === "")
            return stepWords();
        if (date.mode === "birth" && date.age >= 0)
            return (date.chosenDay > 0 ? qsTr("Sinh %1. Năm nay %2 tuổi.") : qsTr("Sinh năm %1. Năm nay %2 tuổi.")).arg(date.dateText).arg(date.age);
        return Theme.begin(date.dateText);
    }

    function stepWords(): string {
        switch (step) {
        case "day":
            return qsTr("Chọn ngày.");
        case "month":
            return qsTr("Chọn tháng.");
        case "year":
            return qsTr("Chọn năm.");
        case "decade":
            return qsTr("Chọn những năm gần đúng.");
        default:
            return qsTr("Chạm vào một hình.");
        }
    }

    CardGrid {
        visible: root.step === "cards"
        width: parent.width
        height: root.gridHeight
        cards: root.step !== "cards" ? [] : [
            {value: "today", label: qsTr("Hôm nay"), art: "today", selected: false},
            {value: "yesterday", label: qsTr("Hôm qua"), art: "yesterday", selected: false},
            {value: "other", label: qsTr("Ngày khác"), art: "otherday", selected: false}
        ]
        onListened: text => root.listened(text)
        onPicked: value => {
            if (value === "today")
                root.date.pickToday();
            else if (value === "yesterday")
                root.date.pickYesterday();
            else
                root.date.pickOther();
        }
    }

    CardGrid {
        visible: root.step === "precision"
        width: parent.width
        height: root.gridHeight
        cards: root.step !== "precision" ? [] : [
            {value: "full", label: qsTr("Biết đủ ngày, tháng, năm"), art: "wholedate", selected: false},
            {value: "year", label: qsTr("Chỉ biết năm"), art: "yearonly", selected: false}
        ]
        onListened: text => root.listened(text)
        onPicked: value => root.date.pickPrecision(value)
    }

    NumberGrid {
        visible: root.step === "day"
        width: parent.width
        height: root.gridHeight
        numbers: visible ? root.count(root.date.lastDay) : []
        columns: 8
        rows: 4
        prefix: "day_"
        chosen: root.date.chosenDay
        tickInCorner: false
        onPicked: number => root.date.pickDay(number)
    }

    NumberGrid {
        visible: root.step === "month"
        width: parent.width
        height: root.gridHeight
        numbers: visible ? root.count(12) : []
        labels: visible ? root.count(12).map(month => qsTr("Tháng %1").arg(month)) : []
        columns: 4
        prefix: "month_"
        chosen: root.date.chosenMonth
        onPicked: number => root.date.pickMonth(number)
    }

    NumberGrid {
        visible: root.step === "year" && root.date.mode === "event"
        width: parent.width
        height: root.gridHeight
        numbers: visible ? root.date.years : []
        columns: 4
        prefix: "year_"
        chosen: root.date.chosenYear
        onPicked: number => root.date.pickYear(number)
    }

    YearGrid {
        visible: root.date.mode === "birth" && (root.step === "decade" || root.step === "year")
        width: parent.width
        height: root.gridHeight
        decades: visible ? [...root.date.decades].reverse() : []
        years: visible && root.date.chosenDecade > 0 ? root.date.years : []
        decade: root.date.chosenDecade
        year: root.date.chosenYear
        onDecadePicked: number => root.date.pickDecade(number)
        onYearPicked: number => root.date.pickYear(number)
    }

    NoteStrip {
        y: parent.height - height
        width: parent.width
        height: root.echoHeight
        message: root.echo()
        iconName: "calendar-blank"
        iconWeight: "duotone"
        iconInk: Theme.indigo
        tint: Theme.indigoTint
        aside: root.date.mode === "birth" && !root.date.wholeDate && root.date.chosenYear > 0 && !Theme.textLarge
            ? qsTr("Chỉ ghi năm, không ghi ngày.") : ""
    }
}
