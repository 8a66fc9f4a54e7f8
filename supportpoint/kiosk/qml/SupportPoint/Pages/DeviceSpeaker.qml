pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Ui

// A tone or a sentence, and how loud it is.
Panel {
    id: root

    required property var look
    required property string art

    readonly property int volume: look.volume ?? 5

    signal acted(what: string)

    Rectangle {
        x: 2
        y: 2
        width: parent.width - 4
        height: parent.height - 160
        topLeftRadius: Theme.radiusCard - 2
        topRightRadius: Theme.radiusCard - 2
        color: root.look.playing ? Theme.artGroundChosen : Theme.artGround

        Drawing {
            anchors.centerIn: parent
            name: root.art
            width: parent.width - 64
            height: parent.height - 48
        }
    }

    Words {
        x: 24
        y: parent.height - 152
        width: parent.width - 48
        height: 48
        text: root.look.asked ? qsTr("Có nghe thấy tiếng không?") : (root.look.playing ? qsTr("Đang phát tiếng") : qsTr("Độ to %1 trên %2").arg(root.volume).arg(root.look.steps ?? 5))
        role: Words.Role.Label
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.NoWrap
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 24
    }

    NeutralButton {
        objectName: "act_softer"
        x: 24
        y: parent.height - height - 16
        width: 240
        text: qsTr("Nhỏ đi")
        iconName: "minus"
        enabled: root.volume > 1
        onTapped: root.acted("softer")
    }

    NeutralButton {
        objectName: "act_louder"
        x: parent.width - width - 24
        y: parent.height - height - 16
        width: 240
        text: qsTr("To lên")
        iconName: "plus"
        enabled: root.volume < (root.look.steps ?? 5)
        onTapped: root.acted("louder")
    }

    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        y: parent.height - 66
        spacing: 10

        Repeater {
            model: root.look.steps ?? 5

            Rectangle {
                required property int index
                width: 16
                height: 20
                radius: 5
                color: index < root.volume ? Theme.teal : Theme.hair
            }
        }
    }
}
