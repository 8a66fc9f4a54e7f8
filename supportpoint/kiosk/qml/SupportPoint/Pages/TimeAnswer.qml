pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// A time of the day by pointing: the hour, then the minute.
Item {
    id: root

    required property TimeViewModel time

    readonly property list<int> minutes: [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55]
    readonly property int echoHeight: Theme.isLarge ? 96 : 72
    readonly property int gridHeight: height - echoHeight - 16

    function two(number: int): string {
        return String(number).padStart(2, "0");
    }

    NumberGrid {
        visible: root.time.step === "hour"
        width: parent.width
        height: root.gridHeight
        numbers: visible ? Array.from({length: 24}, (_, hour) => hour) : []
        labels: visible ? Array.from({length: 24}, (_, hour) => qsTr("%1 giờ").arg(hour)) : []
        columns: 6
        rows: 4
        textSize: Theme.textLarge ? 36 : 32
        prefix: "hour_"
        chosen: root.time.chosenHour
        tickInCorner: false
        onPicked: number => root.time.pickHour(number)
    }

    NumberGrid {
        visible: root.time.step === "minute"
        width: parent.width
        height: root.gridHeight
        numbers: visible ? root.minutes : []
        labels: visible ? root.minutes.map(minute => qsTr("%1 phút").arg(minute)) : []
        columns: 4
        textSize: Theme.textLarge ? 36 : 32
        prefix: "minute_"
        chosen: root.time.chosenMinute
        onPicked: number => root.time.pickMinute(number)
    }

    NoteStrip {
        y: parent.height - height
        width: parent.width
        height: root.echoHeight
        message: root.time.step === "hour" ? qsTr("Chọn giờ.") : qsTr("Lúc %1 giờ %2 phút.").arg(root.time.chosenHour).arg(root.two(root.time.chosenMinute))
        iconName: "clock"
        iconWeight: "duotone"
        iconInk: Theme.indigo
        tint: Theme.indigoTint
    }
}
