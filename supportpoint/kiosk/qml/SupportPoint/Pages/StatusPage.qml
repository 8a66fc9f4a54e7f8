pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K25: where the case is, and everything it still needs, at once.
PageFrame {
    id: root

    required property TrackViewModel track
    required property SupplementViewModel supplement

    readonly property string phase: track.caseState
    readonly property string holder: track.unit !== "" ? track.unit : qsTr("cán bộ xã")
    readonly property int stonesHeight: Theme.textLarge ? 248 : 240
    readonly property int columns: Theme.textLarge ? 1 : 2
    readonly property int perPage: columns * (Theme.isLarge ? 4 : 2)
    readonly property int missingPages: Math.max(1, Math.ceil(track.missing.length / perPage))
    property int missingPage: 0
    readonly property list<var> shownMissing: track.missing.slice(missingPage * perPage, (missingPage + 1) * perPage)

    objectName: "page_status"
    title: titleWords()
    help: [track.caseNumber, track.serviceTitle, track.personMasked].filter(text => text !== "").join(" · ")
    // Numbers and names of the case are for the eyes alone.
    spoken: title
    spokenRows: shownMissing.map(thing => thing.label + ". " + thing.reason)
    barTitle: qsTr("Xem hồ sơ")
    coverable: true
    backText: supplement.offered ? qsTr("Xong") : qsTr("Mã khác")
    backIcon: supplement.offered ? "house-line" : "arrow-left"
    primaryText: supplement.offered ? qsTr("Bổ sung giấy") : qsTr("Xong")
    primaryIcon: supplement.offered ? "plus-circle" : "house-line"
    primaryIconWeight: "fill"
    onBack: supplement.offered ? track.done() : navigator.back()
    onPrimary: supplement.offered ? supplement.open() : track.done()

    function titleWords(): string {
        switch (phase) {
        case "waiting":
            return qsTr("Hồ sơ ở máy này, chờ gửi");
        case "received":
            return qsTr("Hồ sơ đã đến %1").arg(holder);
        case "need":
            return qsTr("Cần thêm %1 thứ").arg(track.missing.length);
        case "accepted":
            return qsTr("Cán bộ đã nhận làm việc này");
        case "refused":
            return qsTr("Hồ sơ chưa được nhận");
        default:
            return qsTr("Hồ sơ đang ở %1").arg(holder);
        }
    }

    function makeSteps(): list<var> {
        const rank = {waiting: 0, received: 1, working: 1, need: 1, accepted: 2, refused: 2}[phase] ?? 1;
        const place = index => index < rank ? "done" : (index === rank ? "now" : "next");
        return [
            {label: rank === 0 ? qsTr("Chờ gửi") : qsTr("Đã nhận"), sub: track.receivedDayText, icon: "paper-plane-tilt", place: place(0)},
            {label: qsTr("Cán bộ xã xem"), sub: rank === 1 && track.newsDayText !== "" ? qsTr("từ %1").arg(track.newsDayText) : "", icon: "user", place: place(1)},
            {label: phase === "accepted" ? qsTr("Chờ kết quả") : qsTr("Có kết quả"), sub: resultSub(), icon: "certificate", place: place(2)}
        ];
    }

    function resultSub(): string {
        if (phase === "need")
            return qsTr("sau khi đủ giấy");
        return track.dueText !== "" ? qsTr("trước %1").arg(track.dueText) : "";
    }

    headExtra: Component {
        Row {
            spacing: 12

            SmallTurner {
                visible: root.missingPages > 1
                pageIndex: root.missingPage
                pageCount: root.missingPages
                onPrevious: root.missingPage -= 1
                onNext: root.missingPage += 1
            }

            Pill {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.track.newsDayText !== "" && root.missingPages === 1
                text: qsTr("Tin %1").arg(root.track.newsDayText)
                iconName: "calendar-check"
                iconWeight: "duotone"
            }
        }
    }

    Panel {
        width: parent.width
        height: root.stonesHeight

        BigStones {
            y: 16
            width: parent.width
            height: parent.height - 16
            steps: root.makeSteps()
        }
    }

    NoteStrip {
        visible: root.track.missing.length === 0
        y: root.stonesHeight + 16
        width: parent.width
        height: 112
        message: root.track.reason !== "" ? root.track.reason
            : (root.phase === "waiting" ? qsTr("Máy sẽ gửi khi có mạng.") : qsTr("Chưa cần làm gì thêm."))
        iconName: root.phase === "waiting" ? "clock" : "info"
        iconInk: root.phase === "waiting" ? Theme.amberInk : Theme.teal
        tint: root.phase === "waiting" || root.phase === "refused" ? Theme.turmericTint : Theme.tealTint
    }

    Repeater {
        model: root.shownMissing

        MissingCard {
            required property var modelData
            required property int index
            readonly property real slot: (root.body.height - root.stonesHeight - 16 - (root.perPage / root.columns - 1) * 12) / (root.perPage / root.columns)

            x: (index % root.columns) * (width + 16)
            y: root.stonesHeight + 16 + Math.floor(index / root.columns) * (slot + 12)
            width: Math.round((root.body.width - (root.columns - 1) * 16) / root.columns)
            height: Math.floor(slot)
            number: root.missingPage * root.perPage + index + 1
            label: modelData.label
            reason: modelData.reason
            speaking: root.shell.voice.line === label + ". " + reason
        }
    }
}
