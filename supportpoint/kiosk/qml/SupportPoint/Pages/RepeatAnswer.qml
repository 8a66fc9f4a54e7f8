pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// «Add another?»: how many there are, take the last away, add one.
Item {
    id: root

    required property QuestionViewModel question

    Panel {
        width: parent.width
        height: 144

        PictureIcon {
            x: 40
            anchors.verticalCenter: parent.verticalCenter
            name: "list-checks"
            weight: "duotone"
            tint: Theme.indigo
            size: 64
        }

        Words {
            x: 144
            width: parent.width - x - 380
            height: parent.height
            text: root.question.repeatCount > 0 ? qsTr("Đã ghi %1.").arg(root.question.repeatCount) : qsTr("Chưa ghi mục nào.")
            role: Words.Role.List
        }

        NeutralButton {
            objectName: "removeRepeatButton"
            visible: root.question.canRemove && root.question.repeatCount > 0
            anchors.right: parent.right
            anchors.rightMargin: 24
            anchors.verticalCenter: parent.verticalCenter
            width: 320
            text: qsTr("Bỏ mục cuối")
            iconName: "minus"
            onTapped: root.question.removeRepeat(root.question.repeatCount)
        }
    }

    SecondaryButton {
        objectName: "addRepeatButton"
        y: 168
        width: parent.width
        height: 160
        enabled: root.question.canAdd
        text: root.question.repeatCount > 0 ? qsTr("Thêm nữa: %1").arg(root.question.label) : qsTr("Thêm: %1").arg(root.question.label)
        iconName: "plus"
        iconSize: 56
        textSize: Theme.listSize
        onTapped: root.question.addRepeat()
    }
}
