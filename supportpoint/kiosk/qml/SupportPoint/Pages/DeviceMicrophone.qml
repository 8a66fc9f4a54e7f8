pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Ui

// How loud it was, bar by bar.
Panel {
    id: root

    required property var look

    readonly property var levels: look.levels ?? []
    readonly property int barCount: 25
    readonly property real barRoom: (width - 96) / barCount

    function phaseWords(): string {
        switch (look.phase) {
        case "recording":
            return qsTr("Đang ghi, mời nói");
        case "ready":
            return qsTr("Ghi xong. Tiếng to nhất %1 phần trăm.").arg(look.peak);
        case "playing":
            return qsTr("Đang phát lại");
        default:
            return qsTr("Chưa ghi");
        }
    }

    Pill {
        x: 24
        y: 24
        visible: root.look.phase === "recording"
        text: qsTr("Micrô đang bật")
        iconName: "circle"
        iconInk: Theme.madderInk
        ink: Theme.madderInk
        tint: Theme.madder
    }

    Item {
        id: bars
        x: 48
        y: 96
        width: parent.width - 96
        height: parent.height - 208

        Repeater {
            model: root.barCount

            Rectangle {
                required property int index
                readonly property real level: root.levels[index] ?? 0

                x: index * root.barRoom
                width: 10
                height: Math.max(10, Math.min(1, level * 2) * bars.height)
                y: (bars.height - height) / 2
                radius: 5
                color: index < root.levels.length ? Theme.madder : Theme.hair
            }
        }
    }

    Words {
        x: 32
        y: parent.height - 96
        width: parent.width - 64
        height: 80
        text: root.phaseWords()
        role: Words.Role.Label
        horizontalAlignment: Text.AlignHCenter
    }
}
