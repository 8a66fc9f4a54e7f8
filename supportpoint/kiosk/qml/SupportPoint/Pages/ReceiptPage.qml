pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K15: unmistakably finished. The code to keep, what happens next.
PageFrame {
    id: root

    required property ReceiptViewModel receipt

    readonly property int air: Theme.isLarge ? 24 : 16
    readonly property int bannerHeight: 144
    readonly property int rest: bannerHeight + 16
    readonly property real wholeHeight: height - Theme.topHeight - Theme.actionHeight - air - (Theme.isLarge ? 32 : 16)

    objectName: "page_receipt"
    title: qsTr("Xong rồi. Đã nhận việc của bà con.")
    headVisible: false
    barTitle: ""
    backVisible: false
    primaryText: qsTr("Xong, về đầu")
    primaryIcon: "house-line"
    primaryIconWeight: "fill"
    onPrimary: receipt.finish()

    function stepTitle(id: string): string {
        switch (id) {
        case "queued":
            return qsTr("Máy gửi khi có mạng");
        case "looked":
            return qsTr("Nơi nhận: %1").arg(Receivers.nameOf(receipt.route, shell.communeName));
        case "result":
            return receipt.addsTo !== "" ? qsTr("Giữ cả giấy hẹn cũ") : qsTr("Có kết quả, mời đến lấy");
        default:
            return id;
        }
    }

    function stepSub(id: string): string {
        switch (id) {
        case "queued":
            return qsTr("Bà con không phải chờ ở đây");
        case "looked":
            return receipt.missingPapers.length > 0 ? qsTr("Còn thiếu: %1").arg(receipt.missingPapers.join(", ")) : qsTr("Thiếu gì, cán bộ sẽ báo một lần");
        case "result":
            return receipt.addsTo !== "" ? qsTr("Xem kết quả bằng giấy hẹn cũ") : qsTr("Mang mã này theo");
        default:
            return "";
        }
    }

    actions: [
        NeutralButton {
            objectName: "printButton"
            height: Theme.buttonHeight
            width: Theme.textLarge ? 320 : 280
            enabled: false
            text: qsTr("In giấy hẹn")
            iconName: "printer"
            iconWeight: "fill"
        },
        Words {
            x: Theme.textLarge ? 344 : 304
            width: parent ? parent.width - x - Theme.primaryWidth - 24 : 0
            height: parent?.height ?? 0
            text: qsTr("Chưa có máy in. Mời chụp mã này.")
            role: Words.Role.Help
            maximumLineCount: 3
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
        }
    ]

    ReceiptBanner {
        y: root.air - Theme.headHeight
        width: parent.width
        height: root.bannerHeight
        sent: root.receipt.sent
        addsTo: root.receipt.addsTo
        reading: root.shell.voice.reading
        onListen: root.shell.voice.replay([root.spoken, ...root.receipt.steps.map(step => root.stepTitle(step.id))])
    }

    Panel {
        id: next
        y: root.air - Theme.headHeight + root.rest
        width: Math.round(parent.width * 0.52)
        height: root.wholeHeight - root.rest

        Repeater {
            model: root.receipt.steps

            NumberedStep {
                required property var modelData
                required property int index

                x: 32
                y: 20 + index * (next.height - 40) / root.receipt.steps.length
                width: next.width - 56
                height: (next.height - 40) / root.receipt.steps.length
                number: index + 1
                heading: root.stepTitle(modelData.id)
                note: modelData.sub !== "" ? modelData.sub : root.stepSub(modelData.id)
                waiting: index === 0 && !root.receipt.sent
            }
        }
    }

    ReceiptSlip {
        x: next.width + 16
        y: next.y
        width: parent.width - x
        height: next.height
        receipt: root.receipt
    }
}
