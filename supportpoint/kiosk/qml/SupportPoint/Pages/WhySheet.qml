import QtQuick
import SupportPoint.Ui

// Why a question is asked, in two sentences, over the answers.
Panel {
    id: root

    required property string why

    signal closed

    z: 5
    border.color: Theme.teal

    MouseArea {
        anchors.fill: parent
    }

    Column {
        anchors.centerIn: parent
        width: parent.width - 160
        spacing: 32

        Words {
            width: parent.width
            text: root.why
            role: Words.Role.Body
            lineHeight: 1.15
        }

        SecondaryButton {
            objectName: "whyCloseButton"
            text: qsTr("Hiểu rồi")
            iconName: "check"
            onTapped: root.closed()
        }
    }
}
