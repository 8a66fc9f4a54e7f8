import QtQuick

// A calm one-line fact across the column: offline, an echo of a choice.
Rectangle {
    id: root

    required property string message
    property string iconName: "info"
    property string iconWeight: "fill"
    property color tint: Theme.sunk
    property color iconInk: Theme.ink2
    property string aside
    property int lines: 2
    property int textSize: Theme.labelSize

    implicitHeight: Theme.textLarge ? 80 : 64
    radius: Theme.radiusCard
    color: tint

    PictureIcon {
        id: mark
        x: 20
        anchors.verticalCenter: parent.verticalCenter
        name: root.iconName
        weight: root.iconWeight
        tint: root.iconInk
        size: 32
    }

    Words {
        x: 64
        width: parent.width - x - 20 - (asideText.visible ? asideText.implicitWidth + 24 : 0)
        height: parent.height
        text: root.message
        role: Words.Role.Label
        font.pixelSize: root.textSize
        maximumLineCount: root.lines
        fontSizeMode: Text.Fit
        minimumPixelSize: 24
    }

    Words {
        id: asideText
        visible: root.aside !== ""
        anchors.right: parent.right
        anchors.rightMargin: 24
        anchors.verticalCenter: parent.verticalCenter
        text: root.aside
        role: Words.Role.Help
        wrapMode: Text.NoWrap
    }
}
