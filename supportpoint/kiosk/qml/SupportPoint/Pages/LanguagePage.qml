pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Ui

// K02: which language is easiest. A tap chooses, the same row again or «Tiếp tục» goes in.
PageFrame {
    id: root

    readonly property int languageCount: shell.languages.length
    readonly property int noteHeight: languageCount < 4 ? Theme.gap + (Theme.isLarge ? 180 : 144) : 0
    readonly property int columns: Theme.isLarge && languageCount >= 4 ? 2 : 1
    readonly property int rows: Math.ceil(languageCount / columns)
    readonly property int between: languageCount > 4 ? 12 : 16
    readonly property int tallest: columns === 2 ? 260 : (Theme.isLarge ? 140 : 100)
    readonly property int rowHeight: Math.min(tallest, Math.floor((Theme.bodyHeight - noteHeight - between * (rows - 1)) / rows))

    objectName: "page_language"
    title: qsTr("Nghe tiếng nào dễ nhất?")
    help: qsTr("Chạm để chọn. Chạm lần nữa để vào.")
    barTitle: ""
    backVisible: false
    onPrimary: shell.enter()

    headExtra: Component {
        VoiceSettings {
            volume: root.shell.voice.volume
            volumeCount: root.shell.voice.volumeCount
            muted: root.shell.voice.muted
            onSofter: {
                root.shell.voice.softer();
                root.shell.listen(root.title);
            }
            onLouder: {
                root.shell.voice.louder();
                root.shell.listen(root.title);
            }
            onMute: root.shell.voice.toggleMute()
        }
    }

    actions: [
        NeutralButton {
            objectName: "textSizeButton"
            height: Theme.buttonHeight
            width: Theme.textLarge ? 300 : 220
            text: Theme.textLarge ? qsTr("Chữ vừa") : qsTr("Chữ to")
            iconName: "text-aa"
            iconWeight: "bold"
            onTapped: root.shell.toggleTextLarge()
        },
        NeutralButton {
            objectName: "contrastButton"
            x: Theme.textLarge ? 316 : 236
            height: Theme.buttonHeight
            width: Theme.textLarge ? 300 : 260
            text: Theme.highContrast ? qsTr("Màu thường") : qsTr("Đậm màu")
            iconName: "circle-half"
            onTapped: root.shell.toggleContrast()
        }
    ]

    Grid {
        width: parent.width
        columns: root.columns
        spacing: root.between

        Repeater {
            model: root.shell.languages

            LanguageRow {
                id: row
                required property var modelData

                objectName: "language_" + modelData.code
                width: Math.floor((root.body.width - root.between * (root.columns - 1)) / root.columns)
                height: root.rowHeight
                name: modelData.name
                ownName: modelData.native
                hasVoice: modelData.hasVoice
                coverage: modelData.coverage
                chosen: modelData.code === root.shell.language
                onTapped: {
                    if (chosen)
                        root.shell.enter();
                    else
                        choose();
                }
                onListen: root.shell.voice.greet(modelData.code, modelData.native)

                function choose() {
                    const code = modelData.code;
                    const native = modelData.hasVoice ? modelData.native : "";
                    // The rows are made anew in the other language, and this one is gone.
                    const shell = root.shell;
                    shell.setLanguage(code);
                    if (native !== "")
                        shell.voice.greet(code, native);
                }
            }
        }
    }

    Panel {
        visible: root.noteHeight > 0
        y: parent.height - height
        width: parent.width
        height: root.noteHeight - Theme.gap

        Rectangle {
            x: 2
            y: 2
            width: 230
            height: parent.height - 4
            topLeftRadius: Theme.radiusCard - 2
            bottomLeftRadius: Theme.radiusCard - 2
            color: Theme.artGround

            PictureIcon {
                anchors.centerIn: parent
                name: "translate"
                weight: "duotone"
                tint: Theme.sceneIndigo
                size: 88
            }
        }

        Column {
            x: 264
            width: parent.width - x - 32
            anchors.verticalCenter: parent.verticalCenter
            spacing: 2

            Words {
                width: parent.width
                text: qsTr("Tiếng khác sẽ có thêm sau.")
                role: Words.Role.Label
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 24
            }

            Words {
                width: parent.width
                text: qsTr("Cần tiếng khác, mời gọi cán bộ.")
                role: Words.Role.Help
            }
        }
    }
}
