import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K04: the services of a section, no folders. Only what is installed is shown.
PageFrame {
    id: root

    required property ServicesViewModel services

    readonly property bool roomy: Theme.isLarge && !Theme.textLarge
    readonly property int perPage: roomy ? 12 : (Theme.textLarge && !Theme.isLarge ? 4 : 6)
    readonly property string pausedWords: qsTr("Tạm dừng. Hỏi cán bộ.")
    readonly property int shown: services.items.length

    objectName: "page_services"
    title: titleOf(services.section)
    help: services.section === "staff" ? qsTr("Phần này để cán bộ làm.") : (shown > 0 ? qsTr("Chạm vào một hình.") : "")
    barTitle: barTitleOf(services.section)
    primaryVisible: false
    spokenRows: grid.cards.map(card => card.label)
    onBack: services.back()
    // The text size is chosen on another page, so that this is asked once.
    Component.onCompleted: services.setPerPage(perPage)

    // Cards keep their places from page to page; a short list that fits one page is drawn larger.
    function columnsFor(count: int, pages: int): int {
        if (perPage === 4 || (pages === 1 && (count === 2 || count === 4)))
            return pages > 1 || count !== 3 ? 2 : 3;
        return roomy && (count > 6 || pages > 1) ? 4 : 3;
    }

    function rowsFor(count: int, pages: int): int {
        return pages > 1 ? perPage / columnsFor(count, pages) : Math.max(1, Math.ceil(count / columnsFor(count, pages)));
    }

    function titleOf(section: string): string {
        switch (section) {
        case "sell":
            return qsTr("Bà con bán hàng gì?");
        case "law":
            return qsTr("Bà con cần hỏi gì?");
        case "staff":
            return qsTr("Việc của cán bộ");
        default:
            return qsTr("Bà con làm giấy tờ gì?");
        }
    }

    function barTitleOf(section: string): string {
        switch (section) {
        case "sell":
            return qsTr("Bán hàng");
        case "law":
            return qsTr("Việc riêng");
        default:
            return qsTr("Làm giấy tờ");
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
        id: grid
        anchors.fill: parent
        speaking: root.shell.voice.line
        columns: root.columnsFor(root.shown, root.services.pageCount)
        rows: root.rowsFor(root.shown, root.services.pageCount)
        cards: root.services.items.map(item => ({
            value: item.id,
            label: item.title !== "" ? item.title : qsTr("Việc của cán bộ"),
            art: item.art,
            soon: item.suspended,
            sub: item.suspended ? root.pausedWords : ""
        }))
        onPicked: id => {
            if (root.services.items.find(item => item.id === id)?.suspended)
                root.shell.listen(root.pausedWords);
            else
                root.services.open(id);
        }
        onListened: label => root.shell.listen(label)
    }

    NoteStrip {
        objectName: "noServices"
        visible: root.shown === 0
        width: parent.width
        height: 120
        message: qsTr("Chưa có việc nào ở đây. Mời gọi cán bộ.")
    }
}
