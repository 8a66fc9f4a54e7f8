import QtQuick
import SupportPoint.Ui

// K29: honest help: nothing rings yet, so the page sends to the desk and gives the phone number.
PageFrame {
    id: root

    objectName: "page_help"
    title: qsTr("Mời gọi cán bộ ở bàn.")
    help: qsTr("Việc đã làm vẫn còn trong máy.")
    spoken: title + " " + (shell.callPhone !== "" ? qsTr("Hoặc gọi số %1.").arg(shell.callPhone) : "")
    barTitle: ""
    primaryVisible: false
    onBack: navigator.back()

    StaffPanel {
        anchors.fill: parent
        art: "counter"
        phone: root.shell.callPhone
    }
}
