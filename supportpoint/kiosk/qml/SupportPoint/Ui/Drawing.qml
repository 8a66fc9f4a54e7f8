import QtQuick

// One of the house's drawings, kept in its own proportions inside the item.
Image {
    id: root

    required property string name

    // While a page is laid out the item has no size yet; nothing is drawn for it.
    readonly property bool placed: width >= 1 && height >= 1

    sourceSize: Qt.size(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)))
    source: name !== "" && placed ? "image://art/" + name : ""
    fillMode: Image.PreserveAspectFit
    Accessible.ignored: true
}
