import QtQuick

// One thing checked on a picture, or waited for.
Rectangle {
    id: root

    required property string message
    property bool ok: true
    property bool pending: false
    // Not good yet, while the picture still moves.
    property bool waiting: false
    readonly property bool notYet: waiting && !ok

    implicitHeight: words.lineCount > 1 ? (Theme.textLarge ? 112 : 88) : 72
    radius: Theme.radiusCard
    color: pending || notYet ? Theme.sunk : (ok ? Theme.leafTint : Theme.madderTint)
    border.width: Theme.highContrast ? 3 : 0
    border.color: Theme.line

    PictureIcon {
        x: 20
        anchors.verticalCenter: parent.verticalCenter
        name: root.pending ? "circle" : (root.ok ? "check-circle" : "warning-circle")
        weight: root.pending ? "regular" : "fill"
        tint: root.pending ? Theme.ink2 : (root.ok ? Theme.leaf : root.notYet ? Theme.amberInk : Theme.madder)
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
