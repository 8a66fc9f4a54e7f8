import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// The part of the receipt to photograph or copy: code, number, the small secret.
Panel {
    id: root

    required property ReceiptViewModel receipt

    readonly property string printState: receipt.printState
    // What the printer did, or cannot do.
    readonly property string printWords: printState === "none" || printState === "ready" ? "" : footWords()
    readonly property bool warns: printState === "paperOut" || printState === "failed"
    readonly property bool roomy: Theme.isLarge || !Theme.textLarge
    readonly property int qrSize: Theme.isLarge ? 340 : 264

    function footWords(): string {
        switch (printState) {
        case "printing":
            return qsTr("Máy đang in giấy hẹn.");
        case "printed":
            return qsTr("In xong rồi. Mời lấy giấy hẹn.");
        case "paperOut":
            return qsTr("Máy in hết giấy. Mời chép hoặc chụp mã này.");
        case "failed":
            return qsTr("Chưa in được. Mời chép hoặc chụp mã này.");
        default:
            return receipt.addsTo !== "" ? qsTr("Mã này xem việc gửi thêm.") : qsTr("Mã kín. Gõ khi không quét được.");
        }
    }

    QrCode {
        id: qr
        objectName: "receiptQr"
        x: 20
        y: Math.round((root.height - foot.height - qr.height) / 2)
        width: root.qrSize
        height: root.qrSize
        text: root.receipt.qrText
        Accessible.role: Accessible.Graphic
        Accessible.name: qsTr("Mã vuông của giấy hẹn")
    }

    Column {
        id: facts
        x: qr.x + qr.width + 16
        width: parent.width - x - 16
        y: Math.max(12, Math.round((root.height - foot.height - facts.height) / 2))
        spacing: Theme.isLarge ? 12 : 2

        Words {
            visible: root.roomy
            text: qsTr("Mã hồ sơ, để nói")
            role: Words.Role.Help
        }

        Words {
            objectName: "caseNumber"
            width: parent.width
            text: root.receipt.caseNumber
            role: Words.Role.Code
            font.features: {"tnum": 1}
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 28
        }

        Words {
            width: parent.width
            visible: text !== ""
            text: root.receipt.serviceTitle
            role: Words.Role.Help
            maximumLineCount: Theme.isLarge ? 3 : 2
            height: Theme.isLarge ? implicitHeight : Math.min(implicitHeight, Theme.textLarge ? 86 : 62)
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
        }

        Words {
            width: parent.width
            visible: text !== ""
            text: root.receipt.personMasked
            role: Words.Role.Label
            maximumLineCount: 1
            elide: Text.ElideRight
        }

        Words {
            visible: root.roomy
            text: qsTr("Ngày nộp")
            role: Words.Role.Help
        }

        Words {
            width: parent.width
            text: Theme.begin(root.receipt.dayText)
            role: Words.Role.Label
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 24
            wrapMode: Text.NoWrap
        }
    }

    Rectangle {
        id: foot
        x: 2
        y: parent.height - height - 2
        width: parent.width - 4
        height: Theme.textLarge ? 132 : 104
        bottomLeftRadius: Theme.radiusCard - 2
        bottomRightRadius: Theme.radiusCard - 2
        color: root.warns ? Theme.turmericTint : (root.printState === "printed" ? Theme.leafTint : Theme.sunk)

        Column {
            anchors.centerIn: parent
            // A secret of wide letters takes 576 px.
            width: parent.width - 16

            Words {
                objectName: "printWords"
                width: parent.width
                height: Math.min(implicitHeight, Theme.textLarge ? 80 : 72)
                text: root.footWords()
                role: Words.Role.Label
                font.pixelSize: Theme.textLarge ? 34 : (root.warns ? Theme.helpSize : 26)
                horizontalAlignment: Text.AlignHCenter
                maximumLineCount: 2
                fontSizeMode: Text.Fit
                minimumPixelSize: 24
            }

            Words {
                objectName: "receiptSecret"
                width: parent.width
                text: root.receipt.secretText
                role: Words.Role.Help
                font.features: {"tnum": 1}
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 24
            }
        }
    }
}
