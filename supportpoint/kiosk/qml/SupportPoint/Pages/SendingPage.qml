pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K14: checked, saved, on its way; each is ticked when it is so. What fails opens the page of troubles.
PageFrame {
    id: root

    required property SendingViewModel sending

    objectName: "page_sending"
    title: qsTr("Chờ một chút.")
    help: qsTr("Máy đang cất hồ sơ.")
    backVisible: false
    primaryVisible: false

    function saveWords(): string {
        return sending.photosTotal > 0 ? qsTr("Lưu trong máy, %1 ảnh").arg(sending.photosTotal) : qsTr("Lưu trong máy");
    }

    function sendWords(): string {
        if (!sending.online && !sending.sent)
            return qsTr("Chưa có mạng. Máy sẽ gửi sau.");
        return sending.photosTotal > 0 ? qsTr("Gửi đi %1 trên %2 ảnh").arg(sending.photosDone).arg(sending.photosTotal) : qsTr("Gửi đi");
    }

    Column {
        width: parent.width
        spacing: 16

        Repeater {
            model: [
                {done: root.sending.checked, words: qsTr("Kiểm tra đủ giấy")},
                {done: root.sending.saved, words: root.saveWords()},
                {done: root.sending.sent, words: root.sendWords()}
            ]

            CheckRow {
                required property var modelData
                width: root.body.width
                height: Math.min(168, Math.floor((root.body.height - 32) / 3))
                pending: !modelData.done
                message: modelData.words
            }
        }
    }
}
