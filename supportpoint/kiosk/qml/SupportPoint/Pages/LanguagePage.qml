pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Ui

// K02: which language is easiest. A tap chooses, the same row again or «Tiếp tục» goes in.
PageFrame {
    id: root

    readonly property int rowHeight: Math.min(Theme.isLarge ? 150 : 104,
                                              Math.floor((Theme.bodyHeight - 16 * (shell.languages.length - 1)) / shell.languages.length))

    objectName: "page_language"
    title: qsTr("Nghe tiếng nào dễ nhất?")
    help: qsTr("Chạm để chọn. Chạm lần nữa để vào.")
    barTitle: ""
    backVisible: false
    onPrimary: shell.enter()

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

    Column {
        width: parent.width
        spacing: 16

        Repeater {
            model: root.shell.languages

            LanguageRow {
                id: row
                required property var modelData

                objectName: "language_" + modelData.code
                width: root.body.width
                height: root.rowHeight
                name: modelData.name
                ownName: modelData.native
                hasVoice: modelData.hasVoice
                chosen: modelData.code === root.shell.language
                onTapped: {
                    if (chosen)
                        root.shell.enter();
                    else
                        root.shell.setLanguage(modelData.code);
                }
                onListen: root.shell.listen(row.modelData.native !== "" ? row.modelData.native : row.modelData.name)
            }
        }
    }
}
