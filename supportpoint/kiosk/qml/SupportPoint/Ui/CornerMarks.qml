pragma ComponentBehavior: Bound
import QtQuick

// Four corners that say «put it here».
Item {
    id: root

    property color tint: Theme.turmeric
    property int long: 48
    property int thick: 8

    Repeater {
        model: 4

        Item {
            id: corner
            required property int index
            readonly property bool rightSide: index % 2 === 1
            readonly property bool lower: index > 1

            x: rightSide ? root.width - root.long : 0
            y: lower ? root.height - root.long : 0
            width: root.long
            height: root.long

            Rectangle {
                y: corner.lower ? corner.height - root.thick : 0
                width: root.long
                height: root.thick
                radius: 2
                color: root.tint
            }

            Rectangle {
                x: corner.rightSide ? corner.width - root.thick : 0
                width: root.thick
                height: root.long
                radius: 2
                color: root.tint
            }
        }
    }
}
