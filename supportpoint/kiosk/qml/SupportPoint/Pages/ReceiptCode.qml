import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// The code as large as the page allows, for the camera of a phone; the letters beside it for a pencil.
Panel {
    id: root

    required property ReceiptViewModel receipt

    readonly property var groups: receipt.secretText.split("-")

    QrCode {
        id: qr
        objectName: "largeQr"
        x: 12
        y: 12
        width: height
        height: parent.height - 24
        text: root.receipt.qrText
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("Mã vuông của giấy hẹn")
    }

    Column {
        x: qr.width + 32
        width: parent.width - x - 32
        anchors.verticalCenter: parent.verticalCenter
        spacing: 8

        Words {
            text: qsTr("Mã hồ sơ, để nói với cán bộ")
            role: Words.Role.Help
            width: parent.width
        }

        Words {
            width: parent.width
            text: root.receipt.caseNumber
            role: Words.Role.Display
            font.features: {"tnum": 1}
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 32
        }

        Item {
            width: 1
            height: 16
        }

        Words {
            text: qsTr("Mã kín, để xem kết quả")
            role: Words.Role.Help
            width: parent.width
        }

        Repeater {
            model: [root.groups.slice(0, 4).join("-"), root.groups.slice(4).join("-")]

            Words {
                required property string modelData
                width: parent.width
                text: modelData
                role: Words.Role.List
                font.features: {"tnum": 1}
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 28
            }
        }
    }
}
