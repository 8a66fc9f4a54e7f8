import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K01: a quiet drawing and one button.
Item {
    id: root

    required property ShellViewModel shell

    readonly property int barTop: height - Theme.actionHeight
    readonly property int margin: Theme.isLarge ? Theme.columnX : 64

    objectName: "page_attract"
    width: Theme.windowWidth
    height: Theme.windowHeight

    Rectangle {
        anchors.fill: parent
        color: Theme.scenePaper
    }

    Image {
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

    Column {
        x: root.margin
        y: Theme.isLarge ? 200 : 104
        width: 640
        spacing: -2

        Words {
            text: qsTr("Điểm hỗ trợ xã hội số")
            role: Words.Role.Label
            color: Theme.sceneIndigo
        }

        Words {
            width: parent.width
            text: root.shell.pointName
            role: Words.Role.Display
            color: Theme.sceneInk
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 40
            maximumLineCount: 1
        }

        Words {
            text: Theme.begin(root.shell.communeName)
            role: Words.Role.Body
            color: Theme.sceneInk2
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

    Words {
        x: root.margin
        y: startItem.y + 184
        width: 600
        text: qsTr("Làm giấy tờ, xem hồ sơ.\nKhông mất tiền.")
        role: Words.Role.Label
        color: Theme.sceneInk
        lineHeight: 1.08
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

        Row {
            x: root.margin
            height: parent.height
            spacing: 16

            PictureIcon {
                anchors.verticalCenter: parent.verticalCenter
                name: "calendar-blank"
                weight: "duotone"
                tint: Theme.indigo
                size: 32
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: Theme.begin(root.shell.todayText)
                role: Words.Role.Label
                font.pixelSize: Theme.helpSize
            }

            VoiceMark {
                objectName: "voiceMark"
                anchors.verticalCenter: parent.verticalCenter
                mark: root.shell.voice.mark
            }

            Pill {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.shell.fakeDevices
                text: qsTr("Máy thử")
            }
        }

        NeutralButton {
            objectName: "callButton"
            anchors.verticalCenter: parent.verticalCenter
            x: Theme.columnX + Theme.columnWidth - width
            text: qsTr("Gọi cán bộ")
            iconName: "phone-call"
            iconWeight: "fill"
            iconInk: Theme.amberInk
            fill: Theme.turmericTint
            edgeColor: Theme.amberInk
            onTapped: root.shell.callStaff()
        }

        ListenButton {
            objectName: "listenButton"
            anchors.verticalCenter: parent.verticalCenter
            x: Theme.columnX + Theme.columnWidth - 400
            reading: root.shell.voice.speaking
            onTapped: root.shell.voice.replay([qsTr("Chạm vào đây") + ". " + qsTr("Làm giấy tờ, xem hồ sơ.\nKhông mất tiền.")])
        }
    }

    CaptionStrip {
        y: root.barTop - height
        caption: root.shell.captionText
        silent: root.shell.captionSilent
        onTapped: root.shell.listen("")
    }
}
