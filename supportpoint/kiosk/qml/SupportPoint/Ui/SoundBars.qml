pragma ComponentBehavior: Bound
import QtQuick

// How loud it was in the last moments, the newest at the right; low grey bars where nothing was heard yet.
Item {
    id: root

    required property list<var> levels
    property color tint: Theme.madder

    implicitWidth: levels.length * 20 - 10
    implicitHeight: 88
    Accessible.ignored: true

    Repeater {
        model: root.levels.length

        Rectangle {
            required property int index
            readonly property real level: root.levels[index] ?? -1

            x: index * 20
            y: (root.height - height) / 2
            width: 10
            height: 12 + Math.sqrt(Math.max(0, level)) * (root.height - 12)
            radius: 5
            color: level < 0 ? Theme.hair : root.tint
        }
    }
}
