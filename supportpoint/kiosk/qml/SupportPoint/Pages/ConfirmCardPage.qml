pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K07: read the card back before it fills anything.
PageFrame {
    id: root

    required property ScanViewModel scan

    readonly property list<var> rows: makeRows()
    readonly property real rowHeight: body.height / 5

    objectName: "page_confirmCard"
    title: qsTr("Có phải thông tin này không?")
    readonly property string from: scan.card.from ?? ""

    help: helpText()
    barPart: shell.sectionCount > 0 ? qsTr("Phần %1/%2").arg(shell.sectionIndex + 1).arg(shell.sectionCount) : ""
    backText: from !== "" ? qsTr("Không phải") : qsTr("Quét lại")
    backIcon: "arrow-counter-clockwise"
    primaryText: qsTr("Đúng rồi")
    primaryIcon: "check"
    primaryIconAtEnd: false
    onBack: scan.reject()
    onPrimary: scan.accept()

    function helpText(): string {
        if (from !== "")
            return qsTr("Lấy lại từ phần %1.").arg(from);
        return scan.personLabel !== "" ? qsTr("%1. Máy vừa đọc từ thẻ.").arg(scan.personLabel) : qsTr("Máy vừa đọc từ thẻ.");
    }

    function sexWords(sex: string): string {
        switch (sex) {
        case "male":
            return qsTr("Nam");
        case "female":
            return qsTr("Nữ");
        default:
            return sex;
        }
    }

    // An address of before the merger is shown as the card has it, with today's commune where that is certain.
    function homeRow(card: var): var {
        const row = {label: qsTr("Nơi ở"), value: card.address ?? "", sub: "", icon: "house-line"};
        if (card.communeNew && card.isOld) {
            row.value = qsTr("Xã mới: %1").arg(card.communeNew);
            row.sub = qsTr("Trên thẻ: %1").arg(card.address);
        } else if (card.isOld) {
            row.sub = qsTr("Chưa rõ xã mới. Máy sẽ hỏi bà con.");
        }
        return row;
    }

    function makeRows(): list<var> {
        const card = scan.card;
        return [
            {label: qsTr("Họ và tên"), value: card.name ?? "", sub: "", icon: "user"},
            {label: qsTr("Ngày sinh"), value: card.birth ?? "", sub: "", icon: "calendar-blank"},
            {label: qsTr("Giới tính"), value: sexWords(card.sex ?? ""), sub: "", icon: card.sex === "male" ? "gender-male" : "gender-female"},
            homeRow(card),
            {label: qsTr("Số căn cước"), value: card.idMasked ?? "", sub: card.idMasked ? qsTr("số được che lại") : "", icon: "identification-card"}
        ].filter(row => from === "" || row.value !== "");
    }

    Panel {
        width: parent.width
        height: root.rows.length * root.rowHeight

        Repeater {
            model: root.rows

            ReviewRow {
                required property var modelData
                required property int index

                y: Math.round(index * root.rowHeight)
                width: root.body.width
                height: Math.round(root.rowHeight)
                label: modelData.label
                value: modelData.value
                sub: modelData.sub
                iconName: modelData.icon
                answered: modelData.value !== ""
                fixable: false
                lastRow: index === root.rows.length - 1
            }
        }
    }
}
