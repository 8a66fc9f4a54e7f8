import QtQuick

// A short fact with its icon. Colours say the mood, the word says the fact.
Rectangle {
    id: root

    required property string text
    property string iconName
    property string iconWeight: "fill"
    property color tint: Theme.sunk
    property color iconInk: Theme.ink2
    property color ink: Theme.ink
    property int textSize: Theme.helpSize

    implicitHeight: Theme.textLarge ? 60 : 48
    implicitWidth: row.implicitWidth + 40
    radius: height / 2
    color: tint
    border.width: Theme.highContrast ? 3 : 0
    border.color: Theme.line
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: row
        anchors.centerIn: parent
        spacing: 12

        PictureIcon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.iconName !== ""
            name: root.iconName
            weight: root.iconWeight
            size: 28
            tint: root.iconInk
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            role: Words.Role.Label
            font.pixelSize: root.textSize
            color: root.ink
        }
    }
}
