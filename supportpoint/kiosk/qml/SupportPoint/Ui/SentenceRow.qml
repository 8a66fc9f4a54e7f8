import QtQuick

// One sentence of an article: read, lit, or still to come.
TapArea {
    id: root

    required property int stage

    readonly property bool lit: stage === 0

    guarded: false
    ringRadius: Theme.radiusCard
    Accessible.checkable: true
    Accessible.checked: lit

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.lit ? Theme.tealTint : (root.down ? Theme.sunk : "transparent")
        border.width: root.lit ? Theme.edge : 0
        border.color: Theme.teal
    }

    contentItem: Words {
        leftPadding: 20
        rightPadding: 16
        text: root.text
        font.weight: root.lit ? Font.DemiBold : Font.Normal
        color: root.stage < 0 ? Theme.ink2 : Theme.ink
        maximumLineCount: 3
        fontSizeMode: Text.Fit
        minimumPixelSize: 24
    }
}
