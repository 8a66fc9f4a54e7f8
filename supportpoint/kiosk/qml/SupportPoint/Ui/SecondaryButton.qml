import QtQuick

// A real choice beside the step forward.
WordButton {
    id: root

    edgeColor: Theme.indigo
    ink: Theme.indigo
}
