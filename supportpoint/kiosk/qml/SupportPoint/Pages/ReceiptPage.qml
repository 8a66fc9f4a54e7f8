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

    readonly property string printState: receipt.printState
    readonly property bool hasPrinter: printState !== "none"
    // Until the slip is in somebody's hand, printing it is the one filled button.
    readonly property bool printFirst: printState === "ready" && !receipt.photographed
    property bool showingCode: false

    objectName: "page_receipt"
    title: showingCode ? qsTr("Đưa điện thoại chụp mã này") : qsTr("Xong rồi. Đã nhận việc của bà con.")
    help: showingCode ? qsTr("Không có điện thoại thì chép mã ra giấy.") : ""
    spoken: [title, help, showingCode || !slip.warns ? "" : slip.printWords].filter(words => words !== "").join(" ")
    spokenRows: showingCode ? [] : receipt.steps.map(step => stepWords(step))
    headVisible: showingCode
    coverable: receipt.isPrivate
    barTitle: ""
    backVisible: showingCode
    primaryText: showingCode ? qsTr("Chụp xong rồi") : qsTr("Xong, về đầu")
    primaryIcon: showingCode ? "check" : "house-line"
    primaryIconWeight: showingCode ? "bold" : "fill"
    primaryFilled: showingCode || !printFirst && printState !== "printing"
    onBack: showingCode = false
    onPrimary: {
        if (!showingCode) {
            receipt.finish();
            return;
        }
        receipt.photograph();
        showingCode = false;
    }

    function stepTitle(id: string): string {
        switch (id) {
        case "queued":
            return qsTr("Máy gửi khi có mạng");
        case "sent":
            return qsTr("Máy đã gửi đi");
        case "looked":
            return receipt.isPrivate ? qsTr("Chỉ nơi nhận mới xem được") : qsTr("Nơi nhận: %1").arg(Receivers.nameOf(receipt.route, shell.communeName));
        case "result":
            if (receipt.isPrivate)
                return qsTr("Quay lại đây xem kết quả");
            return receipt.addsTo !== "" ? qsTr("Giữ cả giấy hẹn cũ") : qsTr("Có kết quả, mời đến lấy");
        default:
            return id;
        }
    }

    function stepSub(id: string): string {
        switch (id) {
        case "queued":
            return qsTr("Bà con không phải chờ ở đây");
        case "sent":
            return qsTr("Bà con không phải gửi lại");
        case "looked":
            return receipt.missingPapers.length > 0 && !receipt.isPrivate ? qsTr("Còn thiếu: %1").arg(receipt.missingPapers.join(", ")) : qsTr("Thiếu gì, cán bộ sẽ báo một lần");
        case "result":
            return receipt.addsTo !== "" ? qsTr("Xem kết quả bằng giấy hẹn cũ") : qsTr("Mang mã này theo");
        default:
            return "";
        }
    }

    function stepWords(step: var): string {
        const sub = step.sub !== "" ? step.sub : stepSub(step.id);
        return stepTitle(step.id) + (sub !== "" ? ". " + sub : "");
    }

    function printWords(): string {
        switch (printState) {
        case "printing":
            return qsTr("Đang in");
        case "printed":
        case "paperOut":
        case "failed":
            return qsTr("In lại");
        default:
            return qsTr("In giấy hẹn");
        }
    }

    actions: [
        WordButton {
            objectName: "printButton"
            visible: root.hasPrinter && !root.showingCode
            height: Theme.buttonHeight
            width: Theme.textLarge ? 304 : Theme.backWidth
            sidePadding: 16
            enabled: root.printState !== "printing"
            fill: root.printFirst ? Theme.indigo : Theme.surface
            fillPressed: root.printFirst ? Theme.indigoDeep : Theme.indigoTint
            edgeColor: Theme.indigo
            ink: root.printFirst ? Theme.indigoInk : Theme.indigo
            text: root.printWords()
            iconName: "printer"
            iconWeight: "fill"
            onTapped: root.receipt.printSlip()
        },
        NeutralButton {
            objectName: "photographButton"
            visible: !root.showingCode
            x: root.hasPrinter ? (Theme.textLarge ? 320 : Theme.backWidth + 24) : 0
            width: Theme.columnWidth - Theme.primaryWidth - 24 - (Theme.textLarge ? 320 : Theme.backWidth + 24)
            height: Theme.buttonHeight
            sidePadding: 16
            text: qsTr("Chụp bằng điện thoại")
            iconName: root.receipt.photographed ? "check-circle" : "device-mobile-camera"
            iconWeight: root.receipt.photographed ? "fill" : "duotone"
            iconInk: root.receipt.photographed ? Theme.leaf : ink
            onTapped: root.showingCode = true
        }
    ]

    ReceiptCode {
        visible: root.showingCode
        anchors.fill: parent
        receipt: root.receipt
    }

    ReceiptBanner {
        visible: !root.showingCode
        y: root.air - Theme.headHeight
        width: parent.width
        height: root.bannerHeight
        air: root.air
        sent: root.receipt.sent
        addsTo: root.receipt.addsTo
        reading: root.shell.voice.reading
        onListen: root.shell.voice.replay([root.spoken, ...root.spokenRows])
    }

    Panel {
        id: next
        visible: !root.showingCode
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
                waiting: modelData.id === "queued"
                done: modelData.id === "sent"
                speaking: root.shell.voice.line === root.stepWords(modelData)
            }
        }
    }

    ReceiptSlip {
        id: slip
        onPrintWordsChanged: root.shell.voice.alert(printWords)
        visible: !root.showingCode
        x: next.width + 16
        y: next.y
        width: parent.width - x
        height: next.height
        receipt: root.receipt
    }
}
