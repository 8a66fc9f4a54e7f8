pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// A commune: the near ones first, then the first letter, then a short list.
Item {
    id: root

    required property CommuneViewModel commune

    property string speaking
    readonly property list<string> spokenRows: [...ownGrid.cards, ...nearGrid.cards, ...listGrid.cards].map(card => card.label)

    signal listened(text: string)
    signal chosen(text: string)

    readonly property string step: commune.step

    // Large letters of all the former names take more of the small screen.
    readonly property int listRows: Theme.textLarge && !Theme.isLarge ? 2 : 3

    readonly property int ownWidth: Math.round(width * 0.28)

    Component.onCompleted: commune.setPerPage(2 * listRows)

    function cardOf(place: var): var {
        return {
            value: place.code,
            label: place.label,
            art: place.art,
            selected: place.selected
        };
    }

    // Lines break between names, never inside one.
    function wholeNames(names: string): string {
        return names.replace(/([^,]) /g, "$1\u00a0");
    }

    function nearCards(): list<var> {
        return commune.near.slice(1).map(cardOf).concat([{
            value: "other",
            label: qsTr("Xã khác"),
            art: "communes",
            selected: false
        }]);
    }

    // The commune one stands in, large.
    CardGrid {
        id: ownGrid
        speaking: root.speaking
        visible: root.step === "near"
        width: root.ownWidth
        height: parent.height
        columns: 1
        roomHeight: height
        cards: visible ? root.commune.near.slice(0, 1).map(root.cardOf) : []
        onListened: text => root.listened(text)
        onPicked: (value, label) => {
            root.commune.pick(value);
            root.chosen(label);
        }
    }

    CardGrid {
        id: nearGrid
        speaking: root.speaking
        visible: root.step === "near"
        x: root.ownWidth + Theme.gap
        width: parent.width - x
        height: parent.height
        columns: 3
        cards: visible ? root.nearCards() : []
        onListened: text => root.listened(text)
        onPicked: (value, label) => {
            if (value === "other") {
                root.commune.showLetters();
            } else {
                root.commune.pick(value);
                root.chosen(label);
            }
        }
    }

    NumberGrid {
        visible: root.step === "letters"
        anchors.fill: parent
        numbers: visible ? root.commune.letters : []
        columns: 6
        rows: Math.max(3, Math.ceil(numbers.length / columns))
        prefix: "letter_"
        onPicked: letter => root.commune.pickLetter(letter)
    }

    CardGrid {
        id: listGrid
        speaking: root.speaking
        visible: root.step === "list"
        width: parent.width
        height: parent.height - (turner.visible ? 80 : 0)
        columns: 2
        rows: root.listRows
        cards: visible ? root.commune.items.map(place => ({
            value: place.code,
            label: place.label,
            sub: place.sub !== "" ? qsTr("trước đây: %1").arg(root.wholeNames(place.sub)) : "",
            selected: place.selected ?? false
        })) : []
        onListened: text => root.listened(text)
        onPicked: (value, label) => {
            root.commune.pick(value);
            root.chosen(label);
        }
    }

    SmallTurner {
        id: turner
        visible: root.step === "list" && root.commune.pageCount > 1
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        pageIndex: root.commune.pageIndex
        pageCount: root.commune.pageCount
        onPrevious: root.commune.previousPage()
        onNext: root.commune.nextPage()
    }
}
