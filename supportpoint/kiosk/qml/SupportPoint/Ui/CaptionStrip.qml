import QtQuick

// What the loudspeaker would say where no voice has it, or says besides the page. A tap puts it away.
TapArea {
    id: root

    required property string caption
    property bool silent: true

    objectName: "captionStrip"
    width: Theme.windowWidth
    height: Math.min(Theme.headHeight, Math.max(72, words.implicitHeight + 24))
    visible: caption !== ""
    guarded: false
    text: caption

    background: Rectangle {
        color: Theme.tealTint

        Rectangle {
            y: parent.height - height
            width: parent.width
            height: 2
            color: Theme.teal
        }
    }

    contentItem: Item {
        Pill {
            id: badge
            x: Theme.columnX
            anchors.verticalCenter: parent.verticalCenter
            text: root.silent ? qsTr("Chưa có giọng đọc") : qsTr("Mời nghe")
            iconName: root.silent ? "speaker-simple-slash" : "speaker-simple-high"
            iconInk: Theme.teal
            tint: Theme.surface
        }

        Words {
            id: words
            anchors.verticalCenter: parent.verticalCenter
            x: badge.x + badge.width + 24
            width: closeWords.x - x - 24
            height: Math.min(implicitHeight, root.height - 8)
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
            text: root.caption
            role: Words.Role.Body
            font.pixelSize: Theme.helpSize
            maximumLineCount: 3
            elide: Text.ElideRight
        }

        Words {
            id: closeWords
            anchors.verticalCenter: parent.verticalCenter
            x: closeIcon.x - width - 12
            text: qsTr("Đóng")
            role: Words.Role.Label
            font.pixelSize: 24
            color: Theme.teal
            wrapMode: Text.NoWrap
        }

        PictureIcon {
            id: closeIcon
            anchors.verticalCenter: parent.verticalCenter
            x: root.width - Theme.columnX - 44
            name: "x"
            tint: Theme.teal
            size: 32
        }
    }
}
