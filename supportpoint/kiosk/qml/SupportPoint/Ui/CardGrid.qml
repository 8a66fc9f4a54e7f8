pragma ComponentBehavior: Bound
import QtQuick

// Up to six picture cards, three in a row.
// cards: list of {value, label, art, icon, selected, enabled, soon, sub, main}
Item {
    id: root

    required property list<var> cards
    property string prefix: "card_"
    property bool square: false
    // The words being spoken: the card that shows them is ringed.
    property string speaking
    property int columns: cards.length === 2 || cards.length === 4 ? 2 : 3

    signal picked(value: string, label: string)
    signal listened(label: string)

    readonly property int gap: Theme.gap
    property int rows: cards.length > 3 || (columns === 2 && cards.length > 2) ? 2 : 1
    property real roomHeight: rows === 1 ? Math.min(height, Theme.isLarge ? 440 : 340) : height
    readonly property real cardWidth: (width - (columns - 1) * gap) / columns
    readonly property bool bare: cards.every(card => !card.art && !card.icon)
    readonly property real cardHeight: Math.min((roomHeight - (rows - 1) * gap) / rows, bare ? 200 : 10000)

    Repeater {
        model: root.cards

        PictureCard {
            id: card
            required property var modelData
            required property int index

            objectName: root.prefix + modelData.value
            x: Math.round((index % root.columns) * (root.cardWidth + root.gap))
            y: Math.round(Math.floor(index / root.columns) * (root.cardHeight + root.gap))
            width: Math.floor(root.cardWidth)
            height: Math.floor(root.cardHeight)
            text: modelData.label
            art: modelData.art ?? ""
            iconName: modelData.icon ?? ""
            sub: modelData.sub ?? ""
            chosen: modelData.selected ?? false
            enabled: modelData.enabled ?? true
            soon: modelData.soon ?? false
            main: modelData.main ?? false
            speaking: root.speaking !== "" && root.speaking === modelData.label
            square: root.square
            onTapped: root.picked(modelData.value, modelData.label)
            onListen: root.listened(modelData.label)
        }
    }
}
