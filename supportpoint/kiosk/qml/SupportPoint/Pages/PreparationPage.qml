pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K05: what to bring. A missing paper never blocks.
PageFrame {
    id: root

    required property PreparationViewModel preparation

    // What a private case needs is shown while it is told; here stands who receives it.
    readonly property bool asksPapers: paperCount > 0 && !shell.isPrivate
    readonly property string receiver: Receivers.nameOf(preparation.route, shell.communeName)
    readonly property string receiverLine: qsTr("Nơi nhận: %1.").arg(receiver)
    readonly property string caution: Receivers.caution(preparation.formId)
    // A fee of few words stands in a pill; a longer one has no room beside the title.
    readonly property bool feeApart: preparation.feeText !== "" && (Theme.textLarge || preparation.feeText.length > 24)
    readonly property int roomForHelp: Theme.isLarge ? 84 : 68
    readonly property int paperCount: preparation.papers.length
    readonly property int columns: Math.max(1, Math.min(paperCount, 4))
    readonly property bool small: paperCount > columns

    objectName: "page_preparation"
    title: asksPapers ? qsTr("Bà con mang giấy này chưa?") : (shell.isPrivate ? qsTr("Ai sẽ nhận việc này?") : qsTr("Bà con chuẩn bị giấy tờ nhé."))
    help: helpText()
    spokenRows: asksPapers ? preparation.papers.map(paper => paper.title) : [[receiverLine, caution].join(" ")]
    primaryText: preparation.papers.every(paper => paper.have < 0) ? qsTr("Bắt đầu") : preparation.allReady ? qsTr("Có đủ, bắt đầu") : (Theme.textLarge ? qsTr("Thiếu, vẫn làm trước") : qsTr("Thiếu giấy, vẫn làm trước"))
    onBack: navigator.back()
    onPrimary: preparation.start()

    // One line: what is dropped first is what the buttons say as well.
    function helpText(): string {
        const hint = asksPapers ? (small ? qsTr("Thiếu giấy vẫn làm được.") : qsTr("Thiếu giấy vẫn làm được. Nộp sau cũng được.")) : qsTr("Máy chưa gửi gì cả.");
        const facts = [small ? receiverLine : "", feeApart ? preparation.feeText + "." : ""].filter(text => text !== "").join(" ");
        const whole = facts !== "" ? facts + " " + hint : hint;
        return whole.length <= roomForHelp ? whole : facts;
    }

    actions: [
        SecondaryButton {
            objectName: "demoButton"
            x: Theme.backWidth + Theme.gap
            width: Theme.columnWidth - Theme.backWidth - Theme.primaryWidth - 2 * Theme.gap
            height: Theme.buttonHeight
            text: qsTr("Xem cách dùng")
            sidePadding: 12
            iconName: "play-circle"
            iconWeight: "fill"
            onTapped: root.shell.openDemo()
        }
    ]

    headExtra: Component {
        Row {
            spacing: 12

            Pill {
                text: qsTr("Khoảng %1 phút").arg(root.preparation.minutes)
                iconName: "clock"
                iconInk: Theme.teal
                tint: Theme.tealTint
            }

            Pill {
                visible: root.preparation.feeText !== "" && !root.feeApart
                text: root.preparation.feeText
                iconName: "coins"
                iconInk: Theme.leaf
                tint: Theme.leafTint
            }
        }
    }

    PictureRow {
        id: receiverRow
        objectName: "receiverRow"
        visible: !root.asksPapers
        width: parent.width
        height: 176
        heading: qsTr("Nơi nhận")
        sentence: Theme.begin(root.receiver)
        note: root.caution
        art: "counter"
        speaking: root.shell.voice.line === [root.receiverLine, note].join(" ")
        onListen: root.shell.listen([root.receiverLine, note].join(" "))
    }

    PictureRow {
        visible: !root.asksPapers
        y: receiverRow.height + 16
        width: parent.width
        height: 176
        heading: ""
        sentence: qsTr("Có giấy gì, mời mang ra sẵn.")
        note: qsTr("Hỏi đến giấy nào thì chụp giấy đó.")
        art: "papers"
        onListen: root.shell.listen(sentence + " " + note)
    }

    Repeater {
        model: root.asksPapers ? root.preparation.papers : []

        PaperCard {
            required property var modelData
            required property int index
            readonly property real slot: (root.body.width - (root.columns - 1) * Theme.gap) / root.columns

            x: Math.round((index % root.columns) * (slot + Theme.gap))
            y: Math.floor(index / root.columns) * (height + 12)
            width: Math.round(slot)
            height: root.small ? Math.floor((root.body.height - 12) / 2) : root.body.height - strip.height - 16
            paper: modelData.id
            title: modelData.title
            giver: modelData.giver
            art: modelData.art
            have: modelData.have
            speaking: root.shell.voice.line === title
            onAnswered: yes => root.preparation.setHave(modelData.id, yes)
        }
    }

    NoteStrip {
        id: strip
        objectName: "receiverStrip"
        visible: root.asksPapers && !root.small
        y: root.body.height - height
        width: Math.round((root.body.width - Theme.gap) / 2)
        message: root.receiverLine
        iconName: "paper-plane-tilt"
    }

    NoteStrip {
        visible: strip.visible || !root.asksPapers
        x: root.asksPapers ? root.body.width - width : 0
        y: root.body.height - height
        width: root.asksPapers ? strip.width : root.body.width
        message: [root.preparation.deadlineText !== "" ? root.preparation.deadlineText : qsTr("Chưa có mạng vẫn làm được. Máy sẽ gửi sau."), root.preparation.verified ? "" : qsTr("Hỏi lại cán bộ cho chắc.")].filter(text => text !== "").join(". ").replace("..", ".")
        textSize: root.asksPapers && message.length > (Theme.textLarge ? 32 : 44) ? 24 : Theme.labelSize
        iconName: root.preparation.deadlineText !== "" ? "clock" : "wifi-slash"
    }
}
