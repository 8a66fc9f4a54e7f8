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
    backIcon: "house-line"
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

    Panel {
        anchors.fill: parent

        Rectangle {
            x: 2
            y: 2
            width: Math.round(parent.width * 0.5)
            height: parent.height - 4
            topLeftRadius: Theme.radiusCard - 2
            bottomLeftRadius: Theme.radiusCard - 2
            color: Theme.artGround

            Drawing {
                anchors.centerIn: parent
                name: root.problem.art !== "" ? root.problem.art : "counter"
                width: parent.width - 64
                height: parent.height - 96
            }
        }

        Column {
            x: Math.round(parent.width * 0.5) + 48
            width: parent.width - x - 32
            anchors.verticalCenter: parent.verticalCenter
            spacing: 8

            Words {
                width: parent.width
                text: root.shell.callPhone !== "" ? qsTr("Gọi số này cũng được:") : qsTr("Cán bộ ngồi gần đây.")
                role: Words.Role.Body
            }

            Words {
                visible: root.shell.callPhone !== ""
                width: parent.width
                text: root.shell.callPhone
                role: Words.Role.Display
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 32
            }
        }

        Words {
            objectName: "problemCode"
            x: 20
            y: parent.height - height - 12
            text: root.problem.code
            role: Words.Role.Help
            color: Theme.sceneInk2
            font.pixelSize: 24
        }
    }
}
