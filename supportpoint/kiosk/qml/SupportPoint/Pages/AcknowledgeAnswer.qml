import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// One box to touch: «I have heard and I agree».
TapArea {
    id: root

    required property QuestionViewModel question

    property bool speaking: false
    readonly property bool chosen: question.value !== ""

    signal chosenNow

    objectName: "card_OK"
    guarded: false
    text: qsTr("Tôi nhận đúng như vậy")
    ringRadius: Theme.radiusCard
    Accessible.checkable: true
    Accessible.checked: chosen
    onTapped: {
        question.choose("OK");
        if (chosen)
            chosenNow();
    }

    background: Item {
        Rectangle {
            width: parent.width
            height: Math.min(parent.height, 240)
            radius: Theme.radiusCard
            color: root.chosen || root.down ? Theme.indigoTint : Theme.surface
            border.width: root.chosen || root.speaking ? Theme.edgeChosen : Theme.edge
            border.color: root.speaking ? Theme.speaking : root.chosen ? Theme.ink : Theme.line

            Rectangle {
                x: 48
                anchors.verticalCenter: parent.verticalCenter
                width: 96
                height: 96
                radius: 16
                color: root.chosen ? Theme.ink : Theme.surface
                border.width: 3
                border.color: root.chosen ? Theme.ink : Theme.line

                PictureIcon {
                    visible: root.chosen
                    anchors.centerIn: parent
                    name: "check"
                    size: 64
                    tint: Theme.surface
                }
            }

            Words {
                x: 184
                width: parent.width - x - 48
                height: parent.height
                text: root.text
                role: Words.Role.List
            }
        }
    }
}
