import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K31: one drawing, one sentence, a phone number. The code is small, for staff.
PageFrame {
    id: root

    required property ProblemViewModel problem

    objectName: "page_problem"
    title: titleWords()
    help: problem.kind === "save" || problem.kind === "full" ? qsTr("Câu trả lời vẫn còn trên màn hình này.") : qsTr("Việc đã làm vẫn còn.")
    barTitle: ""
    backText: qsTr("Kết thúc")
    backIcon: "sign-out"
    primaryText: qsTr("Thử lại")
    primaryIcon: "arrow-counter-clockwise"
    primaryIconAtEnd: false
    onBack: problem.endVisit()
    onPrimary: problem.retry()

    function titleWords(): string {
        switch (problem.kind) {
        case "clock":
            return qsTr("Máy chạy sai ngày giờ. Mời gọi cán bộ.");
        case "save":
            return qsTr("Máy chưa lưu được. Mời gọi cán bộ.");
        case "full":
            return qsTr("Máy đã đầy. Mời gọi cán bộ.");
        case "form":
            return qsTr("Tờ này chưa mở được. Mời gọi cán bộ.");
        case "camera":
            return qsTr("Máy ảnh chưa chạy. Mời gọi cán bộ.");
        case "paper":
            return qsTr("Máy in hết giấy. Mời gọi cán bộ.");
        default:
            return qsTr("Máy chưa làm được. Mời gọi cán bộ.");
        }
    }

    StaffPanel {
        anchors.fill: parent
        art: root.problem.art !== "" ? root.problem.art : "counter"
        phone: root.shell.callPhone
        code: root.problem.code
    }
}
