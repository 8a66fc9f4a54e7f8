pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk

// The house's own keyboard: a row of Vietnamese letters and tones above the plain letters.
// A tone goes to the syllable being written, in whatever order it is tapped.
Rectangle {
    id: root

    required property KeyboardViewModel keyboard

    signal hide

    readonly property real unit: (Theme.columnWidth + 12) / 24
    readonly property int keyHeight: Theme.isLarge ? 72 : 64
    readonly property bool upper: keyboard.shift
    readonly property list<string> vowels: ["ă", "â", "đ", "ê", "ô", "ơ", "ư"]
    readonly property list<var> tones: [
        {tone: "sac", shape: "á", name: qsTr("dấu sắc")},
        {tone: "huyen", shape: "à", name: qsTr("dấu huyền")},
        {tone: "hoi", shape: "ả", name: qsTr("dấu hỏi")},
        {tone: "nga", shape: "ã", name: qsTr("dấu ngã")},
        {tone: "nang", shape: "ạ", name: qsTr("dấu nặng")}
    ]
    readonly property list<string> letterRows: keyboard.symbols
        ? ["1234567890", "@#%&*()!?", "/:;'\"+=-"]
        : ["qwertyuiop", "asdfghjkl", "zxcvbnm-"]

    width: Theme.windowWidth
    height: Theme.isLarge ? 436 : 388
    color: Theme.sunk

    function shaped(letter: string): string {
        return root.upper ? letter.toLocaleUpperCase("vi") : letter;
    }

    Rectangle {
        width: parent.width
        height: 2
        color: Theme.hair
    }

    component Row24: Item {
        property int place: 0
        x: Theme.columnX
        y: Math.round((root.height - 5 * root.keyHeight - 48) / 2) + 1 + place * (root.keyHeight + 12)
        width: Theme.columnWidth
        height: root.keyHeight
    }

    component LetterRow: Repeater {
        id: letters
        required property int place
        property int startUnit: 0
        model: root.letterRows[place].length

        KeyButton {
            id: letterKey
            required property int index
            readonly property string letter: root.letterRows[letters.place][index]
            objectName: "key_" + letter
            x: Math.round((letters.startUnit + index * 2) * root.unit)
            width: Math.floor(2 * root.unit - 12)
            height: root.keyHeight
            text: root.shaped(letter)
            onTapped: root.keyboard.press(letterKey.text)
        }
    }

    component WideKey: KeyButton {
        property int fromUnit: 0
        property int units: 4
        x: Math.round(fromUnit * root.unit)
        width: Math.floor(units * root.unit - 12)
        height: root.keyHeight
        fill: Theme.paper
        wordKey: true
    }

    Row24 {
        place: 0

        Repeater {
            model: root.vowels

            KeyButton {
                id: vowelKey
                required property string modelData
                required property int index
                objectName: "key_" + modelData
                x: Math.round(index * 2 * root.unit)
                width: Math.floor(2 * root.unit - 12)
                height: root.keyHeight
                fill: Theme.indigoTint
                text: root.shaped(modelData)
                onTapped: root.keyboard.vowel(vowelKey.text)
            }
        }

        Repeater {
            model: root.tones

            KeyButton {
                id: toneKey
                required property var modelData
                required property int index
                objectName: "key_tone_" + modelData.tone
                x: Math.round((14 + index * 2) * root.unit)
                width: Math.floor(2 * root.unit - 12)
                height: root.keyHeight
                fill: Theme.turmericTint
                text: modelData.shape
                Accessible.name: modelData.name
                onTapped: root.keyboard.tone(toneKey.modelData.tone)
            }
        }
    }

    Row24 {
        place: 1

        LetterRow {
            place: 0
        }

        WideKey {
            objectName: "key_backspace"
            fromUnit: 20
            text: qsTr("Xóa")
            iconName: "backspace"
            onTapped: root.keyboard.backspace()
        }
    }

    Row24 {
        place: 2

        LetterRow {
            place: 1
            startUnit: 1
        }

        WideKey {
            objectName: "key_clear"
            fromUnit: 19
            units: 5
            text: root.keyboard.canRestore ? qsTr("Lấy lại") : qsTr("Xóa hết")
            iconName: root.keyboard.canRestore ? "arrow-counter-clockwise" : ""
            iconWeight: "bold"
            onTapped: root.keyboard.canRestore ? root.keyboard.restore() : root.keyboard.clear()
        }
    }

    Row24 {
        place: 3

        WideKey {
            objectName: "key_shift"
            text: qsTr("Chữ hoa")
            iconName: "arrow-fat-up"
            iconWeight: "bold"
            latched: root.upper
            onTapped: root.keyboard.toggleShift()
        }

        LetterRow {
            place: 2
            startUnit: 4
        }

        WideKey {
            objectName: "key_symbols"
            fromUnit: 20
            text: root.keyboard.symbols ? "abc" : "123"
            onTapped: root.keyboard.toggleSymbols()
        }
    }

    Row24 {
        place: 4

        WideKey {
            objectName: "key_,"
            units: 2
            fill: Theme.surface
            wordKey: false
            text: ","
            onTapped: root.keyboard.press(",")
        }

        WideKey {
            objectName: "key_."
            fromUnit: 2
            units: 2
            fill: Theme.surface
            wordKey: false
            text: "."
            onTapped: root.keyboard.press(".")
        }

        WideKey {
            objectName: "key_space"
            fromUnit: 4
            units: 16
            fill: Theme.surface
            text: qsTr("Dấu cách")
            onTapped: root.keyboard.space()
        }

        WideKey {
            objectName: "key_hide"
            fromUnit: 20
            text: qsTr("Ẩn")
            iconName: "keyboard"
            onTapped: root.hide()
        }
    }
}
