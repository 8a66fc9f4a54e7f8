pragma ComponentBehavior: Bound
import QtQuick

// Large stepping stones with words: the path of a form or of a case.
// steps: list of {label, sub, icon, place: "done"|"now"|"next"}
Item {
    id: root

    required property list<var> steps
    // Only the stone that comes now can be touched, and it does what Continue does.
    property bool tappable: false
    property int stone: 88
    // The words being spoken: the stone of these words is ringed.
    property string speaking

    readonly property int middle: stone / 2 + 16
    readonly property int labelTop: middle + Math.round(stone * 0.75) + 6

    signal goOn

    function wordsOf(step: var): string {
        return step.sub !== "" ? step.label + ". " + step.sub : step.label;
    }

    implicitHeight: labelTop + 92

    readonly property real stepWidth: width / Math.max(1, steps.length)

    // Joiners first, so that every stone lies on top of them.
    Repeater {
        model: Math.max(0, root.steps.length - 1)

        Rectangle {
            required property int index

            x: (index + 0.5) * root.stepWidth
            y: root.middle - 4
            width: root.stepWidth
            height: 8
            color: root.steps[index].place === "done" ? Theme.leaf : Theme.hair
        }
    }

    Repeater {
        model: root.steps

        Item {
            id: step
            required property var modelData
            required property int index
            readonly property bool done: modelData.place === "done"
            readonly property bool current: modelData.place === "now"
            readonly property bool speaking: root.speaking !== "" && root.speaking === root.wordsOf(modelData)

            objectName: "stone_" + index

            x: index * root.stepWidth
            width: root.stepWidth
            height: root.height

            Rectangle {
                x: (step.width - width) / 2
                y: root.middle - height / 2
                width: root.stone + (step.current ? 24 : 0)
                height: width
                radius: width / 2
                color: step.done ? Theme.leaf : Theme.surface
                border.width: step.speaking || step.current ? 6 : (step.done ? 0 : 3)
                border.color: step.speaking ? Theme.speaking : step.current ? Theme.indigo : Theme.line

                PictureIcon {
                    anchors.centerIn: parent
                    name: step.done ? "check" : step.modelData.icon
                    weight: step.done ? "bold" : "duotone"
                    size: Math.round(root.stone * (step.current ? 0.73 : (step.done ? 0.55 : 0.52)))
                    tint: step.done ? Theme.leafInk : (step.current ? Theme.indigo : Theme.ink2)
                }
            }

            TapArea {
                objectName: "stoneNow"
                visible: root.tappable && step.current
                x: (step.width - width) / 2
                y: root.middle - height / 2
                width: root.stone + 24
                height: width
                ringRadius: width / 2
                text: step.modelData.label
                onTapped: root.goOn()
            }

            Column {
                y: root.labelTop
                width: step.width - 16
                x: 8

                Words {
                    width: parent.width
                    text: step.modelData.label
                    role: Words.Role.Label
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.NoWrap
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: 24
                    font.pixelSize: step.current ? Theme.listSize : Theme.labelSize
                    font.weight: step.current ? Font.Bold : Font.DemiBold
                    color: step.current ? Theme.indigo : Theme.ink
                }

                Words {
                    width: parent.width
                    text: step.modelData.sub
                    role: Words.Role.Help
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.NoWrap
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: 24
                }
            }
        }
    }
}
