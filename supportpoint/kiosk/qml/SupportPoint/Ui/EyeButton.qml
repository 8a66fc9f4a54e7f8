import QtQuick

// Shows a hidden number for three seconds, or until touched again.
WordButton {
    id: root

    property bool seen: false

    implicitWidth: Theme.textLarge ? 184 : 148
    implicitHeight: 64
    guarded: false
    text: seen ? qsTr("Che lại") : qsTr("Xem")
    iconName: seen ? "eye-closed" : "eye"
    iconWeight: "fill"
    iconSize: 28
    sidePadding: 8
    radius: Theme.radiusCard
    textSize: Theme.helpSize
    edgeColor: Theme.line
    iconInk: Theme.indigo
    fill: seen ? Theme.indigoTint : Theme.surface
}
