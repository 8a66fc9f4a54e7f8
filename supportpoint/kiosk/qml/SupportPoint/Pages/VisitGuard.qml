pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// Lies over every page: the sheets that hide it, the last seconds, and who sees each touch.
Item {
    id: root

    required property Navigator navigator
    required property ShellViewModel shell
    required property PrivacyViewModel privacy
    required property LockViewModel lock

    CurtainSheet {
        anchors.fill: parent
        visible: root.privacy.sheet === "curtain"
        onTapped: root.privacy.lift()
    }

    CoverSheet {
        anchors.fill: parent
        visible: root.privacy.sheet === "cover"
        place: root.shell.pointName
        day: root.shell.todayText
        season: root.privacy.season
        onLifted: root.privacy.lift()
    }

    Loader {
        anchors.fill: parent
        active: root.privacy.asking
        sourceComponent: LockSheet {
            pictures: root.lock.pictures
            triesLeft: root.lock.triesLeft
            wrong: root.lock.message === "wrong"
            Component.onCompleted: root.shell.voice.ask(heading)
            onErrorChanged: root.shell.voice.ask(error)
            reading: root.shell.voice.reading
            onListen: root.shell.voice.replay([heading])
            caption: root.shell.captionText
            captionSilent: root.shell.captionSilent
            onCaptionClosed: root.shell.listen("")
            // What is hidden stays hidden: the page of help would show it.
            onCall: root.shell.notice([qsTr("Mời gọi cán bộ ở bàn."), root.shell.callPhone !== "" ? qsTr("Hoặc gọi số %1.").arg(root.shell.callPhone) : ""].filter(part => part !== "").join(" "))
            onPicked: id => root.lock.pick(id)
            onBack: root.privacy.stopAsking()
            // Whoever has no pictures ends the visit: a locked draft stays locked, anything else is gone.
            onHome: root.shell.endVisit()
        }
    }

    StillHereSheet {
        anchors.fill: parent
        visible: root.privacy.warning
        secondsLeft: root.privacy.secondsLeft
        countdownS: root.privacy.countdownS
        caption: root.shell.captionText
        wipes: root.privacy.fate === "wiped"
        silent: root.shell.captionSilent
        voiceMark: root.shell.voice.mark
        onVisibleChanged: {
            // Not within the change itself: a voice that stops is a sign of life, and would hide the sheet.
            if (visible)
                Qt.callLater(root.shell.voice.ask, question);
        }
        onStay: root.privacy.stay()
        onHome: {
            root.privacy.stay();
            root.navigator.home();
            root.privacy.lift();
        }
        onCall: {
            root.privacy.stay();
            root.shell.callStaff();
            root.privacy.lift();
        }
        onListen: text => root.shell.listen(text)
    }

    // Sees every touch without taking it.
    PointHandler {
        onActiveChanged: {
            root.privacy.touched();
            if (active)
                root.shell.voice.touched();
        }
    }
}
