import QtQuick

// «Sửa» at the end of a row.
WordButton {
    id: root

    implicitWidth: Theme.textLarge ? 160 : 128
    implicitHeight: 64
    text: qsTr("Sửa")
    iconName: "pencil-simple"
    iconSize: 26
    sidePadding: 8
    radius: Theme.radiusCard
    textSize: Theme.helpSize
    edgeColor: Theme.line
    ink: Theme.indigo
}
