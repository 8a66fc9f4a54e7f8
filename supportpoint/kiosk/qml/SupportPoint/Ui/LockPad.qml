pragma ComponentBehavior: Bound
import QtQuick

// Twelve pictures whose places never change. Three are touched, in an order that the person remembers.
// pictures: list of {id, place}; a place of 1 to 3 is chosen. No picture can be heard: others would hear it too.
Item {
    id: root

    required property list<var> pictures
    property int columns: 6

    signal picked(id: string)

    readonly property int rows: Math.ceil(pictures.length / columns)
    readonly property real cellWidth: (width - (columns - 1) * Theme.gap) / columns
    readonly property real cellHeight: Math.min((height - (rows - 1) * Theme.gap) / rows, 300)

    function nameOf(id: string): string {
        switch (id) {
        case "buffalo":
            return qsTr("Trâu");
        case "chicken":
            return qsTr("Gà");
        case "fish":
            return qsTr("Cá");
        case "egg":
            return qsTr("Trứng");
        case "fruit":
            return qsTr("Quả");
        case "leaf":
            return qsTr("Lá");
        case "house":
            return qsTr("Nhà");
        case "mountain":
            return qsTr("Núi");
        case "bridge":
            return qsTr("Cầu");
        case "moto":
            return qsTr("Xe máy");
        case "mushroom":
            return qsTr("Nấm");
        case "star":
            return qsTr("Sao");
        default:
            return id;
        }
    }

    Repeater {
        model: root.pictures

        TapArea {
            id: card
            required property var modelData
            required property int index
            readonly property bool chosen: modelData.place > 0

            objectName: "picture_" + modelData.id
            x: Math.round((index % root.columns) * (root.cellWidth + Theme.gap))
            y: Math.round(Math.floor(index / root.columns) * (root.cellHeight + Theme.gap))
            width: Math.floor(root.cellWidth)
            height: Math.floor(root.cellHeight)
            guarded: false
            text: root.nameOf(modelData.id)
            ringRadius: Theme.radiusCard
            Accessible.checkable: true
            Accessible.checked: chosen
            onTapped: root.picked(modelData.id)

            background: Rectangle {
                radius: Theme.radiusCard
                color: card.chosen ? Theme.indigoTint : Theme.surface
                border.width: card.chosen ? Theme.edgeChosen : Theme.edge
                border.color: card.chosen ? Theme.ink : Theme.line

                Rectangle {
                    anchors.fill: parent
                    anchors.margins: parent.border.width
                    anchors.bottomMargin: word.height
                    topLeftRadius: Theme.radiusCard - parent.border.width
                    topRightRadius: Theme.radiusCard - parent.border.width
                    color: card.chosen || card.down ? Theme.artGroundChosen : Theme.artGround
                }
            }

            contentItem: Item {
                Drawing {
                    name: card.modelData.id
                    width: parent.width - 32
                    height: parent.height - word.height - 32
                    anchors.horizontalCenter: parent.horizontalCenter
                    y: 16
                }

                Words {
                    id: word
                    anchors.bottom: parent.bottom
                    x: 8
                    width: parent.width - 16
                    height: Theme.textLarge ? 72 : 60
                    text: card.text
                    role: Words.Role.Label
                    horizontalAlignment: Text.AlignHCenter
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: 24
                    maximumLineCount: 1
                }

                Rectangle {
                    visible: card.chosen
                    x: 12
                    y: 12
                    width: 48
                    height: 48
                    radius: 24
                    color: Theme.ink

                    Words {
                        anchors.centerIn: parent
                        text: card.modelData.place
                        role: Words.Role.Label
                        color: Theme.surface
                        font.pixelSize: 28
                    }
                }
            }
        }
    }
}
