pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// The glass at its four corners, where a panel fails first. It has no frame: the bars lie where the corners are.
FocusScope {
    id: root

    required property ShellViewModel shell
    required property Navigator navigator
    required property DevicesViewModel devices

    readonly property var touched: devices.look.touched ?? []
    readonly property bool all: touched.length === 4

    objectName: "page_device"

    Rectangle {
        anchors.fill: parent
        color: Theme.paper
    }

    Repeater {
        model: ["topLeft", "topRight", "bottomLeft", "bottomRight"]

        TapArea {
            id: corner
            required property string modelData
            required property int index
            readonly property bool done: root.touched.indexOf(modelData) >= 0

            objectName: "act_" + modelData
            x: index % 2 === 0 ? 24 : root.width - width - 24
            y: index < 2 ? 24 : root.height - height - 24
            width: 136
            height: 136
            text: qsTr("Góc %1").arg(index + 1)
            onTapped: root.devices.act(modelData)

            background: Rectangle {
                radius: 68
                color: corner.done ? Theme.leaf : (corner.down ? Theme.indigoTint : Theme.surface)
                border.width: 4
                border.color: corner.done ? Theme.leaf : Theme.indigo
            }

            contentItem: Item {
                PictureIcon {
                    anchors.centerIn: parent
                    name: corner.done ? "check" : "hand-tap"
                    weight: corner.done ? "bold" : "fill"
                    tint: corner.done ? Theme.leafInk : Theme.indigo
                    size: 64
                }
            }
        }
    }

    Column {
        anchors.centerIn: parent
        width: Math.min(720, parent.width - 400)
        spacing: 24

        Drawing {
            anchors.horizontalCenter: parent.horizontalCenter
            name: "touch"
            width: 320
            height: 180
        }

        Words {
            objectName: "deviceVerdict"
            width: parent.width
            text: root.all ? qsTr("Màn hình chạm tốt") : qsTr("Chạm vào bốn góc, còn %1").arg(4 - root.touched.length)
            role: Words.Role.Title
            horizontalAlignment: Text.AlignHCenter
            maximumLineCount: 2
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
        }

        SecondaryButton {
            objectName: "listButton"
            anchors.horizontalCenter: parent.horizontalCenter
            width: 360
            text: qsTr("Danh sách")
            iconName: "arrow-left"
            onTapped: root.navigator.leave()
        }
    }
}
