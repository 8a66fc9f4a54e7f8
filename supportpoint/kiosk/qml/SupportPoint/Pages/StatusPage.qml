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
    // What was answered a moment ago is no longer asked for here; the office has yet to look.
    readonly property list<var> missing: supplement.alreadySent ? [] : track.missing
    readonly property int columns: Theme.textLarge || missing.length === 1 ? 1 : 2
    readonly property int rows: missing.length <= columns ? 1 : (Theme.isLarge ? 4 : 2)
    readonly property int perPage: columns * rows
    readonly property int missingPages: Math.max(1, Math.ceil(missing.length / perPage))
    property int missingPage: 0
    readonly property bool explained: track.reason !== "" && !supplement.alreadySent
    readonly property list<var> shownMissing: missing.slice(missingPage * perPage, (missingPage + 1) * perPage)

    readonly property string lateWords: track.isLate && supplement.offered ? qsTr("Đã quá ngày. Vẫn gửi thêm được.") : ""

    objectName: "page_status"
    title: titleWords()
    help: [track.caseNumber, lateWords, missingPages > 1 && lateWords === "" && track.newsDayShort !== "" ? qsTr("Tin ngày %1").arg(track.newsDayShort) : ""].filter(words => words !== "").join(" · ")
    // Numbers and names of the case are for the eyes alone; what an agency wrote is read on wish alone.
    spoken: track.hidden ? title : [title, lateWords].filter(words => words !== "").concat(missing.length === 0 && !explained ? [noteWords()] : [], coverWords).join(". ")
    spokenRows: missing.length > 0 ? shownMissing.map(thing => thing.label + ". " + thing.reason) : explained ? [track.reason] : []
    barTitle: qsTr("Xem hồ sơ")
    coverable: true
    backText: qsTr("Mã khác")
    primaryText: supplement.offered ? qsTr("Gửi thêm giấy") : qsTr("Xong")
    primaryIcon: supplement.offered ? "plus-circle" : "house-line"
    primaryIconWeight: "fill"
    onBack: navigator.back()
    onPrimary: supplement.offered ? supplement.open() : track.done()

    function titleWords(): string {
        if (track.hidden)
            return qsTr("Đang xử lý");
        switch (phase) {
        case "waiting":
            return qsTr("Đã lưu ở máy này, chờ gửi");
        case "sent":
            return qsTr("Đang xử lý");
        case "checking":
            return qsTr("Cán bộ đang kiểm tra.");
        case "received":
            return qsTr("Hồ sơ đã đến %1").arg(holder);
        case "need":
            if (supplement.alreadySent)
                return qsTr("Đã gửi thêm rồi");
            return missing.length > 0 ? qsTr("Cần thêm %1 thứ").arg(missing.length) : qsTr("Hồ sơ cần gửi thêm");
        case "accepted":
            return qsTr("Cán bộ đã nhận làm việc này");
        case "refused":
            return qsTr("Cán bộ chưa làm được việc này");
        default:
            return qsTr("Hồ sơ đang ở %1").arg(holder);
        }
    }

    // What nobody has spoken of yet tells neither whose desk it is on nor what it is about.
    function makeSteps(): list<var> {
        const rank = {waiting: 0}[phase] ?? (phase === "accepted" || phase === "refused" ? 2 : 1);
        const place = index => index < rank ? "done" : (index === rank ? "now" : "next");
        const silent = phase === "waiting" || phase === "sent" || phase === "checking";
        return [
            {label: rank === 0 ? qsTr("Chờ gửi") : (silent ? qsTr("Đã gửi") : qsTr("Đã nhận")), sub: track.receivedDayText, icon: "paper-plane-tilt", place: place(0)},
            {label: silent ? qsTr("Đang xử lý") : qsTr("Cán bộ xã xem"), sub: rank === 1 && track.newsDayText !== "" ? qsTr("từ %1").arg(track.newsDayText) : "", icon: silent ? "hourglass-medium" : "user", place: place(1)},
            {label: phase === "accepted" ? qsTr("Chờ kết quả") : (phase === "refused" ? qsTr("Có trả lời") : qsTr("Có kết quả")), sub: resultSub(), icon: phase === "refused" ? "info" : "certificate", place: place(2)}
        ];
    }

    function noteWords(): string {
        if (supplement.alreadySent)
            return qsTr("Đã gửi phần thêm. Chờ cán bộ xem.");
        if (track.reason !== "")
            return track.reason;
        switch (phase) {
        case "waiting":
            return qsTr("Máy sẽ gửi khi có mạng. Bà con không phải chờ.");
        case "sent":
            return qsTr("Đã gửi đi. Chưa có tin mới.");
        case "checking":
            return qsTr("Hồ sơ vẫn còn. Có gì cán bộ sẽ báo.");
        case "refused":
            return qsTr("Mời hỏi cán bộ vì sao.");
        case "need":
            return qsTr("Mời hỏi cán bộ cần thêm gì.");
        case "accepted":
            return qsTr("Chưa cần làm gì thêm.");
        default:
            return qsTr("Tin ngày %1. Chưa có tin mới.").arg(track.newsDayShort);
        }
    }

    function resultSub(): string {
        if (phase === "need")
            return track.isLate ? qsTr("đã quá ngày") : qsTr("sau khi đủ giấy");
        if (phase === "refused")
            return "";
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
                visible: root.track.newsDayShort !== "" && root.missingPages === 1
                text: qsTr("Tin ngày %1").arg(root.track.newsDayShort)
                iconName: "calendar-check"
                iconWeight: "duotone"
            }
        }
    }

    actions: [
        NeutralButton {
            objectName: "doneButton"
            visible: root.supplement.offered && !root.track.canUnlock
            x: Theme.backWidth + 24
            width: Theme.columnWidth - x - Theme.primaryWidth - 24
            height: Theme.buttonHeight
            text: qsTr("Xong")
            iconName: "house-line"
            iconWeight: "fill"
            onTapped: root.track.done()
        },
        SecondaryButton {
            objectName: "unlockButton"
            visible: root.track.canUnlock
            x: Theme.backWidth + 24
            width: parent ? parent.width - x - Theme.primaryWidth - 24 : 0
            height: Theme.buttonHeight
            text: qsTr("Xem thêm bằng ba hình")
            iconName: "lock-simple"
            iconWeight: "fill"
            onTapped: root.track.unlock()
        }
    ]

    Rectangle {
        visible: root.track.hidden
        width: parent.width
        height: parent.height - 112 - 16
        radius: Theme.radiusCard
        color: Theme.artGround

        Drawing {
            anchors.centerIn: parent
            name: "slip"
            width: parent.width - 96
            height: parent.height - 64
        }
    }

    Panel {
        visible: !root.track.hidden
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
        objectName: "hiddenStrip"
        visible: root.track.hidden
        y: parent.height - height
        width: parent.width
        height: 112
        message: qsTr("Mời giữ giấy hẹn để xem lại.")
        iconName: "info"
        iconInk: Theme.teal
        tint: Theme.tealTint
    }

    NotePanel {
        visible: root.missing.length === 0 && !root.track.hidden
        y: root.stonesHeight + 16
        width: parent.width
        height: Math.min(248, parent.height - y)
        message: root.noteWords()
        speaking: root.shell.voice.line === message
        art: ({waiting: "box", sent: "counter", checking: "officer", need: "supplement", refused: "counter", accepted: "officer"})[root.phase] ?? "counter"
        warm: ["waiting", "checking", "refused", "need"].indexOf(root.phase) >= 0
    }

    Repeater {
        model: root.shownMissing

        MissingCard {
            required property var modelData
            required property int index
            readonly property real slot: Math.min(220, (root.body.height - root.stonesHeight - 16 - (root.rows - 1) * 12) / root.rows)

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
