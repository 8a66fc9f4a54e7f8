import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// Something to read below its first sentence, or an answer the form worked out itself.
Panel {
    id: root

    required property QuestionViewModel question

    PictureIcon {
        id: mark
        x: 40
        y: 44
        name: "info"
        weight: "fill"
        tint: Theme.teal
        size: 56
    }

    Column {
        x: 128
        y: 40
        width: parent.width - x - 40
        spacing: 16

        Words {
            width: parent.width
            text: root.question.hint !== "" ? root.question.hint : root.question.label
            role: Words.Role.Body
            font.pixelSize: Theme.listSize
            lineHeight: 1.15
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
            height: Math.min(implicitHeight, root.height - 80 - (valueWords.visible ? valueWords.implicitHeight + 16 : 0))
        }

        Words {
            id: valueWords
            width: parent.width
            visible: root.question.display !== ""
            text: root.question.display
            role: Words.Role.List
            maximumLineCount: 2
            elide: Text.ElideRight
        }
    }
}
