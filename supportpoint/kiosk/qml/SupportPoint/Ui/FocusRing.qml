import QtQuick

// Keyboard focus: 3 px of ink with 3 px of yellow inside it.
Item {
    id: root

    property int radius: Theme.radiusButton

    anchors.fill: parent

    Rectangle {
        anchors.fill: parent
        radius: root.radius
        color: "transparent"
        border.width: 3
        border.color: Theme.ink
    }

    Rectangle {
        anchors.fill: parent
        anchors.margins: 3
        radius: Math.max(0, root.radius - 3)
        color: "transparent"
        border.width: 3
        border.color: Theme.focus
    }
}
