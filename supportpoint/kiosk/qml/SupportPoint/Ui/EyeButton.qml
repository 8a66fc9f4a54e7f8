import QtQuick

// Shows a hidden number for three seconds.
WordButton {
    id: root

    property bool seen: false

    implicitWidth: Theme.textLarge ? 160 : 128
    implicitHeight: 64
    guarded: false
    text: qsTr("Xem")
    iconName: seen ? "eye" : "eye-slash"
    iconWeight: "fill"
    iconSize: 28
    sidePadding: 8
    radius: Theme.radiusCard
    textSize: Theme.helpSize
    edgeColor: Theme.line
    ink: Theme.indigo
    fill: seen ? Theme.indigoTint : Theme.surface
}
