pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K19: tell it by voice. One round button; what was said is heard again before it is used.
PageFrame {
    id: root

    required property RecorderViewModel recorder

    readonly property bool recording: recorder.voiceState === "recording"
    readonly property bool counting: recorder.voiceState === "counting"
    readonly property bool kept: recorder.voiceState === "kept"
    readonly property bool noMicrophone: recorder.voiceState === "noMicrophone"
    readonly property bool resting: kept || recorder.voiceState === "ready"
    readonly property list<string> promptIcons: ["chat-circle-text", "calendar-blank", "users", "hand-heart"]
    readonly property list<string> usualPrompts: [qsTr("Việc gì?"), qsTr("Khi nào?"), qsTr("Với ai?"), qsTr("Muốn giúp gì?")]
    readonly property list<string> prompts: recorder.prompts.length > 0 ? recorder.prompts.slice(0, 4) : usualPrompts
    // Said at rest alone: while it records, a voice would be recorded with the person's own.
    readonly property string trouble: resting && ["silent", "short", "full", "lost", "failed"].includes(recorder.notice) ? noticeWords() : ""
    readonly property int promptWidth: Theme.isLarge ? 420 : 360
    readonly property int promptGap: 16
    readonly property string skipWords: recorder.canWrite ? qsTr("Gõ chữ") : qsTr("Không nói")
    property int told: 0

    objectName: "page_voice"
    title: recorder.title
    help: noMicrophone ? (recorder.canWrite ? qsTr("Máy thu tiếng chưa chạy. Ghi bằng chữ cũng được.") : qsTr("Máy thu tiếng chưa chạy. Mời làm tiếp.")) : recorder.hint
    spokenRows: prompts
    onTroubleChanged: shell.voice.alert(trouble)
    error: recorder.notice === "need" ? (recorder.canWrite ? qsTr("Mời nói, hoặc chạm Gõ chữ.") : qsTr("Mời nói, hoặc chạm Không nói.")) : ""
    barPart: shell.sectionCount > 0 ? qsTr("Phần %1/%2").arg(shell.sectionIndex + 1).arg(shell.sectionCount) : ""
    stonesVisible: true
    headExtra: recording || counting ? livePill : null
    primaryText: noMicrophone ? (recorder.canWrite ? qsTr("Gõ chữ") : qsTr("Tiếp tục")) : qsTr("Dùng lời này")
    primaryFilled: kept || noMicrophone
    primaryEnabled: !noMicrophone || recorder.canSkip
    onBack: navigator.back()
    onPrimary: {
        if (noMicrophone)
            recorder.skip();
        else
            recorder.keep();
    }

    function clock(seconds: int): string {
        return String(Math.floor(seconds / 60)).padStart(2, "0") + ":" + String(seconds % 60).padStart(2, "0");
    }

    function stateWords(): string {
        switch (recorder.voiceState) {
        case "counting":
            return qsTr("Chuẩn bị nói");
        case "recording":
            return qsTr("Đang ghi");
        case "saving":
            return qsTr("Chờ một chút");
        case "kept":
            return recorder.isPlaying ? qsTr("Đang phát lại") : qsTr("Đã ghi xong");
        case "noMicrophone":
            return qsTr("Máy chưa thu được tiếng");
        default:
            return qsTr("Chạm nút tròn rồi nói");
        }
    }

    function noticeWords(): string {
        if (noMicrophone)
            return qsTr("Cần giúp thì chạm Gọi cán bộ.");
        switch (recorder.notice) {
        case "soon":
        case "last":
            return qsTr("Còn 30 giây");
        case "soft":
            return qsTr("Đã được 3 phút. Nói thêm ngắn thôi nhé.");
        case "quiet":
            return qsTr("Bà con nói xong chưa?");
        case "silent":
            return qsTr("Chưa nghe thấy tiếng. Nói gần hơn.");
        case "short":
            return qsTr("Ngắn quá. Mời nói lại.");
        case "full":
            return qsTr("Đã đủ 5 phút. Lời nói được giữ lại.");
        case "lost":
            return qsTr("Máy thu tiếng vừa tắt. Mời nghe lại.");
        case "failed":
            return qsTr("Máy chưa ghi được. Mời nói lại.");
        case "unheard":
            return qsTr("Máy chưa có loa. Lời nói vẫn được giữ.");
        default:
            if (recorder.voiceState === "saving")
                return "";
            return recording ? qsTr("Chạm nút tròn khi nói xong") : (kept ? (recorder.isPlaying ? qsTr("Chạm nút để dừng.") : qsTr("Mời nghe lại trước khi dùng.")) : (counting ? qsTr("Nói sau khi đếm xong.") : qsTr("Máy đếm 3, 2, 1 rồi mới ghi.")));
        }
    }

    Component {
        id: livePill
        Pill {
            objectName: "microphoneLive"
            text: root.recorder.microphoneFake ? qsTr("Máy thu tiếng thử") : qsTr("Máy đang thu tiếng")
            iconName: "microphone"
            iconInk: Theme.madderInk
            ink: Theme.madderInk
            tint: Theme.madder
        }
    }

    Repeater {
        model: root.prompts.length

        PromptCard {
            required property int index

            objectName: "prompt_" + index
            y: index * (height + root.promptGap)
            width: root.promptWidth
            height: (root.body.height - 3 * root.promptGap) / 4
            text: root.prompts[index]
            iconName: root.promptIcons[index]
            current: root.told === index
            speaking: root.shell.voice.line === text
            // A voice would be recorded with the person's own.
            onTapped: {
                root.told = index;
                if (root.resting)
                    root.shell.listen(text);
            }
        }
    }

    Panel {
        id: panel

        x: root.promptWidth + 32
        width: root.body.width - x
        height: root.body.height

        readonly property int airY: Math.round((height - 464) / 2)

        Item {
            x: Math.round((parent.width - 552) / 2)
            y: panel.airY + 20
            width: 552
            height: 160

            RecordCircle {
                objectName: "recordButton"
                enabled: !root.noMicrophone && root.recorder.voiceState !== "saving"
                text: root.recording || root.counting ? qsTr("Dừng") : (root.kept ? (root.recorder.isPlaying ? qsTr("Dừng") : qsTr("Nghe lại")) : qsTr("Nói"))
                count: root.counting ? String(root.recorder.countdown) : ""
                iconName: root.recording ? "stop" : (root.kept ? (root.recorder.isPlaying ? "stop" : "play") : (root.noMicrophone ? "microphone-slash" : "microphone"))
                fill: root.kept ? Theme.teal : Theme.madder
                ink: root.kept ? Theme.paper : Theme.madderInk
                onTapped: {
                    if (root.kept)
                        root.recorder.replay();
                    else if (root.recording || root.counting)
                        root.recorder.finish();
                    else
                        root.recorder.begin();
                }
            }

            Column {
                x: 208
                width: parent.width - x
                anchors.verticalCenter: parent.verticalCenter
                spacing: 2

                Row {
                    spacing: 14

                    Rectangle {
                        visible: root.recording
                        anchors.verticalCenter: parent.verticalCenter
                        width: 22
                        height: 22
                        radius: 11
                        color: Theme.madder
                    }

                    Words {
                        width: Math.min(implicitWidth, root.recording ? 290 : 344)
                        text: root.stateWords()
                        role: Words.Role.Label
                        maximumLineCount: 2
                    }
                }

                Words {
                    objectName: "voiceTime"
                    visible: !root.noMicrophone
                    text: root.clock(root.recorder.seconds)
                    role: Words.Role.Display
                    font.features: ({
                            "tnum": 1
                        })
                }

                Words {
                    width: parent.width
                    visible: !Theme.textLarge && !root.noMicrophone && !root.recorder.isPlaying
                    text: root.recorder.voiceState === "saving" ? qsTr("Máy đang cất lời nói") : root.kept ? qsTr("Chạm nút để nghe lại") : qsTr("Nói được đến 3 phút")
                    role: Words.Role.Help
                    wrapMode: Text.NoWrap
                }
            }
        }

        SoundBars {
            anchors.horizontalCenter: parent.horizontalCenter
            y: panel.airY + 196
            levels: root.recorder.levels
            tint: root.recording ? Theme.madder : Theme.ink2
        }

        Words {
            objectName: "voiceNotice"
            x: 24
            y: panel.airY + 296
            width: parent.width - 48
            height: 64
            text: root.noticeWords()
            role: Words.Role.Label
            color: root.recorder.notice === "" ? Theme.ink : Theme.amberInk
            horizontalAlignment: Text.AlignHCenter
            maximumLineCount: 2
            fontSizeMode: Text.Fit
            minimumPixelSize: 24
        }

        Row {
            id: row

            readonly property int buttonWidth: Math.min(280, Math.floor((panel.width - 48 - 2 * spacing) / 3))

            anchors.horizontalCenter: parent.horizontalCenter
            y: panel.airY + 376
            spacing: 16

            NeutralButton {
                objectName: "againButton"
                width: row.buttonWidth
                height: 72
                enabled: root.kept
                sidePadding: 12
                text: qsTr("Ghi lại")
                iconName: "arrow-counter-clockwise"
                iconSize: 32
                onTapped: root.recorder.begin()
            }

            // Nobody appends while it records: the place is free for going on.
            SecondaryButton {
                id: carryOn

                objectName: "carryOnButton"
                visible: root.recording && root.recorder.notice === "quiet"
                width: row.buttonWidth
                height: 72
                sidePadding: 12
                text: qsTr("Nói tiếp")
                iconName: "microphone"
                iconWeight: "fill"
                iconSize: 32
                onTapped: root.recorder.carryOn()
            }

            NeutralButton {
                objectName: "appendButton"
                visible: !carryOn.visible
                width: row.buttonWidth
                height: 72
                enabled: root.kept
                sidePadding: 12
                text: qsTr("Ghi thêm")
                iconName: "plus"
                iconSize: 32
                onTapped: root.recorder.append()
            }

            SecondaryButton {
                objectName: "skipVoiceButton"
                visible: root.recorder.canSkip && !root.noMicrophone
                width: row.buttonWidth
                height: 72
                sidePadding: 12
                text: root.skipWords
                iconName: root.recorder.canWrite ? "keyboard" : "microphone-slash"
                iconWeight: "duotone"
                iconSize: 32
                onTapped: root.recorder.skip()
            }
        }
    }
}
