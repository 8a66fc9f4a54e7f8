import QtQuick

// Who speaks, when it is not the voice to be expected; nothing otherwise.
Pill {
    id: root

    required property string mark

    height: 48
    visible: text !== ""
    text: words()
    textSize: 24
    iconName: mark === "silent" ? "speaker-simple-slash" : "speaker-simple-high"
    iconInk: Theme.teal
    tint: Theme.tealTint

    function words(): string {
        switch (mark) {
        case "machine":
            return qsTr("Giọng máy");
        case "vietnamese":
            return qsTr("Đọc tiếng Việt");
        case "vietnameseMachine":
            return qsTr("Giọng máy, tiếng Việt");
        case "silent":
            return qsTr("Chưa có giọng đọc");
        default:
            return "";
        }
    }
}
