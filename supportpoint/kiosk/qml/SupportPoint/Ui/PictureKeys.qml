pragma ComponentBehavior: Bound
import QtQuick

// Up to a dozen small pictures on one page.
// pictures: list of {value, label, art, selected}
Item {
    id: root

    required property list<var> pictures
    property string prefix: "picture_"
    property int columns: 6
    property int gap: 12

    signal picked(value: var)

    readonly property int rows: Math.max(1, Math.ceil(pictures.length / columns))
    readonly property real cellWidth: (width - (columns - 1) * gap) / columns
    readonly property real cellHeight: (height - (rows - 1) * gap) / rows

    Repeater {
        model: root.pictures

        PictureKey {
            required property var modelData
            required property int index

            objectName: root.prefix + modelData.value
            x: Math.round((index % root.columns) * (root.cellWidth + root.gap))
            y: Math.round(Math.floor(index / root.columns) * (root.cellHeight + root.gap))
            width: Math.floor(root.cellWidth)
            height: Math.floor(root.cellHeight)
            text: modelData.label
            art: modelData.art
            chosen: modelData.selected ?? false
            onTapped: root.picked(modelData.value)
        }
    }
}
