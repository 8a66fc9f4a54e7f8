pragma ComponentBehavior: Bound
import QtQuick

// Small stepping stones in the action bar: done, now, next.
Row {
    id: root

    required property int count
    required property int now

    Repeater {
        model: root.count

        Row {
            id: stone
            required property int index
            readonly property bool done: index < root.now
            readonly property bool current: index === root.now

            height: 32

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                visible: stone.index > 0
                width: 22
                height: 3
                color: stone.index <= root.now ? Theme.leaf : Theme.hair
            }

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: stone.current ? 32 : (stone.done ? 28 : 22)
                height: width
                radius: width / 2
                color: stone.done ? Theme.leaf : Theme.surface
                border.width: stone.current ? 4 : (stone.done ? 0 : 2)
                border.color: stone.current ? Theme.indigo : Theme.line

                PictureIcon {
                    anchors.centerIn: parent
                    visible: stone.done
                    name: "check"
                    size: 18
                    tint: Theme.leafInk
                }

                Rectangle {
                    anchors.centerIn: parent
                    visible: stone.current
                    width: 12
                    height: 12
                    radius: 6
                    color: Theme.indigo
                }
            }
        }
    }
}
