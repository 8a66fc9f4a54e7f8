pragma ComponentBehavior: Bound
import QtQuick

// How loud, and whether the machine begins to speak by itself. Small steps, seen as bars.
Row {
    id: root

    required property int volume
    required property int volumeCount
    required property bool muted

    signal softer
    signal louder
    signal mute

    spacing: 12
    height: 76

    StackedButton {
        objectName: "softerButton"
        width: 88
        height: root.height
        text: qsTr("Nhỏ")
        iconName: "minus"
        iconSize: 28
        enabled: root.volume > 1
        Accessible.name: qsTr("Nhỏ bớt")
        onTapped: root.softer()
    }

    Item {
        width: root.volumeCount * 20
        height: root.height
        Accessible.role: Accessible.Indicator
        Accessible.name: qsTr("Tiếng to mức %1").arg(root.volume)

        Repeater {
            model: root.volumeCount

            Rectangle {
                required property int index

                x: index * 20 + 3
                anchors.bottom: parent.bottom
                anchors.bottomMargin: 16
                width: 14
                height: 16 + index * 7
                radius: 4
                color: index < root.volume ? Theme.teal : Theme.surface
                border.width: Theme.edge
                border.color: index < root.volume ? Theme.teal : Theme.line
            }
        }
    }

    StackedButton {
        objectName: "louderButton"
        width: 88
        height: root.height
        text: qsTr("To")
        iconName: "plus"
        iconSize: 28
        enabled: root.volume < root.volumeCount
        Accessible.name: qsTr("To thêm")
        onTapped: root.louder()
    }

    NeutralButton {
        objectName: "muteButton"
        height: root.height
        width: Theme.textLarge ? 264 : 216
        sidePadding: 12
        text: root.muted ? qsTr("Bật tiếng") : qsTr("Tắt tiếng")
        iconName: root.muted ? "speaker-simple-high" : "speaker-simple-slash"
        iconWeight: "fill"
        onTapped: root.mute()
    }
}
