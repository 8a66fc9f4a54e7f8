import QtQuick

// A drawing with its word. A tap chooses; the small loudspeaker only speaks.
TapArea {
    id: root

    property string art
    property string iconName
    property bool chosen: false
    property bool square: false
    property bool listenable: true
    property bool soon: false
    property bool speaking: false
    property string sub

    signal listen

    readonly property int captionHeight: Theme.isLarge ? (Theme.textLarge ? 116 : 100) : (Theme.textLarge ? 104 : 80)
    readonly property bool bare: art === "" && iconName === ""

    guarded: false
    checked: chosen
    ringRadius: Theme.radiusCard
    pressedEdge: bare ? Theme.ink : Theme.sceneInk
    Accessible.checkable: true
    Accessible.checked: chosen

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.chosen ? Theme.indigoTint : Theme.surface
        border.width: root.chosen ? Theme.edgeChosen : Theme.edge
        border.color: root.chosen ? Theme.ink : Theme.line

        // Outside the edge, which goes on saying whether the card is chosen.
        SpeakingRing {
            speaking: root.speaking
            anchors.fill: parent
            anchors.margins: -Theme.edgeChosen
            radius: Theme.radiusCard + Theme.edgeChosen
            color: "transparent"
        }

        Rectangle {
            anchors.fill: parent
            anchors.margins: parent.border.width
            anchors.bottomMargin: root.captionHeight
            topLeftRadius: Theme.radiusCard - parent.border.width
            topRightRadius: Theme.radiusCard - parent.border.width
            visible: !root.bare
            color: root.chosen || root.down ? Theme.artGroundChosen : Theme.artGround
        }
    }

    contentItem: Item {
        Drawing {
            visible: !root.bare
            name: root.art
            width: parent.width - 48
            height: Math.min(Theme.isLarge ? 204 : 164, root.height - root.captionHeight - (Theme.isLarge ? 48 : 16))
            anchors.horizontalCenter: parent.horizontalCenter
            y: (root.height - root.captionHeight - height) / 2
            opacity: root.enabled && !root.soon ? 1 : 0.4
        }

        PictureIcon {
            visible: root.art === "" && root.iconName !== ""
            name: root.iconName
            weight: "duotone"
            tint: Theme.sceneIndigo
            size: 96
            anchors.horizontalCenter: parent.horizontalCenter
            y: (root.height - root.captionHeight - height) / 2
        }

        TickBadge {
            visible: root.chosen
            x: root.bare ? 24 : 16
            y: root.bare ? (root.height - height) / 2 : 16
            radius: root.square ? 10 : 24
            onDrawing: !root.bare
        }

        Rectangle {
            visible: !root.chosen && (root.square || root.bare)
            x: root.bare ? 26 : 16
            y: root.bare ? (root.height - height) / 2 : 16
            width: 44
            height: 44
            radius: root.square ? 10 : 22
            color: root.bare ? Theme.surface : Theme.scenePaper
            border.width: Theme.edge
            border.color: Theme.highContrast && !root.bare ? Theme.sceneInk : Theme.line
        }

        Column {
            x: root.bare ? 92 : (Theme.isLarge ? 32 : 24)
            width: root.width - x - (root.listenable ? 80 : 24)
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: root.bare ? 0 : (root.height - root.captionHeight) / 2 - 1
            spacing: root.bare ? 0 : -6

            Words {
                width: parent.width
                text: root.text
                role: Words.Role.Label
                color: root.enabled && !root.soon ? Theme.ink : Theme.ink2
                maximumLineCount: root.sub !== "" ? 1 : (root.bare ? 4 : 3)
                height: root.sub === "" && !root.bare ? root.captionHeight - 4 : implicitHeight
                fontSizeMode: root.sub !== "" ? Text.HorizontalFit : (root.bare ? Text.FixedSize : Text.Fit)
                minimumPixelSize: 24
                elide: Text.ElideRight
            }

            Words {
                width: parent.width
                visible: root.sub !== ""
                text: root.sub
                role: Words.Role.Help
                maximumLineCount: root.bare ? Math.max(1, Math.floor((root.height - 16 - Theme.labelSize * 1.27) / (font.pixelSize * 1.27))) : 1
                font.pixelSize: root.bare ? Math.min(28, Theme.helpSize) : Theme.helpSize
                fontSizeMode: root.bare ? Text.FixedSize : Text.HorizontalFit
                minimumPixelSize: 24
                elide: Text.ElideRight
            }
        }
    }

    CardListenButton {
        subject: root.text
        visible: root.listenable
        ink: root.soon ? Theme.ink2 : Theme.teal
        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.bare ? (root.height - height) / 2 : (root.captionHeight - height) / 2
        onTapped: root.listen()
    }
}
