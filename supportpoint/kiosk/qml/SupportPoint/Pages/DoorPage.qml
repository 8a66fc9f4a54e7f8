pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K17: who reads it, whether anybody looks on, how to be alone with it. The topic is named nowhere.
PageFrame {
    id: root

    required property DoorViewModel door

    readonly property string watchedWords: qsTr("Có ai đang nhìn không?") + " " + coverWords
    readonly property string caution: door.reader === "inspectorate" ? Receivers.caution(door.formId) : ""

    objectName: "page_door"
    title: qsTr("Bà con muốn nói cách nào?")
    help: qsTr("Chỉ %1 mở được việc này.").arg(Receivers.nameOf(door.reader, shell.communeName))
    spoken: [title, help, caution, watchedWords, keepingWords()].filter(words => words !== "").join(" ")
    spokenRows: grid.cards.map(card => card.label)
    barTitle: qsTr("Việc riêng")
    coverable: true
    primaryVisible: false
    onBack: navigator.back()

    function keepingWords(): string {
        if (door.locked)
            return door.canKeep ? qsTr("Đã khóa. Làm dở thì máy giữ một ngày.") : qsTr("Đã khóa màn hình. Rời đi là máy xóa.");
        return door.canKeep ? qsTr("Rời đi là máy xóa. Muốn giữ thì khóa.") : qsTr("Rời đi giữa chừng là máy xóa hết.");
    }

    headExtra: Component {
        SecondaryButton {
            objectName: "openLockedButton"
            visible: root.door.canKeep && !root.door.locked
            width: visible ? implicitWidth : 0
            height: 64
            text: qsTr("Mở việc đã khóa")
            textSize: Theme.helpSize
            iconName: "arrow-u-up-right"
            iconSize: 28
            onTapped: root.door.openLocked()
        }
    }

    actions: [
        // Beside the lock, of which it speaks.
        NoteStrip {
            objectName: "keepWords"
            x: Theme.backWidth + Theme.gap
            width: Theme.columnWidth - Theme.backWidth - Theme.primaryWidth - 2 * Theme.gap
            height: Theme.buttonHeight
            message: root.door.locked ? root.keepingWords() : root.keepingWords().replace(". ", ".\n")
            textSize: Theme.helpSize
            iconName: root.door.locked ? "lock-simple" : "info"
            iconInk: Theme.teal
            tint: Theme.surface
        },
        SecondaryButton {
            objectName: "setLockButton"
            anchors.right: parent?.right
            width: Theme.primaryWidth
            height: Theme.buttonHeight
            text: root.door.locked ? qsTr("Chọn hình khác") : qsTr("Khóa bằng ba hình")
            iconName: "lock-simple"
            iconWeight: "fill"
            onTapped: root.door.setLock()
        }
    ]

    CardGrid {
        id: grid
        speaking: root.shell.voice.line
        width: parent.width
        height: (cautionStrip.visible ? cautionStrip.y : watchedStrip.y) - Theme.gap
        cards: [
            {value: "ears", label: qsTr("Nghe bằng tai nghe"), art: "headphones"},
            {value: "staff", label: qsTr("Gặp riêng cán bộ"), art: "privateroom"},
            {value: "screen", label: qsTr("Tự nói với máy"), art: "talkmachine"}
        ]
        onPicked: way => root.door.choose(way)
        onListened: label => root.shell.listen(label)
    }

    NoteStrip {
        id: cautionStrip
        objectName: "cautionStrip"
        visible: root.caution !== ""
        y: watchedStrip.y - height - 12
        width: parent.width
        message: root.caution
        iconInk: Theme.teal
        tint: Theme.tealTint
    }

    NoteStrip {
        id: watchedStrip
        y: parent.height - height
        width: parent.width
        height: Theme.textLarge ? 120 : 96
        message: root.watchedWords
        iconName: "eye-slash"
        iconInk: Theme.amberInk
        tint: Theme.turmericTint
    }
}
