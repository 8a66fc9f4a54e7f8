pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K22: short articles by topic. Everything here is on this machine.
PageFrame {
    id: root

    required property LearnViewModel learn

    readonly property list<var> items: learn.items
    readonly property int tileColumns: Theme.isLarge && !Theme.textLarge ? 4 : 3
    readonly property int tiles: 2 * tileColumns
    readonly property int chips: (Theme.textLarge ? 3 : 4) + (Theme.isLarge ? 1 : 0)
    readonly property bool turnsTopics: learn.topicPages > 1
    readonly property int chipHeight: Theme.textLarge ? 84 : 72
    readonly property int turnerWidth: turnsTopics ? turner.width + 12 : 0
    readonly property real chipWidth: (body.width - turnerWidth - (chips - 1) * 12) / chips
    readonly property real tileWidth: (body.width - (tileColumns - 1) * Theme.gap) / tileColumns
    readonly property real tileHeight: (body.height - chipHeight - 2 * Theme.gap) / 2

    objectName: "page_shelf"
    title: qsTr("Bà con muốn xem gì?")
    help: learn.hasArticles ? qsTr("Chạm vào một bài.") : ""
    barTitle: qsTr("Tin, học hỏi")
    primaryVisible: false
    spokenRows: items.map(item => item.title)
    onBack: navigator.back()
    onTilesChanged: learn.setRoom(tiles, chips)
    onChipsChanged: learn.setRoom(tiles, chips)
    Component.onCompleted: learn.setRoom(tiles, chips)

    actions: [
        PageTurner {
            anchors.right: parent?.right
            visible: root.learn.pageCount > 1
            pageIndex: root.learn.pageIndex
            pageCount: root.learn.pageCount
            onPrevious: root.learn.turn(-1)
            onNext: root.learn.turn(1)
        }
    ]

    Repeater {
        model: root.learn.hasArticles ? root.learn.topics : []

        TopicChip {
            required property var modelData
            required property int index

            objectName: "topic_" + (modelData.id === "" ? "all" : modelData.id)
            x: Math.round(index * (root.chipWidth + 12))
            width: Math.floor(root.chipWidth)
            height: root.chipHeight
            text: modelData.id === "" ? qsTr("Tất cả") : modelData.name
            art: modelData.art
            chosen: modelData.chosen
            onTapped: root.learn.choose(modelData.id)
        }
    }

    // After the last topics come the first ones again: one button, no second way back.
    StackedButton {
        id: turner
        objectName: "nextTopicsButton"
        visible: root.turnsTopics
        x: root.body.width - width
        width: Theme.textLarge ? 192 : 156
        height: root.chipHeight
        text: qsTr("Mục khác")
        iconSize: 24
        iconName: "caret-right"
        onTapped: root.learn.turnTopics(root.learn.topicPage < root.learn.topicPages - 1 ? 1 : -root.learn.topicPage)
    }

    Repeater {
        model: root.items

        ArticleTile {
            id: tile
            required property var modelData
            required property int index

            objectName: "article_" + modelData.id
            x: Math.round((index % root.tileColumns) * (root.tileWidth + Theme.gap))
            y: Math.round(root.chipHeight + Theme.gap + Math.floor(index / root.tileColumns) * (root.tileHeight + Theme.gap))
            width: Math.floor(root.tileWidth)
            height: Math.floor(root.tileHeight)
            tall: Theme.isLarge && !Theme.textLarge
            text: modelData.title
            art: modelData.art
            note: modelData.missing ? qsTr("Chỉ có tiếng Việt") : qsTr("Đọc %1 phút").arg(modelData.minutes)
            isNew: modelData.isNew
            speaking: root.shell.voice.line === text
            onTapped: root.learn.open(modelData.id)
            onListen: root.shell.listen(text)
        }
    }

    NoteStrip {
        objectName: "noArticles"
        visible: root.items.length === 0
        y: root.learn.hasArticles ? root.chipHeight + Theme.gap : 0
        width: parent.width
        height: 120
        message: qsTr("Chưa có bài mới. Mời quay lại sau.")
    }
}
