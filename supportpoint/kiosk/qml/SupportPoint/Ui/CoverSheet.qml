import QtQuick

// Hides everything at once behind the quiet drawing. A tap brings the page back within a minute.
TapArea {
    id: root

    required property string place
    required property string day

    signal forgotten

    objectName: "coverSheet"
    guarded: false
    focusPolicy: Qt.NoFocus
    text: day

    Timer {
        interval: 60000
        running: root.visible
        onTriggered: root.forgotten()
    }

    background: Rectangle {
        color: Theme.scenePaper

        Image {
            anchors.fill: parent
            visible: root.visible
            source: "image://art/scene"
            sourceSize: Qt.size(Math.max(1, width), Math.max(1, height))
            fillMode: Image.PreserveAspectCrop
            horizontalAlignment: Image.AlignRight
            verticalAlignment: Image.AlignBottom
        }

        Selvedge {
            width: parent.width
            height: 16
            unit: 120
        }

        Words {
            x: Theme.isLarge ? Theme.columnX : 64
            y: Theme.isLarge ? 160 : 96
            text: root.place
            role: Words.Role.Display
            color: Theme.sceneInk
        }

        Words {
            x: Theme.isLarge ? Theme.columnX : 64
            y: Theme.isLarge ? 250 : 180
            text: Theme.begin(root.day)
            role: Words.Role.Body
            color: Theme.sceneInk2
        }
    }
}
