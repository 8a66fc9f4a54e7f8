import QtQuick

// Back, settings, take again: always there, never pressing.
WordButton {
    id: root

    edgeColor: Theme.line
    fillPressed: Theme.sunk
    ink: Theme.ink
}
