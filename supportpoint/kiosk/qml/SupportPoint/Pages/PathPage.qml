import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K10: a section is done. What is behind, what comes next, and one way on.
PageFrame {
    id: root

    required property PathViewModel path

    readonly property string heldWords: path.kept ? qsTr("Phần này đã giữ trong máy.") : qsTr("Máy không giữ lại gì.")
    readonly property string unsentWords: qsTr("Máy chưa gửi gì cả.")
    readonly property int stonesHeight: Theme.isLarge ? 376 : 280

    objectName: "page_path"
    title: qsTr("Xong phần %1.").arg(path.finished)
    help: path.left > 1 ? qsTr("Còn %1 phần, rồi gửi.").arg(path.left) : qsTr("Còn một phần, rồi gửi.")
    spoken: [title, help, heldWords, unsentWords].join(" ")
    spokenRows: stones.steps.map(step => stones.wordsOf(step))
    primaryText: qsTr("Làm phần %1").arg(path.nextName)
    onBack: navigator.back()
    onPrimary: path.goOn()

    function subOf(place: string): string {
        switch (place) {
        case "done":
            return qsTr("xong");
        case "now":
            return qsTr("tiếp theo");
        default:
            return "";
        }
    }

    function makeSteps(): list<var> {
        const steps = path.stones.map(stone => ({label: stone.name, sub: subOf(stone.place), icon: stone.icon, place: stone.place}));
        if (path.ends && steps.length < 5)
            steps.push({label: qsTr("Gửi"), sub: "", icon: "paper-plane-tilt", place: "next"});
        return steps;
    }

    Panel {
        width: parent.width
        height: root.stonesHeight

        BigStones {
            id: stones
            speaking: root.shell.voice.line
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            height: implicitHeight
            steps: root.makeSteps()
            stone: Theme.isLarge ? 120 : 88
            tappable: true
            onGoOn: root.path.goOn()
        }
    }

    Rectangle {
        y: root.stonesHeight + 16
        width: parent.width
        height: Math.min(200, parent.height - y)
        radius: Theme.radiusCard
        color: Theme.leafTint

        Rectangle {
            x: 16
            anchors.verticalCenter: parent.verticalCenter
            width: 200
            height: parent.height - 32
            radius: Theme.radiusField
            color: Theme.highContrast ? Theme.artGround : Theme.leafTint

            Drawing {
                anchors.centerIn: parent
                name: root.path.kept ? "box" : "eye"
                width: parent.width - 16
                height: Math.min(160, parent.height - 8)
            }
        }

        Column {
            x: 248
            width: parent.width - x - 32
            anchors.verticalCenter: parent.verticalCenter
            spacing: 4

            Words {
                width: parent.width
                text: root.heldWords
                role: Words.Role.List
                maximumLineCount: 2
            }

            Words {
                width: parent.width
                text: root.unsentWords
                role: Words.Role.Body
                maximumLineCount: 1
            }
        }
    }
}
