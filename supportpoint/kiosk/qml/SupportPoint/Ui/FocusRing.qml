import QtQuick

// Keyboard focus: 3 px of ink with 3 px of yellow inside it. Under a finger: one thick edge instead.
Rectangle {
    id: root

    property bool pressed: false
    property color pressedEdge: Theme.ink

    color: "transparent"
    border.width: pressed ? 4 : 3
    border.color: pressed ? pressedEdge : Theme.ink

    Rectangle {
        anchors.fill: parent
        anchors.margins: 3
        visible: !root.pressed
        radius: Math.max(0, root.radius - 3)
        color: "transparent"
        border.width: 3
        border.color: Theme.focus
    }
}
