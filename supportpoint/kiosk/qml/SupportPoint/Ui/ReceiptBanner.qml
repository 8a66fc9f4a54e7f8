import QtQuick

// The green panel that says it is done, beside the loudspeaker at its place of every page.
Item {
    id: root

    property bool sent: false
    property string addsTo
    property bool reading: false

    signal listen

    // How far below the top bar the panel begins.
    required property int air

    ListenButton {
        objectName: "listenButton"
        y: Math.round((Theme.headHeight - height) / 2) - root.air
        reading: root.reading
        onTapped: root.listen()
    }

    Rectangle {
        x: 104
        width: parent.width - x
        height: parent.height
        radius: Theme.radiusCard
        color: Theme.leaf
    }

    Rectangle {
        x: 136
        anchors.verticalCenter: parent.verticalCenter
        width: 96
        height: 96
        radius: 48
        color: Theme.leafInk

        PictureIcon {
            anchors.centerIn: parent
            name: "check"
            size: 60
            tint: Theme.leaf
        }
    }

    Column {
        x: 262
        width: parent.width - x - (pill.visible ? pill.width + 48 : 24)
        anchors.verticalCenter: parent.verticalCenter
        spacing: -6

        Words {
            width: parent.width
            text: qsTr("XONG RỒI")
            role: Words.Role.Display
            color: Theme.leafInk
            maximumLineCount: 1
        }

        Words {
            width: parent.width
            text: root.addsTo !== "" ? qsTr("Gửi thêm cho hồ sơ %1.").arg(root.addsTo) : qsTr("Đã nhận việc của bà con.")
            role: Words.Role.Label
            color: Theme.leafInk
            maximumLineCount: 1
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
        }
    }

    Pill {
        id: pill
        anchors.right: parent.right
        anchors.rightMargin: 32
        anchors.verticalCenter: parent.verticalCenter
        height: 72
        textSize: Theme.labelSize
        text: !root.sent ? qsTr("Đã lưu, chờ gửi") : (root.addsTo !== "" ? qsTr("Đã gửi thêm") : qsTr("Đã gửi"))
        iconName: root.sent ? "check-circle" : "clock"
        iconInk: root.sent ? Theme.leaf : Theme.amberInk
        tint: root.sent ? Theme.leafTint : Theme.turmericTint
    }
}
