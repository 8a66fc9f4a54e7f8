import QtQuick

// One thing that a case still needs: picture, the officer's reason, and the way to answer it.
Panel {
    id: root

    required property int number
    required property string kind
    required property string label
    required property string reason
    required property string art
    required property bool done
    property string shown
    property bool speaking: false

    readonly property bool isPhoto: kind === "photo"
    readonly property string mark: done ? (isPhoto ? qsTr("Đã chụp") : qsTr("Đã ghi")) : ""
    readonly property int stripWidth: Theme.isLarge ? 232 : (Theme.textLarge ? 150 : 190)

    signal answer
    signal listen

    border.color: speaking ? Theme.speaking : Theme.hair
    border.width: speaking ? Theme.edgeChosen : Theme.edge

    Rectangle {
        x: root.border.width
        y: root.border.width
        width: root.stripWidth + Theme.edge - x
        height: parent.height - 2 * y
        topLeftRadius: Theme.radiusCard - 2
        bottomLeftRadius: Theme.radiusCard - 2
        color: root.done && !Theme.highContrast ? Theme.leafTint : Theme.artGround

        Drawing {
            anchors.centerIn: parent
            name: root.art
            width: parent.width - 24
            height: Math.min(112, parent.height - 24)
        }
    }

    Rectangle {
        id: badge
        x: root.stripWidth + 28
        anchors.verticalCenter: parent.verticalCenter
        width: 56
        height: 56
        radius: 28
        color: root.done ? Theme.leaf : Theme.turmericTint
        border.width: root.done ? 0 : 3
        border.color: Theme.amberInk

        Words {
            anchors.centerIn: parent
            visible: !root.done
            text: root.number
            role: Words.Role.Label
            font.pixelSize: 28
            color: Theme.amberInk
        }

        PictureIcon {
            anchors.centerIn: parent
            visible: root.done
            name: "check"
            size: 34
            tint: Theme.leafInk
        }
    }

    Column {
        x: badge.x + badge.width + 24
        width: button.x - x - 24
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: root.label
            role: Words.Role.List
            maximumLineCount: 2
            height: Math.min(implicitHeight, Math.round((root.height - 16) * 0.5))
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
        }

        Words {
            width: parent.width
            text: root.done ? (root.shown !== "" ? root.mark + ": " + root.shown : root.mark) : root.reason
            role: Words.Role.Body
            maximumLineCount: 3
            height: Math.min(implicitHeight, Math.round((root.height - 16) * 0.5))
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
            elide: Text.ElideRight
        }
    }

    SecondaryButton {
        id: button
        objectName: "answer_" + root.number
        subject: root.label
        anchors.right: listenItem.left
        anchors.rightMargin: 24
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.textLarge ? 290 : 240
        height: 80
        sidePadding: 12
        text: root.isPhoto ? (root.done ? qsTr("Chụp lại") : qsTr("Chụp ảnh")) : (root.done ? qsTr("Sửa") : qsTr("Ghi vào"))
        iconName: root.isPhoto ? "camera" : "pencil-simple"
        iconWeight: root.isPhoto ? "fill" : "bold"
        onTapped: root.answer()
    }

    ListenButton {
        id: listenItem
        subject: root.label
        anchors.right: parent.right
        anchors.rightMargin: 24
        anchors.verticalCenter: parent.verticalCenter
        width: 64
        onTapped: root.listen()
    }
}
