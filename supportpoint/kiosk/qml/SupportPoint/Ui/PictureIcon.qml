import QtQuick

// One icon in one colour, drawn by the icon provider at its exact size.
Image {
    id: root

    required property string name
    property string weight: "bold"
    property color tint: Theme.ink
    property int size: 36

    width: size
    height: size
    sourceSize: Qt.size(size, size)
    source: name === "" ? "" : "image://icon/" + name + "/" + weight + "/" + Theme.tag(tint)
    Accessible.ignored: true
}
