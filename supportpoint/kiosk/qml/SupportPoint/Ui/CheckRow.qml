import QtQuick

// One thing checked on a picture, or waited for.
Rectangle {
    id: root

    required property string message
    property bool ok: true
    property bool pending: false
    // Not good yet, while the picture still moves.
    property bool waiting: false

    implicitHeight: words.lineCount > 1 ? (Theme.textLarge ? 112 : 88) : 72
    radius: Theme.radiusCard
    color: pending || (waiting && !ok) ? Theme.sunk : (ok ? Theme.leafTint : Theme.madderTint)
    border.width: Theme.highContrast ? 3 : 0
    border.color: Theme.line

    PictureIcon {
        x: 20
        anchors.verticalCenter: parent.verticalCenter
        name: root.pending || (root.waiting && !root.ok) ? "circle" : (root.ok ? "check-circle" : "warning-circle")
        weight: root.pending || (root.waiting && !root.ok) ? "regular" : "fill"
        tint: root.pending || (root.waiting && !root.ok) ? Theme.ink2 : (root.ok ? Theme.leaf : Theme.madder)
        size: 40
    }

    Words {
        id: words
        x: 78
        width: parent.width - x - 16
        height: parent.height
        text: root.message
        role: Words.Role.Label
        maximumLineCount: 2
        fontSizeMode: Text.Fit
        minimumPixelSize: 24
    }
}
