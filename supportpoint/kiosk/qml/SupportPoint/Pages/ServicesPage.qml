import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K04: services by life event, six a page, no folders.
PageFrame {
    id: root

    required property ServicesViewModel services

    objectName: "page_services"
    title: qsTr("Bà con làm giấy tờ gì?")
    help: qsTr("Chạm vào một hình.")
    barTitle: qsTr("Làm giấy tờ")
    primaryVisible: false
    onBack: navigator.back()

    function nameOf(id: string): string {
        switch (id) {
        case "death":
            return qsTr("Khai tử");
        case "marriage":
            return qsTr("Kết hôn");
        case "single":
            return qsTr("Xác nhận độc thân");
        case "temporary":
            return qsTr("Tạm trú");
        case "residence":
            return qsTr("Thường trú");
        case "poor":
            return qsTr("Hộ nghèo");
        case "allowance":
            return qsTr("Trợ cấp xã hội");
        case "health":
            return qsTr("Bảo hiểm y tế");
        case "land":
            return qsTr("Đất đai");
        case "certify":
            return qsTr("Chứng thực");
        default:
            return qsTr("Việc khác");
        }
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

    CardGrid {
        anchors.fill: parent
        cards: root.services.items.map(item => ({
            value: item.id,
            label: item.title !== "" ? item.title : root.nameOf(item.id),
            art: item.art,
            enabled: item.enabled,
            sub: item.enabled ? "" : qsTr("Tạm dừng. Hỏi cán bộ.")
        }))
        onPicked: id => root.services.open(id)
        onListened: label => root.shell.listen(label)
    }
}
