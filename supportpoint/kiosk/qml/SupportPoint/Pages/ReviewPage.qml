pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K11: one section a page, each answer with its «Sửa». Nothing is sent yet, and the page says so.
PageFrame {
    id: root

    required property ReviewViewModel review

    readonly property int slots: Theme.isLarge ? (Theme.textLarge ? 5 : 7) : (Theme.textLarge ? 3 : 5)
    // The pages behind the main ones are looked at on wish: both sets end with «Đúng hết rồi», or lead to what is wrong.
    readonly property bool inMain: review.sectionIndex < review.mainCount
    readonly property int pageCount: inMain ? review.mainCount : review.sectionCount
    readonly property bool lastSection: review.sectionIndex >= pageCount - 1
    readonly property string sectionTitle: review.sections[review.sectionIndex]?.title ?? ""
    readonly property bool toMend: review.sections[review.sectionIndex]?.toMend ?? false
    readonly property bool pageHasProblem: review.rows.some(row => row.problem)

    objectName: "page_review"
    title: qsTr("Thông tin này đúng chưa?")
    help: toMend ? qsTr("Cần sửa chỗ này.") : [sectionTitle !== "" ? qsTr("Phần %1.").arg(sectionTitle) : "", qsTr("Nơi nhận: %1.").arg(Receivers.nameOf(review.route, shell.communeName))].join(" ").trim()
    barPart: qsTr("Xem lại %1/%2").arg(review.sectionIndex + 1).arg(pageCount)
    spokenRows: review.rows.map(spokenRow)
    primaryText: lastSection ? (review.problemCount > 0 ? qsTr("Xem chỗ cần sửa") : qsTr("Đúng hết rồi")) : (pageHasProblem ? qsTr("Xem tiếp") : qsTr("Đúng, xem tiếp"))
    primaryIcon: lastSection && review.problemCount === 0 ? "check" : "arrow-right"
    primaryIconAtEnd: !lastSection || review.problemCount > 0
    primaryFilled: !pageHasProblem && (!lastSection || review.problemCount === 0)
    onBack: {
        if (review.sectionIndex > 0)
            review.previous();
        else
            navigator.back();
    }
    onPrimary: {
        if (lastSection)
            review.confirm();
        else
            review.next();
    }
    onSlotsChanged: review.setRowsPerPage(slots)
    Component.onCompleted: review.setRowsPerPage(slots)

    function valueOf(kind: string, value: string, seconds: int): string {
        if (value !== "")
            return value;
        switch (kind) {
        case "image":
            return qsTr("Đã chụp");
        case "signature":
            return qsTr("Đã ký");
        case "acknowledge":
            return qsTr("Đã nhận");
        case "audio":
            return seconds < 60 ? qsTr("Đã ghi %1 giây").arg(seconds) : qsTr("Đã ghi %1 phút %2 giây").arg(Math.floor(seconds / 60)).arg(seconds % 60);
        default:
            return "";
        }
    }

    // What an answer is, if others may hear it; names and numbers are for the eyes alone.
    function spokenRow(row: var): string {
        const value = !row.answered ? qsTr("Chưa trả lời") : shell.voice.aloud ? valueOf(row.kind, row.said, row.seconds) : "";
        return row.label + ". " + (value !== "" ? value : qsTr("Xem trên màn hình")) + "." + (row.problem ? " " + row.sub : "");
    }

    actions: [
        NeutralButton {
            id: moreButton
            objectName: "moreButton"
            visible: root.lastSection && root.inMain && root.review.sectionCount > root.review.mainCount
            x: Theme.backWidth + Theme.gap
            width: Theme.columnWidth - Theme.backWidth - Theme.primaryWidth - 2 * Theme.gap
            height: Theme.buttonHeight
            text: qsTr("Xem hết, ghi thêm")
            iconName: "list-checks"
            iconWeight: "duotone"
            onTapped: root.review.next()
        }
    ]

    headExtra: Component {
        Column {
            spacing: 4

            Pill {
                anchors.right: parent.right
                visible: root.review.problemCount > 0
                height: Theme.textLarge ? 56 : 48
                text: qsTr("Còn %1 chỗ cần sửa").arg(root.review.problemCount)
                iconName: "warning-circle"
                iconInk: Theme.madder
                tint: Theme.madderTint
            }

            Pill {
                anchors.right: parent.right
                height: Theme.textLarge ? 56 : 48
                text: qsTr("Hồ sơ chưa gửi đâu nhé.")
                iconName: "warning-circle"
                iconInk: Theme.amberInk
                tint: Theme.turmericTint
            }
        }
    }

    Panel {
        width: parent.width
        height: Math.min(parent.height, Math.max(1, root.review.rows.length) * root.body.height / root.slots)

        Repeater {
            model: root.review.rows

            ReviewRow {
                required property var modelData
                required property int index

                y: Math.round(index * root.body.height / root.slots)
                width: root.body.width
                height: Math.round(root.body.height / root.slots)
                label: modelData.label
                value: root.valueOf(modelData.kind, modelData.value, modelData.seconds)
                image: modelData.image
                sub: modelData.sub
                iconName: modelData.icon
                art: modelData.art
                problem: modelData.problem
                answered: modelData.answered
                masked: modelData.masked
                revealed: modelData.revealed
                speaking: root.shell.voice.line === root.spokenRow(modelData)
                fixName: "fix_" + index
                lastRow: index === root.review.rows.length - 1
                onFix: root.review.fix(modelData.ref)
                onReveal: root.review.reveal(modelData.ref)
            }
        }

        Words {
            visible: root.review.rows.length === 0
            anchors.centerIn: parent
            text: qsTr("Phần này không có gì phải xem.")
            role: Words.Role.Body
        }
    }
}
