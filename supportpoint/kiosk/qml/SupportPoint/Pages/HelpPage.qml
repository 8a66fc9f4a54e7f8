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
                name: "counter"
                width: parent.width - 64
                height: parent.height - 64
            }
        }

        Column {
            x: Math.round(parent.width * 0.5) + 48
            width: parent.width - x - 32
            anchors.verticalCenter: parent.verticalCenter
            spacing: 8

            Words {
                width: parent.width
                text: qsTr("Cán bộ ngồi gần đây.")
                role: Words.Role.Body
            }

            Words {
                visible: root.shell.callPhone !== ""
                width: parent.width
                text: qsTr("Hoặc gọi số")
                role: Words.Role.Help
            }

            Words {
                objectName: "callPhone"
                visible: root.shell.callPhone !== ""
                width: parent.width
                text: root.shell.callPhone
                role: Words.Role.Display
                font.features: {"tnum": 1}
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 32
            }
        }
    }
}
