import QtQuick
import SupportPoint.Kiosk

// What the page of a question says of itself: its line of help, and why an answer is not taken.
QtObject {
    required property QuestionViewModel question

    readonly property string widget: question.widget
    readonly property bool pictured: question.choices.some(choice => choice.art !== "")

    readonly property string help: {
        if (widget === "note")
            return "";
        if (question.letGoCount > 0)
            return qsTr("Ô này đứng một mình. Các ô khác đã bỏ.");
        if (question.hint !== "" && !(widget === "select_multiple" && question.selectedCount > 0))
            return question.hint;
        switch (widget) {
        case "select_one":
            return pictured ? qsTr("Chạm vào một hình.") : qsTr("Chạm vào một ô.");
        case "select_multiple":
            return qsTr("Đã chọn %1. Chạm thêm ô khác cũng được.").arg(question.selectedCount);
        case "partial_date":
            return qsTr("Chọn năm gần đúng cũng được.");
        case "date":
        case "moment":
            return qsTr("Chạm vào một hình.");
        default:
            return "";
        }
    }

    readonly property string error: errorWords()

    // Also for who hears of a change before the binding does.
    function errorWords(): string {
        if (question.errorCode === "")
            return "";
        if (question.errorText !== "")
            return question.errorText;
        if (question.errorCode !== "required")
            return widget === "number" ? qsTr("Số này chưa đúng. Mời ghi lại.") : qsTr("Máy chưa hiểu. Mời ghi lại.");
        switch (widget) {
        case "name":
            return qsTr("Mời ghi họ và tên.");
        case "select_one":
            return pictured ? qsTr("Mời chọn một hình.") : qsTr("Mời chọn một ô.");
        case "select_multiple":
            return qsTr("Mời chọn ít nhất một ô.");
        case "date":
        case "partial_date":
        case "moment":
            return qsTr("Mời chọn ngày.");
        case "time":
            return qsTr("Mời chọn giờ.");
        case "commune":
            return qsTr("Mời chọn xã.");
        case "number":
            return qsTr("Mời ghi số.");
        case "acknowledge":
            return qsTr("Mời chạm vào ô để nhận.");
        default:
            return qsTr("Mời ghi câu trả lời.");
        }
    }
}
