import QtQuick

// One device in the list: what it is, and what came of trying it.
TapArea {
    id: root

    required property string device
    required property string verdict

    readonly property int artWidth: Theme.textLarge && !Theme.isLarge ? 100 : 144

    text: DeviceWords.nameOf(device)
    Accessible.description: DeviceWords.verdictWords(verdict)
    ringRadius: Theme.radiusCard

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.down ? Theme.indigoTint : Theme.surface
        border.width: Theme.edge
        border.color: Theme.line
    }

    contentItem: Item {
        Rectangle {
            x: 12
            y: 12
            width: root.artWidth
            height: parent.height - 24
            radius: Theme.radiusField
            color: Theme.artGround

            Drawing {
                anchors.centerIn: parent
                name: DeviceWords.artOf(root.device)
                width: parent.width - 16
                height: parent.height - 12
            }
        }

        Words {
            x: root.artWidth + 32
            width: pill.x - x - 12
            height: parent.height
            text: root.text
            role: Words.Role.Label
            maximumLineCount: 2
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
        }

        Pill {
            id: pill
            x: parent.width - width - 12
            anchors.verticalCenter: parent.verticalCenter
            readonly property int artWidth: Theme.textLarge && !Theme.isLarge ? 100 : 144

    text: DeviceWords.verdictWords(root.verdict)
            iconName: DeviceWords.verdictIcon(root.verdict)
            iconWeight: root.verdict === "untried" ? "regular" : "fill"
            iconInk: DeviceWords.verdictInk(root.verdict)
            tint: DeviceWords.verdictTint(root.verdict)
        }
    }
}
