import QtQuick

// Around what is being read aloud.
Rectangle {
    property bool speaking: false

    objectName: "speakingRing"
    visible: speaking
    radius: Theme.radiusField
    color: Theme.tealTint
    border.width: Theme.edgeChosen
    border.color: Theme.speaking
}
