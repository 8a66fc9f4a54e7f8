import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K03: six cards whose places never change.
PageFrame {
    id: root

    required property HomeViewModel home

    objectName: "page_home"
    title: qsTr("Bà con cần làm gì?")
    help: qsTr("Chạm vào một hình.")
    ending: true
    barTitle: shell.pointName
    barPart: shell.communeName
    backVisible: false
    primaryVisible: false
    spokenRows: grid.cards.map(card => card.label)

    function nameOf(id: string): string {
        switch (id) {
        case "papers":
            return qsTr("Làm giấy tờ");
        case "sell":
            return qsTr("Bán hàng");
        case "law":
            return qsTr("Hỏi luật");
        case "say":
            return qsTr("Góp ý");
        case "learn":
            return qsTr("Tin, học hỏi");
        case "mine":
            return qsTr("Xem hồ sơ");
        default:
            return id;
        }
    }

    actions: [
        NeutralButton {
            objectName: "textSizeButton"
            height: Theme.buttonHeight
            width: Theme.textLarge ? 260 : 204
            text: Theme.textLarge ? qsTr("Chữ vừa") : qsTr("Chữ to")
            iconName: "text-aa"
            iconWeight: "bold"
            onTapped: root.shell.toggleTextLarge()
        },
        WordButton {
            objectName: "resumeButton"
            visible: root.home.hasDraft
            anchors.right: parent?.right
            height: Theme.buttonHeight
            width: Theme.primaryWidth
            text: qsTr("Làm tiếp việc đang dở")
            iconName: "arrow-u-up-right"
            iconInk: Theme.amberInk
            fill: Theme.turmericTint
            fillPressed: Theme.turmeric
            edgeColor: Theme.amberInk
            onTapped: root.home.resume()
        }
    ]

    CardGrid {
        id: grid
        anchors.fill: parent
        speaking: root.shell.voice.line
        cards: root.home.cards.map(card => ({
            value: card.id,
            label: root.nameOf(card.id),
            art: card.art,
            soon: !card.enabled,
            sub: card.enabled ? "" : qsTr("Sắp có")
        }))
        onPicked: id => {
            if (root.home.cards.find(card => card.id === id)?.enabled)
                root.home.open(id);
            else
                root.shell.notice(qsTr("Mục này chưa mở. Mời bà con quay lại sau."));
        }
        onListened: label => root.shell.listen(label)
    }
}
