import QtQuick

// One of the house's drawings, kept in its own proportions inside the item.
Image {
    id: root

    required property string name

    source: name === "" ? "" : "image://art/" + name
    sourceSize: Qt.size(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)))
    fillMode: Image.PreserveAspectFit
    Accessible.ignored: true
}
