pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Ui

// «Xem cách dùng»: seven drawings with one sentence each. Every step is said; the next one follows by itself
// once its words are over, where nobody speaks after a calm while, or at a touch.
PageFrame {
    id: root

    readonly property list<var> steps: [
        {art: "demotouch", words: qsTr("Chạm vào hình để chọn.")},
        {art: "demolisten", words: qsTr("Chạm vào cái loa để nghe.")},
        {art: "demonext", words: qsTr("Chọn xong thì chạm Tiếp tục.")},
        {art: "demoback", words: qsTr("Nhầm thì chạm Quay lại. Không mất gì.")},
        {art: "democall", words: qsTr("Không biết thì chạm Gọi cán bộ.")},
        {art: "slip", words: qsTr("Xong thì cầm giấy hẹn về.")},
        {art: "erase", words: qsTr("Bà con về thì máy xóa hết.")}
    ]
    property int step: 0
    readonly property bool lastStep: step === steps.length - 1
    property alias calmMs: calm.interval

    objectName: "page_demo"
    title: steps[step].words
    help: qsTr("Cách dùng: %1/%2").arg(step + 1).arg(steps.length)
    spoken: title
    barTitle: qsTr("Xem cách dùng")
    primaryText: lastStep ? qsTr("Xong") : qsTr("Tiếp tục")
    primaryIcon: lastStep ? "check" : "arrow-right"
    primaryIconAtEnd: !lastStep
    onBack: {
        if (step > 0)
            step -= 1;
        else
            navigator.back();
    }
    onPrimary: {
        if (lastStep)
            navigator.leave();
        else
            step += 1;
    }
    onStepChanged: calm.stop()

    function waitUnlessSpeaking() {
        if (!shell.voice.speaking)
            calm.restart();
    }

    function followOn() {
        if (shell.motion && !lastStep)
            step += 1;
    }

    Connections {
        target: root.shell.voice
        function onSettled() {
            Qt.callLater(root.waitUnlessSpeaking);
        }
        function onSpokenToEnd() {
            root.followOn();
        }
    }

    Timer {
        id: calm
        interval: 5000
        onTriggered: root.followOn()
    }

    Panel {
        width: parent.width
        height: parent.height

        Rectangle {
            anchors.fill: parent
            anchors.margins: 2
            radius: Theme.radiusCard - 2
            color: Theme.artGround
        }

        Drawing {
            objectName: "demoDrawing"
            anchors.centerIn: parent
            name: root.steps[root.step].art
            width: parent.width - 48
            height: parent.height - 48
        }
    }
}
