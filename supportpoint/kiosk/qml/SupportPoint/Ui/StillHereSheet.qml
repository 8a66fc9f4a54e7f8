pragma ComponentBehavior: Bound
import QtQuick

// K27: «are you still here?» with the seconds that are left. What lies behind cannot be seen.
Rectangle {
    id: root

    required property int secondsLeft
    required property int countdownS
    property string caption
    property bool wipes: false
    property bool silent: true
    property string voiceMark
    readonly property alias question: head.title

    signal stay
    signal home
    signal call
    signal listen(text: string)

    color: Theme.paper

    MouseArea {
        anchors.fill: parent
    }

    Selvedge {
        width: parent.width
        height: Theme.selvedgeHeight
    }

    QuestionHead {
        id: head
        x: Theme.columnX
        y: Theme.topHeight
        title: qsTr("Bà con còn ở đây không?")
        help: root.wipes ? qsTr("Hết giờ, máy xóa việc này rồi về đầu.") : qsTr("Hết giờ, máy cất việc này rồi về đầu.")
        caption: root.caption
        captionSilent: root.silent
        onListen: root.listen(title)
        onCaptionClosed: root.listen("")
    }

    Item {
        id: ring
        anchors.horizontalCenter: parent.horizontalCenter
        y: Theme.bodyY + Math.round((parent.height - Theme.bodyY - height - 32 - stayItem.height) / 2)
        width: 236
        height: 236

        Repeater {
            model: root.countdownS

            Rectangle {
                required property int index
                readonly property real turn: 2 * Math.PI * index / root.countdownS

                x: ring.width / 2 + 106 * Math.sin(turn) - 6
                y: ring.height / 2 - 106 * Math.cos(turn) - 6
                width: 12
                height: 12
                radius: 6
                color: index < root.secondsLeft ? Theme.indigo : Theme.hair
            }
        }

        Column {
            anchors.centerIn: parent
            spacing: -8

            Words {
                anchors.horizontalCenter: parent.horizontalCenter
                text: root.secondsLeft
                role: Words.Role.Display
                font.pixelSize: 72
            }

            Words {
                anchors.horizontalCenter: parent.horizontalCenter
                text: qsTr("giây")
                role: Words.Role.Help
            }
        }
    }

    PrimaryButton {
        id: stayItem
        objectName: "stillHereButton"
        anchors.horizontalCenter: parent.horizontalCenter
        y: ring.y + ring.height + 32
        width: 600
        height: 160
        radius: 24
        text: qsTr("Tôi còn đây")
        textSize: Theme.bigButtonSize
        iconName: "hand-tap"
        iconWeight: "fill"
        iconSize: 72
        iconAtEnd: false
        onTapped: root.stay()
    }

    TopItem {
        objectName: "stillCallButton"
        x: Theme.columnX + Theme.columnWidth - width
        y: 2
        text: qsTr("Gọi cán bộ")
        iconName: "phone-call"
        iconWeight: "fill"
        fill: Theme.turmericTint
        fillPressed: Theme.turmeric
        edgeColor: Theme.amberInk
        iconInk: Theme.amberInk
        onTapped: root.call()
    }

    TopItem {
        id: homeItem
        objectName: "stillHomeButton"
        x: Theme.columnX
        y: 2
        text: qsTr("Về đầu")
        iconName: "house-line"
        onTapped: root.home()
    }

    VoiceMark {
        x: (homeItem?.x ?? 0) + (homeItem?.width ?? 0) + 13
        y: 2 + Math.round((Theme.topHeight - height) / 2)
        mark: root.voiceMark
    }
}
