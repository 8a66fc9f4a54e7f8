import QtQuick

// The round tick that says «chosen» without colour.
Rectangle {
    id: root

    property int size: 48

    width: size
    height: size
    radius: size / 2
    color: Theme.ink

    PictureIcon {
        anchors.centerIn: parent
        name: "check"
        size: Math.round(root.size * 0.62)
        tint: Theme.surface
    }
}
