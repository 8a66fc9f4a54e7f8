import QtQuick

// Loudspeaker, title and one line of help. Things at the right come through `extra`.
Item {
    id: root

    required property string title
    property string help
    property string error
    // What a voice says, or nobody can: for a moment in the place of the help line, never over anything.
    property string caption
    property bool captionSilent: true
    property Component extra: null
    property bool reading: false

    signal listen
    signal captionClosed

    readonly property bool wrong: error !== ""
    readonly property real textWidth: width - 104 - (extraLoader.width > 0 ? extraLoader.width + 24 : 0)

    width: Theme.columnWidth
    height: Theme.headHeight

    ListenButton {
        id: listenItem
        objectName: "listenButton"
        reading: root.reading
        anchors.verticalCenter: parent.verticalCenter
        onTapped: root.listen()
    }

    Column {
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: root.wrong ? -3 : captionStrip.visible ? -6 : -1
        x: 104
        width: root.textWidth
        // The dots below ạ ệ ọ stay clear of the box under them.
        spacing: root.wrong ? 8 : captionStrip.visible ? 4 : -2

        Words {
            id: titleText
            width: parent.width
            text: root.title
            role: Words.Role.Title
            Accessible.role: Accessible.Heading
            Accessible.name: text
            maximumLineCount: 2
            // Two lines of a long question leave no room for the help line at full size.
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
            height: Math.min(implicitHeight, root.height - (root.wrong ? strip.height + 12 : 8 + (captionStrip.visible ? captionStrip.height + 10 : helpText.visible ? helpText.implicitHeight : 0)))
        }

        Words {
            id: helpText
            width: parent.width
            visible: root.help !== "" && !root.wrong && !captionStrip.visible
            text: root.help
            role: Words.Role.Help
            maximumLineCount: 1
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
            elide: Text.ElideRight
        }

        ErrorStrip {
            id: strip
            width: parent.width
            height: implicitHeight
            message: root.error
        }

        CaptionStrip {
            id: captionStrip
            width: parent.width
            height: implicitHeight
            visible: caption !== "" && root.error === ""
            caption: root.caption
            silent: root.captionSilent
            onTapped: root.captionClosed()
        }
    }

    Loader {
        id: extraLoader
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        sourceComponent: root.extra
    }
}
