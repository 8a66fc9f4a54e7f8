pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K21a: which way to speak up, in plain words, and who receives it. It only opens forms.
PageFrame {
    id: root

    required property ServicesViewModel services

    readonly property bool fewer: Theme.textLarge && !Theme.isLarge
    readonly property int rows: fewer ? 2 : 3
    readonly property int between: fewer || Theme.isLarge ? 16 : 12
    readonly property real listHeight: body.height - strip.height - 16
    readonly property real cardHeight: (listHeight - (rows - 1) * between) / rows
    readonly property real cardWidth: (body.width - Theme.gap) / 2

    objectName: "page_triage"
    title: qsTr("Bà con muốn nói việc gì?")
    help: qsTr("Chạm vào một việc. Máy chưa gửi gì cả.")
    spoken: [title, help, coverWords].join(" ")
    barTitle: qsTr("Việc riêng")
    coverable: true
    primaryVisible: false
    spokenRows: services.items.map(item => spokenCard(item))
    onBack: services.back()
    onFewerChanged: services.setPerPage(2 * rows)
    Component.onCompleted: services.setPerPage(2 * rows)

    function nameOf(id: string, title: string): string {
        switch (id) {
        case "feedback-report":
            return qsTr("Báo việc chưa tốt hoặc góp ý");
        case "feedback-complaint":
            return qsTr("Không đồng ý quyết định");
        case "feedback-denunciation":
            return qsTr("Báo người làm sai, có ghi tên");
        case "feedback-tip":
            return qsTr("Báo tin, không ghi tên");
        case "supervision-works":
            return qsTr("Xem đường, cầu làm tốt không");
        case "supervision-support":
            return qsTr("Xem hỗ trợ có đủ không");
        default:
            return title;
        }
    }

    function reasonFor(id: string, suspended: bool): string {
        if (suspended)
            return qsTr("Tạm dừng. Hỏi cán bộ.");
        switch (id) {
        case "feedback-report":
            return qsTr("Đường hỏng, thiếu nước, việc chậm.");
        case "feedback-complaint":
            return qsTr("Xã hay tỉnh làm sai việc của mình.");
        case "feedback-denunciation":
            return qsTr("Tên của bà con được giữ kín.");
        case "feedback-tip":
            return qsTr("Biết việc sai, chưa muốn nói tên.");
        case "supervision-works":
            return qsTr("Đường, cầu, trường, nước đang làm.");
        case "supervision-support":
            return qsTr("Trâu bò, giống, dụng cụ, vốn vay.");
        default:
            return "";
        }
    }

    function spokenCard(item: var): string {
        const receiver = qsTr("Gửi %1").arg(Receivers.nameOf(item.route, shell.communeName));
        return [nameOf(item.id, item.title) + ".", reasonFor(item.id, item.suspended), receiver + "."].join(" ");
    }

    actions: [
        PageTurner {
            anchors.right: parent?.right
            visible: root.services.pageCount > 1
            pageIndex: root.services.pageIndex
            pageCount: root.services.pageCount
            onPrevious: root.services.previousPage()
            onNext: root.services.nextPage()
        }
    ]

    Repeater {
        model: root.services.items

        TopicCard {
            required property var modelData
            required property int index

            objectName: "card_" + modelData.id
            x: Math.round((index % 2) * (root.cardWidth + Theme.gap))
            y: Math.round(Math.floor(index / 2) * (root.cardHeight + root.between))
            width: Math.floor(root.cardWidth)
            height: Math.floor(root.cardHeight)
            art: modelData.art
            text: root.nameOf(modelData.id, modelData.title)
            enabled: !modelData.suspended
            reason: root.reasonFor(modelData.id, modelData.suspended)
            receiver: Receivers.nameOf(modelData.route, root.shell.communeName)
            onTapped: root.services.open(modelData.id)
            speaking: root.shell.voice.line === root.spokenCard(modelData)
            onListen: root.shell.listen(root.spokenCard(modelData))
        }
    }

    NoteStrip {
        visible: root.services.items.length === 0
        width: parent.width
        height: 96
        message: qsTr("Chưa có việc nào ở đây. Mời gọi cán bộ.")
    }

    EmergencyStrip {
        id: strip
        y: parent.height - height
        width: parent.width
        height: Theme.isLarge ? 88 : 72
        numbers: root.services.emergency
    }
}
