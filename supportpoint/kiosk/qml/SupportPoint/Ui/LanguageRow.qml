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
            x: 108
            width: Theme.textLarge ? 330 : 400
            height: parent.height
            text: root.name
            role: Words.Role.List
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 28
        }

        Words {
            x: Theme.textLarge ? 450 : 524
            height: parent.height
            // The same name twice says nothing.
            visible: root.ownName !== root.name
            text: root.ownName
            role: Words.Role.Help
            font.family: Theme.family
            font.pixelSize: 34
        }

        Words {
            objectName: "coverage"
            x: Theme.textLarge ? 450 : 524
            width: Theme.textLarge ? 340 : 380
            height: parent.height
            visible: root.coverage < 100 && root.ownName === root.name
            text: root.coverage > 0 ? qsTr("Đã dịch %1 phần trăm").arg(root.coverage) : qsTr("Chưa dịch, còn chữ Việt")
            role: Words.Role.Help
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
        }

        Pill {
            anchors.right: parent.right
            anchors.rightMargin: 92
            anchors.verticalCenter: parent.verticalCenter
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
            anchors.verticalCenter: parent.verticalCenter
        }

        Rectangle {
            visible: !root.chosen
            anchors.right: parent.right
            anchors.rightMargin: 26
            anchors.verticalCenter: parent.verticalCenter
            width: 44
            height: 44
            radius: 22
            color: Theme.surface
            border.width: Theme.edge
            border.color: Theme.line
        }
    }

    ListenButton {
        subject: root.name
        x: 20
        anchors.verticalCenter: parent.verticalCenter
        width: 64
        onTapped: root.listen()
    }
}
