pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// A date by pointing: day, month and year are pages of numbers. Of a birth the year alone will do.
Item {
    id: root

    required property DateViewModel date

    property string speaking
    readonly property list<string> spokenRows: [...whenGrid.cards, ...precisionGrid.cards, ...candidateGrid.cards].map(card => card.label)

    signal listened(text: string)

    readonly property string step: date.step
    // What the step asks in the place of the question, "" where the question itself is asked.
    readonly property string heading: headingOf(step)
    readonly property int echoHeight: Theme.isLarge ? 96 : 72
    readonly property int gridHeight: height - echoHeight - 16

    function count(upTo: int): list<int> {
        return Array.from({length: upTo}, (_, place) => place + 1);
    }

    readonly property list<var> animals: [
        {art: "rat", label: qsTr("Tý, chuột")},
        {art: "buffalo", label: qsTr("Sửu, trâu")},
        {art: "tiger", label: qsTr("Dần, hổ")},
        {art: "cat", label: qsTr("Mão, mèo")},
        {art: "dragon", label: qsTr("Thìn, rồng")},
        {art: "snake", label: qsTr("Tỵ, rắn")},
        {art: "horse", label: qsTr("Ngọ, ngựa")},
        {art: "goat", label: qsTr("Mùi, dê")},
        {art: "monkey", label: qsTr("Thân, khỉ")},
        {art: "rooster", label: qsTr("Dậu, gà")},
        {art: "dog", label: qsTr("Tuất, chó")},
        {art: "pig", label: qsTr("Hợi, lợn")}
    ]

    function echo(): string {
        if (date.dateText === "" || date.mode === "birth" && date.known.value === undefined)
            return "";
        if (date.way === "lunar")
            return qsTr("Ngày âm %1. Ngày dương khoảng %2.").arg(date.toldText).arg(date.dateText);
        if (date.way === "animal")
            return qsTr("Năm %1, khoảng %2. Năm nay %3 tuổi.").arg(date.toldText).arg(date.dateText).arg(date.age);
        if (date.age >= 0)
            return (date.chosenDay > 0 ? qsTr("Sinh %1. Năm nay %2 tuổi.") : qsTr("Sinh năm %1. Năm nay %2 tuổi.")).arg(date.dateText).arg(date.age);
        return Theme.begin(date.dateText);
    }

    function headingOf(step: string): string {
        const birth = date.isBirth;
        const moon = date.way === "lunar";
        switch (step) {
        case "day":
            return birth ? qsTr("Sinh ngày mấy?") : qsTr("Ngày mấy?");
        case "month":
            return birth ? qsTr("Sinh tháng mấy?") : qsTr("Tháng mấy?");
        case "year":
            return moon ? qsTr("Sinh năm âm lịch nào?") : birth ? qsTr("Sinh năm nào?") : qsTr("Năm nào?");
        case "decade":
            return moon ? qsTr("Sinh khoảng năm âm lịch nào?") : birth ? qsTr("Sinh khoảng năm nào?") : qsTr("Khoảng năm nào?");
        case "animal":
            return qsTr("Sinh năm con gì?");
        case "age":
            return qsTr("Năm nay khoảng bao nhiêu tuổi?");
        case "candidates":
            return qsTr("Năm nào gần đúng nhất?");
        case "lunarMonth":
            return qsTr("Sinh tháng âm lịch nào?");
        case "lunarDay":
            return qsTr("Sinh ngày âm lịch nào?");
        default:
            return "";
        }
    }

    function precisionCards(): list<var> {
        const full = {value: "full", label: qsTr("Biết đủ ngày, tháng, năm"), art: "wholedate", selected: false};
        const year = {value: "year", label: qsTr("Chỉ biết năm"), art: "yearonly", selected: false};
        if (!date.isBirth)
            return [full, {value: "month", label: qsTr("Biết tháng và năm"), art: "otherday", selected: false}, year];
        return [
            full, year,
            {value: "animal", label: qsTr("Biết tuổi con gì"), art: "buffalo", selected: false},
            {value: "lunar", label: qsTr("Biết ngày âm lịch"), art: "moon", selected: false}
        ];
    }

    CardGrid {
        id: whenGrid
        speaking: root.speaking
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
        id: precisionGrid
        speaking: root.speaking
        visible: root.step === "precision"
        width: parent.width
        height: root.gridHeight
        cards: root.step !== "precision" ? [] : root.precisionCards()
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
        visible: root.step === "year" && root.date.mode !== "birth" && root.date.chosenDecade === 0
        width: parent.width
        height: root.gridHeight
        numbers: visible ? root.date.years : []
        labels: visible ? root.date.years.map(year => year > 0 ? String(year) : qsTr("Năm cũ hơn")) : []
        columns: 4
        rows: 4
        prefix: "year_"
        chosen: root.date.chosenYear > 0 ? String(root.date.chosenYear) : ""
        textSize: Theme.labelSize
        onPicked: number => root.date.pickYear(number)
    }

    YearGrid {
        visible: root.step === "decade" || root.step === "year" && (root.date.mode === "birth" || root.date.chosenDecade > 0)
        width: parent.width
        height: root.gridHeight
        decades: visible ? [...root.date.decades].reverse() : []
        years: visible && root.date.chosenDecade > 0 ? root.date.years : []
        caption: root.date.isBirth ? qsTr("Năm sinh") : qsTr("Năm")
        decade: root.date.chosenDecade
        year: root.date.chosenYear
        onDecadePicked: number => root.date.pickDecade(number)
        onYearPicked: number => root.date.pickYear(number)
    }

    PictureKeys {
        visible: root.step === "animal"
        width: parent.width
        height: root.gridHeight
        prefix: "animal_"
        pictures: root.step !== "animal" ? [] : root.animals.map((animal, place) => ({
            value: place,
            label: animal.label,
            art: animal.art,
            selected: place === root.date.chosenAnimal
        }))
        onPicked: place => root.date.pickAnimal(place)
    }

    NumberGrid {
        visible: root.step === "age"
        width: parent.width
        height: root.gridHeight
        numbers: visible ? root.date.ages : []
        labels: visible ? root.date.ages.map(age => qsTr("Khoảng %1").arg(age)) : []
        columns: 5
        prefix: "age_"
        chosen: root.date.chosenAge
        textSize: Theme.labelSize
        onPicked: number => root.date.pickAge(number)
    }

    CardGrid {
        id: candidateGrid
        speaking: root.speaking
        visible: root.step === "candidates"
        width: parent.width
        height: root.gridHeight
        columns: 3
        cards: root.step !== "candidates" ? [] : root.date.candidates.map(one => ({
            value: String(one.year),
            label: qsTr("%1, %2, %3 tuổi").arg(one.name).arg(one.year).arg(one.age),
            selected: one.year === root.date.chosenYear
        }))
        onListened: text => root.listened(text)
        onPicked: value => root.date.pickCandidate(Number(value))
    }

    NumberGrid {
        visible: root.step === "lunarMonth"
        width: parent.width
        height: root.gridHeight
        numbers: visible ? root.date.lunarMonths : []
        labels: visible ? root.date.lunarMonths.map(month => month > 20 ? qsTr("Tháng %1 nhuận").arg(month - 20) : qsTr("Tháng %1").arg(month)) : []
        columns: 4
        prefix: "lunar_month_"
        chosen: root.date.chosenMonth
        textSize: Theme.labelSize
        onPicked: number => root.date.pickMonth(number)
    }

    NumberGrid {
        visible: root.step === "lunarDay"
        width: parent.width
        height: root.gridHeight
        numbers: visible ? root.count(root.date.lastDay) : []
        columns: 8
        rows: 4
        prefix: "lunar_day_"
        chosen: root.date.chosenDay
        tickInCorner: false
        onPicked: number => root.date.pickDay(number)
    }

    NoteStrip {
        visible: message !== ""
        y: parent.height - height
        width: parent.width
        height: root.echoHeight
        message: root.echo()
        iconName: "calendar-blank"
        iconWeight: "duotone"
        iconInk: Theme.indigo
        tint: Theme.indigoTint
        aside: root.date.mode === "birth" && root.date.way === "year" && root.date.chosenYear > 0 && !Theme.textLarge
            ? qsTr("Chỉ ghi năm, không ghi ngày.") : ""
    }
}
