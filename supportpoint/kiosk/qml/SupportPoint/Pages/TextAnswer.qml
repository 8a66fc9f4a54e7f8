pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// Writing with the house's keyboard. On the small screen question and field share a row,
// so that the field stays visible above the keys.
Item {
    id: root

    required property QuestionViewModel question
    required property KeyboardViewModel keyboard
    required property bool keyboardShown
    // The page: what stands above the body is placed on it, or touches would not always reach it.
    required property Item frame
    property string error
    property bool reading: false

    signal showKeyboard(shown: bool)
    signal listen
    signal why

    readonly property bool compact: keyboardShown && !Theme.isLarge
    readonly property int headTop: -Theme.headHeight
    readonly property bool hasTools: question.canSkip || question.whyText !== ""

    Item {
        id: compactHead
        parent: root.frame
        visible: root.compact
        x: Theme.columnX
        y: Theme.topHeight
        width: root.width
        height: 88

        ListenButton {
            objectName: root.compact ? "listenButton" : ""
            y: 8
            width: 72
            reading: root.reading
            onTapped: root.listen()
        }

        Words {
            x: 96
            width: root.width - x - 664
            height: parent.height
            text: root.question.label
            role: Words.Role.Title
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
            maximumLineCount: 3
        }
    }

    Field {
        id: field
        x: root.compact ? root.width - width : 0
        y: root.compact ? root.headTop + 8 : (Theme.isLarge ? 24 : 8)
        width: root.compact ? 640 : root.width
        text: root.keyboard.text
        subject: root.question.label
        textSize: Theme.isLarge || Theme.textLarge ? 40 : 32
        placeholder: qsTr("Chạm vào đây để ghi")
        active: root.keyboardShown
        onTapped: root.showKeyboard(true)
    }

    Row {
        id: hintRow
        y: root.compact ? root.headTop + 96 : field.y + field.height + 24
        visible: root.error === "" && hintWords.text !== ""
        height: 36
        spacing: 12

        PictureIcon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.compact
            name: "info"
            weight: "fill"
            tint: Theme.teal
            size: 28
        }

        Words {
            id: hintWords
            anchors.verticalCenter: parent.verticalCenter
            text: root.compact && root.question.hint !== "" ? root.question.hint
                : (root.keyboard.chips.length > 0 ? qsTr("Chạm vào họ và chữ đệm để ghi nhanh.") : "")
            role: Words.Role.Help
            font.pixelSize: root.compact ? 24 : Theme.helpSize
            wrapMode: Text.NoWrap
            width: Math.min(implicitWidth, root.width - 60)
            elide: Text.ElideRight
        }
    }

    ErrorStrip {
        y: root.headTop + 88
        width: parent.width
        message: root.error
    }

    NameChips {
        y: root.compact ? root.headTop + 144 : hintRow.y + 52
        width: root.width - (tools.visible ? tools.width + 24 : 0)
        chips: root.keyboard.chips
        usedChips: root.keyboard.usedChips
        onPicked: chip => root.keyboard.chip(chip)
    }

    QuestionTools {
        id: tools
        visible: root.compact && root.hasTools
        anchors.right: parent.right
        y: root.headTop + 142
        question: root.question
        onWhy: root.why()
    }

    Keyboard {
        x: -Theme.columnX
        y: root.height + (Theme.isLarge ? 32 : 16) - height
        visible: root.keyboardShown
        keyboard: root.keyboard
        onHide: root.showKeyboard(false)
    }
}
