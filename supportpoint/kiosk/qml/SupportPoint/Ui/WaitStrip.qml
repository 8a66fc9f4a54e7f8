import QtQuick

// Work that takes its time: nothing within a second, then a word, after eight seconds a bar as well.
// The body of the page lies under paper meanwhile: nothing there can be touched.
Item {
    id: root

    property bool waiting: false
    property int wordAfterMs: 1000
    property int barAfterMs: 8000
    property int seconds: 0

    readonly property bool barShown: seconds * 1000 >= barAfterMs

    visible: seconds * 1000 >= wordAfterMs
    onWaitingChanged: seconds = 0

    Timer {
        interval: Math.min(1000, root.wordAfterMs)
        running: root.waiting
        repeat: true
        onTriggered: root.seconds += 1
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: -8
        color: Theme.paper
        opacity: 0.8
    }

    MouseArea {
        anchors.fill: parent
    }

    NoteStrip {
        id: strip
        objectName: "waitStrip"
        y: Math.round((parent.height - height) / 2)
        width: parent.width
        height: Theme.textLarge ? 112 : 96
        message: root.barShown ? qsTr("Chờ một chút. Việc đã làm vẫn còn.") : qsTr("Chờ một chút.")
        iconName: "clock"
        iconInk: Theme.teal
        tint: Theme.tealTint
    }

    Rectangle {
        objectName: "waitBar"
        visible: root.barShown
        x: 20
        y: strip.y + strip.height - 16
        width: parent.width - 40
        height: 8
        radius: 4
        color: Theme.hair

        Rectangle {
            width: parent.width * Math.min(1, root.seconds / 30)
            height: parent.height
            radius: 4
            color: Theme.teal
        }
    }
}
