pragma ComponentBehavior: Bound
import QtQuick

// Family names that write themselves with one tap. Stays on one line: what does not fit is left out.
Item {
    id: root

    required property list<string> chips
    required property list<string> usedChips

    signal picked(chip: string)

    height: 60
    clip: true

    Row {
        spacing: 14

        Repeater {
            model: root.chips

            TapArea {
                id: chip
                required property string modelData
                readonly property bool used: root.usedChips.indexOf(modelData) >= 0

                objectName: "chip_" + modelData
                visible: x + width <= root.width
                implicitWidth: Math.ceil(word.implicitWidth) + 52
                implicitHeight: 60
                guarded: false
                ringRadius: 30
                focusPolicy: Qt.NoFocus
                text: modelData
                onTapped: root.picked(chip.modelData)

                background: Rectangle {
                    radius: 30
                    color: chip.used || chip.down ? Theme.indigoTint : Theme.surface
                    border.width: chip.used ? 3 : Theme.edge
                    border.color: chip.used ? Theme.ink : Theme.line
                }

                contentItem: Item {
                    Words {
                        id: word
                        anchors.centerIn: parent
                        text: chip.text
                        role: Words.Role.Label
                        font.pixelSize: Theme.textLarge ? 34 : 26
                    }
                }
            }
        }
    }
}
