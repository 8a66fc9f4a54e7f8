import QtQuick

// One language to choose: its own name, how much of it is translated, whether a voice exists, a tick.
TapArea {
    id: root

    required property string name
    required property string ownName
    property bool hasVoice: false
    property int coverage: 100
    property bool chosen: false

    signal listen

    // On a wide screen a language is a card of three lines instead of a row.
    readonly property bool tall: height >= 190
    readonly property bool named: ownName !== name
    readonly property bool partial: coverage < 100
    // A row holds its own name and how much is translated one below the other.
    readonly property bool halved: !tall && named && partial
    readonly property int secondX: tall ? 108 : (Theme.textLarge ? 450 : 524)

    text: name
    ringRadius: Theme.radiusCard
    Accessible.checkable: true
    Accessible.checked: chosen

    background: Rectangle {
        radius: Theme.radiusCard
        color: root.chosen || root.down ? Theme.indigoTint : Theme.surface
        border.width: root.chosen ? Theme.edgeChosen : Theme.edge
        border.color: root.chosen ? Theme.ink : Theme.line
    }

    contentItem: Item {
        Words {
            id: vietnamese

            x: 108
            y: root.tall ? 16 : 0
            width: root.tall ? Math.min(Math.ceil(implicitWidth) + 2, parent.width - x - 92) : (Theme.textLarge ? 330 : 400)
            height: root.tall ? 80 : parent.height
            text: root.name
            role: Words.Role.List
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 28
        }

        Words {
            objectName: "ownName"
            x: root.tall ? vietnamese.x + vietnamese.width + 24 : root.secondX
            y: root.tall ? 16 : (root.halved ? 4 : 0)
            width: root.tall ? parent.width - x - 92 : (Theme.textLarge ? 340 : 380)
            height: root.tall ? 80 : (root.halved ? parent.height / 2 : parent.height)
            // The same name twice says nothing.
            visible: root.named
            text: root.ownName
            role: Words.Role.Help
            font.family: /[\uAA80-\uAADF]/.test(text) ? Theme.familyTai : Theme.family
            color: Theme.ink
            font.pixelSize: root.halved ? 28 : 34
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 28
        }

        Words {
            objectName: "coverage"
            x: root.secondX
            y: root.tall ? 92 : (root.halved ? parent.height / 2 - 4 : 0)
            width: root.tall ? parent.width - x - 32 : (Theme.textLarge ? 340 : 380)
            height: root.tall ? 52 : (root.halved ? parent.height / 2 : parent.height)
            visible: root.partial
            text: root.coverage > 0 ? qsTr("Đã dịch %1 phần trăm").arg(root.coverage) : qsTr("Chưa dịch, còn chữ Việt")
            role: Words.Role.Help
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
        }

        Pill {
            x: root.tall ? 108 : parent.width - width - 92
            y: root.tall ? root.height - height - 16 : (root.height - height) / 2
            visible: !root.hasVoice
            text: qsTr("Chưa có giọng đọc")
            iconName: "speaker-simple-slash"
            iconInk: Theme.amberInk
            tint: Theme.turmericTint
        }

        TickBadge {
            visible: root.chosen
            anchors.right: parent.right
            anchors.rightMargin: 24
            y: root.tall ? 40 : (root.height - height) / 2
        }

        Rectangle {
            visible: !root.chosen
            anchors.right: parent.right
            anchors.rightMargin: 26
            y: root.tall ? 42 : (root.height - height) / 2
            width: 44
            height: 44
            radius: 22
            color: Theme.surface
            border.width: Theme.edge
            border.color: Theme.line
        }
    }

    ListenButton {
        objectName: "languageListen"
        // Without a voice there is nothing to listen to.
        visible: root.hasVoice
        subject: root.name
        x: 20
        y: root.tall ? 32 : (root.height - height) / 2
        width: 64
        onTapped: root.listen()
    }
}
