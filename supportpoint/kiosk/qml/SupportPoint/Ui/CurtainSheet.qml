import QtQuick

// Falls by itself when nobody touches: the page below cannot be seen, and nothing of it is lost.
TapArea {
    id: root

    objectName: "curtainSheet"
    guarded: false
    focusPolicy: Qt.NoFocus
    text: qsTr("Chạm để làm tiếp.")

    background: Rectangle {
        color: Theme.paper

        Image {
            anchors.fill: parent
            visible: !Theme.highContrast
            source: root.visible ? "image://art/scene" : ""
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
    }

    contentItem: Item {
        Column {
            x: Theme.isLarge ? Theme.columnX : 64
            y: Theme.isLarge ? 280 : 184
            width: 640
            spacing: 16

            PictureIcon {
                name: "hand-tap"
                weight: "fill"
                size: 96
                tint: Theme.indigo
            }

            Words {
                width: parent.width
                text: root.text
                role: Words.Role.Display
                color: Theme.ink
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 40
                maximumLineCount: 1
            }

            Words {
                width: parent.width
                text: qsTr("Việc đang làm vẫn còn.")
                role: Words.Role.Body
                color: Theme.ink2
            }
        }
    }
}
