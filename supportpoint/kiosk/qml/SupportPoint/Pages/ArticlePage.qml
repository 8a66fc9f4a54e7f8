pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K23: one article. The lit sentence goes on by touch, and by itself where a voice reads.
PageFrame {
    id: root

    required property ArticleViewModel article

    readonly property int leftWidth: Theme.isLarge ? 560 : 480
    readonly property int stateHeight: Theme.textLarge ? 88 : 40
    readonly property int sourceHeight: Theme.textLarge ? 104 : 80
    readonly property int perPage: Theme.isLarge ? (Theme.textLarge ? 5 : 6) : (Theme.textLarge ? 3 : 4)
    readonly property bool atEnd: article.sentenceIndex + 1 >= article.sentenceCount

    objectName: "page_article"
    title: article.title
    help: article.isHalf ? qsTr("Bài này chỉ có tiếng Việt.") : [article.topic, qsTr("Đọc %1 phút").arg(article.minutes)].filter(text => text !== "").join(" · ")
    barTitle: qsTr("Tin, học hỏi")
    primaryText: qsTr("Bài sau")
    primaryFilled: atEnd
    primaryVisible: article.articleCount > 1
    onBack: navigator.back()
    onPrimary: article.nextArticle()
    onPerPageChanged: article.setPerPage(perPage)
    Component.onCompleted: article.setPerPage(perPage)

    headExtra: root.article.verified && !root.article.hasVoice ? null : beside

    actions: [
        Words {
            x: (Theme.backWidth + Theme.columnWidth - Theme.primaryWidth - width) / 2
            height: Theme.buttonHeight
            visible: root.article.articleCount > 1
            text: qsTr("Bài %1/%2").arg(root.article.articleIndex + 1).arg(root.article.articleCount)
            role: Words.Role.Label
            wrapMode: Text.NoWrap
        }
    ]

    Component {
        id: beside

        Row {
            spacing: 12

            Pill {
                objectName: "unverifiedMark"
                anchors.verticalCenter: parent.verticalCenter
                visible: !root.article.verified
                text: qsTr("Chưa ai kiểm lại")
                iconName: "warning-circle"
                iconInk: Theme.amberInk
                tint: Theme.turmericTint
                textSize: Theme.textLarge ? 28 : 24
            }

            NeutralButton {
                objectName: "slowButton"
                visible: root.article.hasVoice
                height: 64
                sidePadding: 16
                text: root.shell.voice.slow ? qsTr("Đọc thường") : qsTr("Đọc chậm")
                textSize: Theme.textLarge ? 28 : 24
                onTapped: root.shell.voice.toggleSlow()
            }
        }
    }

    Rectangle {
        id: picture
        width: root.leftWidth
        height: root.body.height - controls.height - root.stateHeight - 2 * 12
        radius: Theme.radiusCard
        color: Theme.artGround

        Drawing {
            anchors.centerIn: parent
            width: parent.width - 48
            height: parent.height - 32
            name: root.article.art
        }
    }

    Row {
        id: controls
        y: picture.height + 12
        spacing: 16

        StackedButton {
            objectName: "previousSentenceButton"
            width: (root.leftWidth - 96 - 32) / 2
            text: qsTr("Câu trước")
            iconName: "caret-left"
            enabled: root.article.sentenceIndex > 0
            onTapped: root.article.light(root.article.sentenceIndex - 1)
        }

        PlayButton {
            objectName: "playButton"
            subject: root.article.title
            playing: root.article.playing
            enabled: root.article.hasVoice
            onTapped: root.article.togglePlay()
        }

        StackedButton {
            objectName: "nextSentenceButton"
            width: (root.leftWidth - 96 - 32) / 2
            text: qsTr("Câu sau")
            iconName: "caret-right"
            enabled: !root.atEnd
            onTapped: root.article.light(root.article.sentenceIndex + 1)
        }
    }

    Words {
        objectName: "voiceState"
        y: controls.y + controls.height + 12
        width: root.leftWidth
        height: root.stateHeight
        text: [qsTr("Câu %1/%2").arg(root.article.sentenceIndex + 1).arg(root.article.sentenceCount), root.article.hasVoice ? "" : qsTr("Chưa có giọng đọc.")].filter(text => text !== "").join(Theme.textLarge ? "\n" : " · ")
        role: Words.Role.Help
        horizontalAlignment: Text.AlignHCenter
        maximumLineCount: 2
    }

    Rectangle {
        id: panel
        x: root.leftWidth + Theme.gap + 8
        width: root.body.width - x
        height: root.body.height
        radius: Theme.radiusCard
        color: Theme.surface
        border.width: Theme.edge
        border.color: Theme.hair

        readonly property real rowHeight: (height - root.sourceHeight - 16 - 12 * root.perPage) / root.perPage

        Repeater {
            model: root.article.sentences

            SentenceRow {
                required property var modelData
                required property int index

                objectName: "sentence_" + modelData.index
                x: 12
                y: Math.round(14 + index * (panel.rowHeight + 12))
                width: panel.width - 24
                height: Math.floor(panel.rowHeight)
                text: modelData.text
                stage: modelData.state
                onTapped: root.article.readFrom(modelData.index)
            }
        }

        Rectangle {
            x: 24
            y: parent.height - root.sourceHeight - 6
            width: parent.width - 48
            height: 2
            color: Theme.hair
        }

        Words {
            objectName: "sourceLine"
            x: 32
            y: parent.height - height - 10
            width: parent.width - 56
            height: root.sourceHeight - 14
            text: qsTr("Nguồn: %1. Máy ghi tháng %2.").arg(root.article.source).arg(root.article.asOf)
            role: Words.Role.Help
            maximumLineCount: 3
            lineHeight: 0.95
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
        }
    }
}
