import QtQuick

// The one step forward. Until the page can be answered it is only outlined, yet can be tapped:
// the tap then says what is missing.
WordButton {
    id: root

    property bool filled: true

    implicitWidth: Theme.primaryWidth
    implicitHeight: Theme.buttonHeight
    iconName: "arrow-right"
    iconAtEnd: true
    fill: filled ? Theme.indigo : Theme.surface
    fillPressed: filled ? Theme.indigoDeep : Theme.indigoTint
    edgeColor: Theme.indigo
    ink: filled ? Theme.indigoInk : Theme.indigo
}
