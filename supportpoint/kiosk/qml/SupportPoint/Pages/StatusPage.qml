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

    objectName: "page_status"
    title: titleWords()
    help: [track.caseNumber, track.serviceTitle, track.personMasked].filter(text => text !== "").join(" · ")
    spoken: [title].concat(track.missing.map(thing => thing.label + ". " + thing.reason), coverWords).join(". ")
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
        if (track.hidden)
            return qsTr("Đang xử lý");
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

    actions: [
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

    NoteStrip {
        visible: root.track.missing.length === 0 && !root.track.hidden
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
        model: root.track.missing.slice(root.missingPage * root.perPage, (root.missingPage + 1) * root.perPage)

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
        }
    }
}
