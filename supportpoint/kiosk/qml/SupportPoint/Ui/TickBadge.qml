import QtQuick

// The round tick that says «chosen» without colour.
Rectangle {
    id: root

    property int size: 48
    property bool onDrawing: false

    width: size
    height: size
    radius: size / 2
    color: onDrawing ? Theme.sceneInk : Theme.ink

    PictureIcon {
        anchors.centerIn: parent
        name: "check"
        size: Math.round(root.size * 0.62)
        tint: root.onDrawing ? Theme.scenePaper : Theme.surface
    }
}
