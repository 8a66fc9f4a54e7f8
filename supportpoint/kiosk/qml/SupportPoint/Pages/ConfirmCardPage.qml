pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K07: read the card back before it fills anything.
PageFrame {
    id: root

    required property ScanViewModel scan

    readonly property list<var> rows: makeRows()

    objectName: "page_confirmCard"
    title: qsTr("Có phải thông tin này không?")
    help: scan.personLabel !== "" ? qsTr("%1. Máy vừa đọc từ thẻ.").arg(scan.personLabel) : qsTr("Máy vừa đọc từ thẻ.")
    barPart: shell.sectionCount > 0 ? qsTr("Phần %1/%2").arg(shell.sectionIndex + 1).arg(shell.sectionCount) : ""
    backText: qsTr("Không phải, quét lại")
    backIcon: "arrow-counter-clockwise"
    backWidth: Theme.textLarge ? 460 : 400
    primaryText: qsTr("Đúng rồi")
    primaryIcon: "check"
    primaryIconAtEnd: false
    onBack: scan.reject()
    onPrimary: scan.accept()

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

    // "Xã Nà Tấu" is "xã Nà Tấu" within a sentence.
    function inSentence(name: string): string {
        return name.charAt(0).toLocaleLowerCase(Qt.locale("vi")) + name.slice(1);
    }

    function makeRows(): list<var> {
        const card = scan.card;
        return [
            {label: qsTr("Họ và tên"), value: card.name ?? "", sub: "", icon: "user"},
            {label: qsTr("Ngày sinh"), value: card.birth ?? "", sub: "", icon: "calendar-blank"},
            {label: qsTr("Giới tính"), value: sexWords(card.sex ?? ""), sub: "", icon: card.sex === "male" ? "gender-male" : "gender-female"},
            {
                label: qsTr("Nơi ở"),
                value: card.address ?? "",
                sub: card.communeNew ? qsTr("nay là %1").arg(inSentence(card.communeNew)) : "",
                icon: "house-line"
            },
            {label: qsTr("Số căn cước"), value: card.idMasked ?? "", sub: qsTr("số được che lại"), icon: "identification-card"}
        ];
    }

    Panel {
        anchors.fill: parent

        Repeater {
            model: root.rows

            ReviewRow {
                required property var modelData
                required property int index

                y: Math.round(index * root.body.height / root.rows.length)
                width: root.body.width
                height: Math.round(root.body.height / root.rows.length)
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
