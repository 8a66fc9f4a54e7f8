import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// «Vì sao hỏi?» and «Tôi không biết» beside a question that allows them; «Lấy lại» after choices were let go of.
Row {
    id: root

    required property QuestionViewModel question

    signal why

    spacing: 12

    NeutralButton {
        objectName: "takeBackButton"
        visible: root.question.letGoCount > 0
        height: 64
        text: qsTr("Lấy lại ô cũ")
        iconName: "arrow-counter-clockwise"
        ink: Theme.indigo
        iconSize: 32
        textSize: Theme.helpSize
        onTapped: root.question.takeBack()
    }

    NeutralButton {
        objectName: "whyButton"
        visible: root.question.whyText !== "" && root.question.letGoCount === 0
        height: 64
        text: qsTr("Vì sao hỏi?")
        iconName: "question"
        iconWeight: "fill"
        iconInk: Theme.indigo
        ink: Theme.indigo
        iconSize: 32
        textSize: Theme.helpSize
        onTapped: root.why()
    }

    NeutralButton {
        objectName: "unitButton"
        visible: root.question.unitName !== ""
        height: 64
        text: qsTr("Đổi đơn vị")
        iconName: "arrow-u-up-right"
        iconInk: Theme.indigo
        ink: Theme.indigo
        iconSize: 32
        textSize: Theme.helpSize
        onTapped: root.question.changeUnit()
    }

    NeutralButton {
        objectName: "skipButton"
        visible: root.question.canSkip && root.question.letGoCount === 0 && root.question.widget !== "repeat" && root.question.widget !== "note"
        height: 64
        text: qsTr("Tôi không biết")
        iconName: "question"
        iconWeight: "fill"
        iconInk: Theme.indigo
        ink: Theme.indigo
        iconSize: 32
        textSize: Theme.helpSize
        onTapped: root.question.dontKnow()
    }
}
