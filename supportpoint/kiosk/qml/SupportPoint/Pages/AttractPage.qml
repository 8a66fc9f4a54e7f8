pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K01: a quiet drawing and one button. The words go through the languages that have them.
Item {
    id: root

    required property ShellViewModel shell

    readonly property int barTop: height - Theme.actionHeight
    readonly property int margin: Theme.isLarge ? Theme.columnX : 64
    readonly property bool closed: shell.opening.isOpen === false
    readonly property string offer: qsTr("Làm giấy tờ, bán hàng, hỏi luật.\nKhông mất tiền.")
    readonly property string closedWords: closed ? qsTr("Máy vẫn giúp được. Cán bộ có mặt từ %1.").arg(clockWords(shell.opening.from)) : ""

    objectName: "page_attract"
    width: Theme.windowWidth
    height: Theme.windowHeight

    function clockWords(moment: var): string {
        if (!moment)
            return "";
        const words = moment.minute > 0 ? qsTr("%1 giờ %2").arg(moment.hour).arg(String(moment.minute).padStart(2, "0")) : qsTr("%1 giờ").arg(moment.hour);
        return words.replace(/ /g, "\u00a0"); // no line ends within a time
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.paper
    }

    // Drawn for light paper, it would dazzle on black.
    Image {
        visible: !Theme.highContrast
        width: parent.width
        height: root.barTop
        source: "image://art/scene"
        sourceSize: Qt.size(width, height)
        fillMode: Image.PreserveAspectCrop
        horizontalAlignment: Image.AlignRight
        verticalAlignment: Image.AlignBottom
        Accessible.ignored: true
    }

    Selvedge {
        width: parent.width
        height: 16
        unit: 120
    }

    MouseArea {
        anchors.fill: parent
        onClicked: root.shell.start()
    }

    // Whoever reads one of these names has said what the language page asks.
    Row {
        x: root.margin
        y: 18
        spacing: 13

        Repeater {
            model: root.shell.languages.length

            TopItem {
                required property int index
                readonly property var language: root.shell.languages[index]
                readonly property bool now: language?.code === root.shell.language

                objectName: "begin_" + (language?.code ?? "")
                visible: language?.greets ?? false
                text: language?.name ?? ""
                fill: now ? Theme.indigoTint : Theme.surface
                edgeColor: now ? Theme.ink : Theme.line
                edgeWidth: now ? Theme.edgeChosen : Theme.edge
                Accessible.checkable: true
                Accessible.checked: now
                onTapped: root.shell.startIn(language.code)
            }
        }
    }

    TopItem {
        id: callItem
        objectName: "callButton"
        x: Theme.columnX + Theme.columnWidth - width
        y: 18
        text: qsTr("Gọi cán bộ")
        iconName: "phone-call"
        iconWeight: "fill"
        fill: Theme.turmericTint
        fillPressed: Theme.turmeric
        edgeColor: Theme.amberInk
        iconInk: Theme.amberInk
        onTapped: root.shell.callStaff()
    }

    Pill {
        objectName: "machinePill"
        anchors.right: callItem.left
        anchors.rightMargin: 16
        anchors.verticalCenter: callItem.verticalCenter
        visible: root.shell.fakeDevices || root.shell.refused
        text: root.shell.refused ? qsTr("Cần nối lại") : qsTr("Máy thử")
        tint: root.shell.refused ? Theme.turmericTint : Theme.sunk
    }

    Column {
        x: root.margin
        y: Theme.isLarge ? 200 : 104
        width: 640
        spacing: -2

        Words {
            readonly property string kind: qsTr("Điểm hỗ trợ xã hội số")

            // A point without a name of its own is called by these words already.
            visible: root.shell.pointName === "" || !kind.startsWith(root.shell.pointName)
            text: kind
            role: Words.Role.Label
            color: Theme.indigo
        }

        Words {
            width: parent.width
            text: root.shell.pointName
            role: Words.Role.Display
            color: Theme.ink
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 40
            maximumLineCount: 1
        }

        Words {
            text: Theme.begin(root.shell.communeName)
            role: Words.Role.Body
            color: Theme.ink2
        }
    }

    TapArea {
        id: startItem
        objectName: "startButton"
        x: root.margin
        y: Theme.isLarge ? 432 : 304
        width: 600
        height: 160
        text: qsTr("Chạm vào đây")
        ringRadius: 24
        pressedEdge: Theme.indigoInk
        onTapped: root.shell.start()

        background: Rectangle {
            radius: 24
            color: startItem.down ? Theme.indigoDeep : Theme.indigo
        }

        contentItem: Item {
            Row {
                anchors.centerIn: parent
                spacing: 28

                PictureIcon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: "hand-tap"
                    weight: "fill"
                    size: 84
                    tint: Theme.indigoInk
                }

                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    text: startItem.text
                    role: Words.Role.Display
                    font.pixelSize: Theme.bigButtonSize
                    color: Theme.indigoInk
                }
            }
        }
    }

    ListenButton {
        objectName: "listenButton"
        x: startItem.x + startItem.width + 24
        anchors.verticalCenter: startItem.verticalCenter
        reading: root.shell.voice.speaking
        onTapped: root.shell.voice.replay([[startItem.text, root.closed ? root.closedWords : root.offer].join(". ")])
    }

    VoiceMark {
        objectName: "voiceMark"
        x: startItem.x + startItem.width + 24
        y: startItem.y + startItem.height - 38
        mark: root.shell.voice.mark
    }

    Words {
        x: root.margin
        y: startItem.y + 184
        width: 600
        visible: !root.closed
        text: root.offer
        role: Words.Role.Label
        color: Theme.ink
        lineHeight: 1.08
    }

    // Nobody is met now; the machine works all the same and says when somebody is.
    NoteStrip {
        objectName: "closedStrip"
        x: root.margin
        y: startItem.y + 184
        width: 704
        height: 80
        visible: root.closed
        message: root.closedWords
        textSize: 24
        iconName: "clock"
        tint: Theme.surface
    }

    Rectangle {
        y: root.barTop
        width: parent.width
        height: Theme.actionHeight
        color: Theme.surface

        Rectangle {
            width: parent.width
            height: 2
            color: Theme.hair
        }

        Grid {
            x: root.margin
            anchors.verticalCenter: parent.verticalCenter
            columns: Theme.textLarge ? 1 : 2
            columnSpacing: 40

            Words {
                text: Theme.begin(root.shell.todayText)
                role: Words.Role.Label
                font.pixelSize: Theme.textLarge ? 30 : Theme.helpSize
                wrapMode: Text.NoWrap
            }

            Words {
                objectName: "openingWords"
                visible: root.shell.opening.from !== undefined
                text: qsTr("Mở cửa %1 đến %2").arg(root.clockWords(root.shell.opening.from)).arg(root.clockWords(root.shell.opening.until))
                role: Words.Role.Label
                font.pixelSize: Theme.textLarge ? 30 : Theme.helpSize
                wrapMode: Text.NoWrap
            }
        }

        SecondaryButton {
            objectName: "demoButton"
            x: Theme.columnX + Theme.columnWidth - width
            y: Math.round((parent.height - height) / 2) + 1
            width: Theme.textLarge ? 420 : 320
            height: Theme.buttonHeight
            text: qsTr("Xem cách dùng")
            iconName: "play-circle"
            iconWeight: "fill"
            onTapped: root.shell.openDemo()
        }
    }

    NoteStrip {
        objectName: "wipedStrip"
        x: root.margin
        y: root.barTop - height - 24
        width: 600
        visible: root.shell.wiped
        message: qsTr("Đã xóa thông tin trên màn hình.")
        iconName: "check-circle"
        iconInk: Theme.leaf
        tint: Theme.leafTint
    }

    CaptionStrip {
        x: root.margin
        y: root.barTop - height - 16
        width: 600
        height: implicitHeight
        caption: root.shell.captionText
        silent: root.shell.captionSilent
        onTapped: root.shell.listen("")
    }
}
