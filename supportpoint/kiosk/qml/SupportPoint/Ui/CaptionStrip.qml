import QtQuick

// What the loudspeaker would say where no voice has it, or says besides the page. A tap puts it away.
TapArea {
    id: root

    required property string caption
    property bool silent: true

    readonly property real wordsWidth: width - words.x - closing.width - 36

    objectName: "captionStrip"
    implicitHeight: measure.advanceWidth > wordsWidth ? 68 : 52
    visible: caption !== ""
    guarded: false
    ringRadius: Theme.radiusField
    text: caption
    Accessible.name: [silent ? qsTr("Chưa có giọng đọc") : "", caption].filter(part => part !== "").join(". ")

    TextMetrics {
        id: measure
        font.family: Theme.family
        font.pixelSize: 24
        text: root.caption
    }

    background: Rectangle {
        radius: Theme.radiusField
        color: Theme.tealTint
        border.width: Theme.edge
        border.color: Theme.teal
    }

    contentItem: Item {
        PictureIcon {
            x: 16
            anchors.verticalCenter: parent.verticalCenter
            name: root.silent ? "speaker-simple-slash" : "speaker-simple-high"
            weight: "fill"
            tint: Theme.teal
            size: 32
        }

        Words {
            id: words
            x: 64
            width: root.wordsWidth
            height: root.height - 4
            y: 2
            text: root.caption
            role: Words.Role.Body
            font.pixelSize: 24
            lineHeight: 0.9
            maximumLineCount: 2
            elide: Text.ElideRight
        }

        Row {
            id: closing
            anchors.right: parent.right
            anchors.rightMargin: 16
            anchors.verticalCenter: parent.verticalCenter
            spacing: 12

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Đóng")
                role: Words.Role.Label
                font.pixelSize: 24
                wrapMode: Text.NoWrap
            }

            PictureIcon {
                anchors.verticalCenter: parent.verticalCenter
                name: "x"
                size: 32
            }
        }
    }
}
