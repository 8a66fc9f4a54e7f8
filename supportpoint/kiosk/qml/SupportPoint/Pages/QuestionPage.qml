pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K08: one question. The widget in the middle depends on the question; the frame never does.
PageFrame {
    id: root

    required property QuestionViewModel question
    required property KeyboardViewModel keyboard
    required property NumberPadViewModel numberPad
    required property DateViewModel date
    required property TimeViewModel time
    required property CommuneViewModel commune

    readonly property string widget: question.widget
    readonly property bool typing: widget === "text" || widget === "name"
    property bool keyboardShown: true
    property bool whyShown: false
    readonly property bool paged: question.pageCount > 1 && (widget === "select_one" || widget === "select_multiple")
    readonly property int choicesPerPage: Theme.textLarge ? 4 : (Theme.isLarge ? 8 : 6)
    // The choices of an answer that makes its own; it empties them when it goes.
    property list<string> widgetRows: []
    // What it asks at the moment in the place of the question.
    property string widgetHeading
    readonly property bool compact: typing && keyboardShown && !Theme.isLarge

    objectName: "page_question"
    focus: true
    title: widgetHeading !== "" ? widgetHeading : widget !== "note" || question.hint !== "" ? question.label : shell.section !== "" ? shell.section : qsTr("Mời xem")
    help: widgetHeading !== "" ? question.label : words.help
    error: compact ? "" : words.error
    spokenTitle: widgetHeading !== "" ? widgetHeading : question.label
    spoken: widgetHeading !== "" ? widgetHeading : question.label + (question.hint !== "" ? ". " + question.hint : "")
    spokenRows: widget.startsWith("select") ? question.choices.map(choice => choice.label) : widgetRows
    headVisible: !compact
    barPart: shell.sectionCount > 0 ? qsTr("Phần %1/%2").arg(shell.sectionIndex + 1).arg(shell.sectionCount) : ""
    stonesVisible: !paged
    primaryFilled: question.answerable && (question.value !== "" || !question.canSkip)
    primaryText: widget === "repeat" ? qsTr("Đủ rồi, tiếp tục") : qsTr("Tiếp tục")
    onBack: navigator.back()
    onPrimary: question.continueForm()
    headExtra: question.canSkip || question.whyText !== "" || question.unitName !== "" || question.letGoCount > 0 ? tools : null

    Component.onCompleted: question.setChoicesPerPage(choicesPerPage)
    Keys.onPressed: event => takeKey(event)

    // Cards keep their places from page to page.
    function columnsFor(count: int): int {
        const wide = Math.min(4, choicesPerPage / 2);
        if (paged)
            return wide;
        return count === 2 || count === 4 ? 2 : (count > 6 ? 4 : 3);
    }

    QuestionWords {
        id: words
        question: root.question
    }

    Connections {
        target: root.question
        function onChanged() {
            root.keyboardShown = true;
            root.whyShown = false;
        }
        function onErrorChanged() {
            root.shell.voice.alert(words.errorWords());
        }
    }

    function takeKey(event: KeyEvent) {
        const digit = "0123456789".indexOf(event.text);
        if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
            question.continueForm();
        } else if (root.widget === "number" && event.text !== "" && digit >= 0) {
            numberPad.padDigit(digit);
        } else if (root.widget === "number" && "kn".indexOf(event.text.toLowerCase()) >= 0 && event.text !== "") {
            numberPad.padThousand();
        } else if (root.widget === "number" && "mt".indexOf(event.text.toLowerCase()) >= 0 && event.text !== "") {
            numberPad.padMillion();
        } else if (root.widget === "number" && (event.text === "," || event.text === ".")) {
            numberPad.padComma();
        } else if (root.widget === "number" && event.key === Qt.Key_Backspace) {
            numberPad.padBackspace();
        } else if (root.typing && event.key === Qt.Key_Backspace) {
            keyboard.backspace();
        } else if (root.typing && event.key === Qt.Key_Space) {
            keyboard.space();
        } else if (root.typing && event.text.length === 1 && event.text > " ") {
            keyboard.typeKey(event.text);
        } else {
            return;
        }
        event.accepted = true;
    }

    actions: [
        SmallTurner {
            visible: root.paged
            anchors.verticalCenter: parent?.verticalCenter
            x: Theme.backWidth + (Theme.columnWidth - Theme.backWidth - Theme.primaryWidth - width) / 2
            pageIndex: root.question.pageIndex
            pageCount: root.question.pageCount
            onPrevious: root.question.previousChoices()
            onNext: root.question.nextChoices()
        }
    ]

    Component {
        id: tools

        QuestionTools {
            question: root.question
            onWhy: root.whyShown = true
        }
    }

    Loader {
        anchors.fill: parent
        objectName: "answerLoader"
        sourceComponent: {
            switch (root.widget) {
            case "text":
            case "name":
                return textAnswer;
            case "number":
                return numberAnswer;
            case "date":
            case "partial_date":
                return dateAnswer;
            case "moment":
                return root.time.step === "date" ? dateAnswer : timeAnswer;
            case "time":
                return timeAnswer;
            case "file":
                return notYetAnswer;
            case "commune":
                return communeAnswer;
            case "note":
                return noteAnswer;
            case "repeat":
                return repeatAnswer;
            case "acknowledge":
                return acknowledgeAnswer;
            default:
                return choiceAnswer;
            }
        }
    }

    NoteStrip {
        objectName: "noChoices"
        visible: root.widget.startsWith("select") && root.question.choices.length === 0
        width: parent.width
        height: 96
        message: qsTr("Chưa có gì để chọn. Mời gọi cán bộ.")
    }

    WhySheet {
        anchors.fill: parent
        visible: root.whyShown
        why: root.question.whyText
        onClosed: root.whyShown = false
    }

    Component {
        id: textAnswer
        TextAnswer {
            question: root.question
            keyboard: root.keyboard
            keyboardShown: root.keyboardShown
            frame: root
            error: root.compact ? words.error : ""
            onShowKeyboard: shown => root.keyboardShown = shown
            reading: root.shell.voice.reading
            onListen: root.shell.voice.replay([root.spoken])
            onWhy: root.whyShown = true
        }
    }

    Component {
        id: numberAnswer
        NumberAnswer {
            numberPad: root.numberPad
            label: root.question.label
            onListened: text => root.shell.listen(text)
        }
    }

    Component {
        id: dateAnswer
        DateAnswer {
            date: root.date
            speaking: root.shell.voice.line
            onListened: text => root.shell.listen(text)
            onSpokenRowsChanged: root.widgetRows = spokenRows
            onHeadingChanged: root.widgetHeading = heading
            Component.onDestruction: {
                root.widgetRows = [];
                root.widgetHeading = "";
            }
        }
    }

    Component {
        id: timeAnswer
        TimeAnswer {
            time: root.time
        }
    }

    Component {
        id: notYetAnswer
        NotYetAnswer {
            onListened: text => root.shell.listen(text)
        }
    }

    Component {
        id: communeAnswer
        CommuneAnswer {
            commune: root.commune
            speaking: root.shell.voice.line
            onChosen: text => root.shell.voice.speakAnswer(text)
            onListened: text => root.shell.listen(text)
            onSpokenRowsChanged: root.widgetRows = spokenRows
            Component.onDestruction: root.widgetRows = []
        }
    }

    Component {
        id: choiceAnswer
        CardGrid {
            cards: root.question.choices
            columns: root.columnsFor(cards.length)
            rows: root.paged || cards.length > columns ? 2 : 1
            square: root.widget === "select_multiple"
            speaking: root.shell.voice.line
            onPicked: (value, label) => {
                root.question.choose(value);
                root.shell.voice.speakAnswer(label);
            }
            onListened: text => root.shell.listen(text)
        }
    }

    Component {
        id: noteAnswer
        NoteAnswer {
            question: root.question
        }
    }

    Component {
        id: repeatAnswer
        RepeatAnswer {
            question: root.question
        }
    }

    Component {
        id: acknowledgeAnswer
        AcknowledgeAnswer {
            question: root.question
            speaking: root.shell.voice.line === text
            onChosenNow: root.shell.voice.speakAnswer(text)
            Component.onCompleted: root.widgetRows = [text]
            Component.onDestruction: root.widgetRows = []
        }
    }
}
