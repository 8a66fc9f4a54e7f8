pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K26: all that is missing at once; each row opens the camera or the keys, then everything goes together.
PageFrame {
    id: root

    required property SupplementViewModel supplement

    readonly property int total: supplement.items.length
    readonly property int noteHeight: 72
    readonly property int rowsHeight: body.height - noteHeight - 16
    readonly property int perPage: Theme.isLarge ? 3 : 2
    readonly property int pageCount: Math.max(1, Math.ceil(total / perPage))
    readonly property real rowHeight: Math.min(208, Math.floor((rowsHeight - (perPage - 1) * 16) / perPage))
    // After an answer the list opens where the next thing waits.
    property int pageIndex: Math.max(0, Math.floor(supplement.items.findIndex(thing => !thing.done) / perPage))

    readonly property list<var> shownItems: supplement.items.slice(pageIndex * perPage, (pageIndex + 1) * perPage)

    objectName: "page_supplement"
    title: qsTr("Cần thêm %1 thứ").arg(total)
    help: supplement.isLate ? qsTr("Đã quá ngày. Vẫn gửi thêm được.") : (supplement.dueText !== "" ? qsTr("Cán bộ đã ghi hết một lần. Gửi trước %1.").arg(supplement.dueText) : qsTr("Cán bộ đã ghi hết một lần."))
    spokenRows: shownItems.map(thing => thing.label + ". " + thing.reason)
    barTitle: qsTr("Gửi thêm giấy")
    coverable: true
    primaryText: qsTr("Gửi thêm")
    primaryIcon: "paper-plane-tilt"
    primaryIconWeight: "fill"
    primaryIconAtEnd: false
    primaryEnabled: supplement.doneCount > 0
    onBack: navigator.back()
    onPrimary: supplement.send()

    headExtra: Component {
        Row {
            spacing: 12

            SmallTurner {
                visible: root.pageCount > 1
                pageIndex: root.pageIndex
                pageCount: root.pageCount
                onPrevious: root.pageIndex -= 1
                onNext: root.pageIndex += 1
            }

            Pill {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Xong %1 trên %2").arg(root.supplement.doneCount).arg(root.total)
            }
        }
    }

    Repeater {
        model: root.shownItems

        SupplementRow {
            required property var modelData
            required property int index
            readonly property int place: root.pageIndex * root.perPage + index

            y: index * (root.rowHeight + 16)
            width: root.body.width
            height: root.rowHeight
            number: place + 1
            kind: modelData.kind
            label: modelData.label
            reason: modelData.reason
            art: modelData.art
            done: modelData.done
            shown: modelData.shown
            speaking: root.shell.voice.line === label + ". " + reason
            onAnswer: root.supplement.answer(place)
            onListen: root.shell.listen(label + ". " + reason)
        }
    }

    NoteStrip {
        y: parent.height - root.noteHeight
        width: parent.width
        height: root.noteHeight
        textSize: Theme.helpSize
        message: root.supplement.doneCount === 0 ? qsTr("Làm ít nhất một thứ, rồi chạm «Gửi thêm».")
            : root.supplement.doneCount < root.total ? qsTr("Chưa có giấy thì gửi phần đã xong trước. Nộp sau cũng được.")
            : qsTr("Đủ rồi. Mời chạm «Gửi thêm».")
        iconInk: Theme.teal
        tint: Theme.paper
    }
}
