import QtQuick

// One answer read back: icon, short label, the answer, «Sửa».
Item {
    id: root

    required property string label
    required property string value
    property string sub
    property string iconName: "file-text"
    property string art
    property string image
    property bool problem: false
    property bool answered: true
    property bool fixable: true
    property bool masked: false
    property bool revealed: false
    readonly property bool firstRow: y === 0
    property bool lastRow: false
    property string fixName
    property bool speaking: false

    signal fix
    signal reveal

    Rectangle {
        visible: root.problem
        anchors.fill: parent
        anchors.leftMargin: Theme.edge
        anchors.rightMargin: Theme.edge
        anchors.topMargin: root.firstRow ? Theme.edge : 0
        anchors.bottomMargin: root.lastRow ? Theme.edge : 0
        topLeftRadius: root.firstRow ? Theme.radiusCard - Theme.edge : 0
        topRightRadius: topLeftRadius
        bottomLeftRadius: root.lastRow ? Theme.radiusCard - Theme.edge : 0
        bottomRightRadius: bottomLeftRadius
        color: Theme.madderTint
    }

    SpeakingRing {
        speaking: root.speaking
        anchors.fill: parent
        anchors.margins: 2
    }

    Rectangle {
        visible: !root.lastRow
        y: parent.height - 2
        width: parent.width
        height: 2
        color: Theme.hair
    }

    // The drawing that was touched says the answer again.
    Rectangle {
        visible: root.art !== "" && !root.problem
        x: 12
        anchors.verticalCenter: parent.verticalCenter
        width: 76
        height: drawing.height + 8
        radius: Theme.radiusField
        color: Theme.artGround

        Drawing {
            id: drawing
            anchors.centerIn: parent
            name: root.art
            width: 72
            height: Math.min(56, root.height - 24)
        }
    }

    PictureIcon {
        visible: root.art === "" || root.problem
        x: 28
        anchors.verticalCenter: parent.verticalCenter
        name: root.problem ? "warning-circle" : root.iconName
        weight: root.problem ? "fill" : "duotone"
        tint: root.problem ? Theme.madder : Theme.indigo
        size: 44
    }

    Words {
        x: 104
        width: 248
        height: parent.height - 4
        text: root.label
        role: Words.Role.Help
        maximumLineCount: 3
        fontSizeMode: Text.Fit
        minimumPixelSize: 24
        elide: Text.ElideRight
    }

    Image {
        id: thumbnail
        visible: root.image !== ""
        x: 364
        anchors.verticalCenter: parent.verticalCenter
        width: 96
        height: Math.min(72, root.height - 16)
        source: root.image
        sourceSize: Qt.size(192, 144)
        fillMode: Image.PreserveAspectFit
        Accessible.ignored: true
    }

    Column {
        id: answer
        x: thumbnail.visible ? 484 : 364
        width: root.width - x - (root.fixable ? fixItem.width + 32 : 24) - (root.masked ? eyeItem.width + 16 : 0)
        anchors.verticalCenter: parent.verticalCenter
        spacing: -2

        Words {
            width: parent.width
            text: root.answered ? root.value : qsTr("Chưa trả lời")
            role: Words.Role.Label
            color: root.answered ? Theme.ink : Theme.ink2
            font.weight: root.answered ? Font.DemiBold : Font.Normal
            maximumLineCount: root.sub === "" ? 2 : 1
            fontSizeMode: root.sub === "" ? Text.FixedSize : Text.HorizontalFit
            minimumPixelSize: 26
            elide: Text.ElideRight
        }

        Words {
            width: parent.width
            visible: root.sub !== ""
            text: root.sub
            role: Words.Role.Help
            color: root.problem ? Theme.ink : Theme.ink2
            maximumLineCount: 1
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
            elide: Text.ElideRight
        }
    }

    EyeButton {
        id: eyeItem
        objectName: root.fixName.replace("fix", "eye")
        visible: root.masked
        anchors.right: fixItem.left
        anchors.rightMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        seen: root.revealed
        Accessible.name: text + " " + root.label
        onTapped: root.reveal()
    }

    FixButton {
        id: fixItem
        objectName: root.fixName
        visible: root.fixable
        anchors.right: parent.right
        anchors.rightMargin: 16
        anchors.verticalCenter: parent.verticalCenter
        Accessible.name: text + " " + root.label
        onTapped: root.fix()
    }
}
