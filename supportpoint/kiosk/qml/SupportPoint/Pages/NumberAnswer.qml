import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// The number pad, with the number in groups and in words; for money «đồng», «nghìn» and «triệu».
Item {
    id: root

    required property NumberPadViewModel numberPad
    required property string label

    signal listened(text: string)

    Field {
        id: field
        width: pad.x - 32
        height: Theme.isLarge ? 160 : 112
        text: root.numberPad.groupedText + (root.numberPad.isMoney && root.numberPad.groupedText !== "" ? qsTr(" đồng") : "")
        textSize: Theme.displaySize
        rightAligned: true
        subject: root.label
    }

    EyeButton {
        objectName: "eyeButton"
        visible: root.numberPad.canReveal
        x: 24
        anchors.verticalCenter: field.verticalCenter
        onTapped: root.numberPad.reveal()
    }

    NoteStrip {
        y: field.height + 12
        width: field.width
        height: Theme.isLarge ? 96 : 80
        visible: root.numberPad.wordsText !== ""
        message: root.numberPad.isMoney ? qsTr("%1 đồng").arg(root.numberPad.wordsText) : root.numberPad.wordsText
        iconName: "speaker-high"
        iconInk: Theme.teal
        tint: Theme.tealTint

        MouseArea {
            anchors.fill: parent
            onClicked: root.listened(root.numberPad.wordsText)
        }
    }

    NoteStrip {
        y: field.height + 12
        width: field.width
        height: Theme.isLarge ? 96 : 80
        visible: root.numberPad.wordsText === "" && root.numberPad.missingDigits > 0
        message: qsTr("Còn %1 số.").arg(root.numberPad.missingDigits)
        iconName: "info"
        iconInk: Theme.teal
        tint: Theme.sunk
    }

    Row {
        visible: root.numberPad.isMoney
        y: parent.height - height
        width: field.width
        height: Theme.isLarge ? 120 : 104
        spacing: 16

        PadKey {
            objectName: "pad_thousand"
            width: (parent.width - 16) / 2
            height: parent.height
            text: qsTr("nghìn")
            enabled: root.numberPad.groupedText !== ""
            onTapped: root.numberPad.padThousand()
        }

        PadKey {
            objectName: "pad_million"
            width: (parent.width - 16) / 2
            height: parent.height
            text: qsTr("triệu")
            enabled: root.numberPad.groupedText !== ""
            onTapped: root.numberPad.padMillion()
        }
    }

    NumberPad {
        id: pad
        commaVisible: root.numberPad.canComma
        onComma: root.numberPad.padComma()
        anchors.right: parent.right
        width: Theme.primaryWidth
        height: parent.height
        onDigit: number => root.numberPad.padDigit(number)
        onErase: root.numberPad.padBackspace()
    }
}
