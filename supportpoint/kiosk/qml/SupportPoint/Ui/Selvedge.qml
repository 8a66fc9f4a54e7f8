pragma ComponentBehavior: Bound
import QtQuick

// The woven edge at the top: indigo, paper, madder, paper.
Item {
    id: root

    property int unit: 60

    clip: true

    Rectangle {
        anchors.fill: parent
        color: Theme.selvedgeGround
    }

    Repeater {
        model: Math.ceil(root.width / root.unit)

        Item {
            id: thread
            required property int index

            x: index * root.unit
            height: root.height

            Rectangle {
                width: root.unit * 0.8
                height: thread.height
                color: Theme.indigo
            }

            Rectangle {
                x: root.unit * 0.85
                width: root.unit * 0.1
                height: thread.height
                color: Theme.madder
            }
        }
    }
}
