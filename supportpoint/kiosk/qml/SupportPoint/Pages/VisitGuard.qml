import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// Ends a visit that nobody is there for any more, after asking.
Item {
    id: root

    required property ShellViewModel shell
    required property Navigator navigator
    required property QuestionViewModel question
    required property TrackViewModel track
    required property int warnPublicS
    required property int warnFormS
    required property int countdownS

    readonly property list<string> publicPages: ["language", "home", "services", "triage", "track", "status", "shelf", "article", "help", "problem"]

    StillHereSheet {
        anchors.fill: parent
        visible: idle.warning
        secondsLeft: idle.secondsLeft
        countdownS: idle.countdownS
        caption: root.shell.captionText
        silent: root.shell.captionSilent
        voiceMark: root.shell.voice.mark
        onVisibleChanged: {
            if (visible)
                root.shell.voice.alert(question);
        }
        onStay: idle.touched()
        onListen: text => root.shell.listen(text)
    }

    IdleWatch {
        id: idle
        objectName: "idleWatch"
        anchors.fill: parent
        watching: root.navigator.page !== "attract" && root.navigator.page !== "sending"
        patienceS: root.publicPages.indexOf(root.navigator.page) >= 0 ? root.warnPublicS : root.warnFormS
        countdownS: root.countdownS
        paused: root.shell.voice.speaking
        onPressed: root.shell.voice.touched()
        onEnded: root.shell.endVisit()
    }

    // A scanned card and a key of a real keyboard are signs of life too.
    Connections {
        target: root.navigator
        function onPageChanged() {
            idle.touched();
        }
    }

    Connections {
        target: root.question
        function onValueChanged() {
            idle.touched();
        }
    }

    Connections {
        target: root.track
        function onTypedChanged() {
            idle.touched();
        }
    }
}
