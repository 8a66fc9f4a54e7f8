import QtQuick

// A quiet white sheet that groups things.
Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: Theme.edge
    border.color: Theme.hair
}
