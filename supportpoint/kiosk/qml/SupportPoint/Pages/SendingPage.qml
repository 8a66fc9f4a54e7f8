pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K14: saved, checked, on its way. Failure keeps the case.
PageFrame {
    id: root

    required property SendingViewModel sending

    readonly property bool failed: sending.failedCode !== ""

    objectName: "page_sending"
    title: failed ? qsTr("Máy chưa làm được.") : qsTr("Chờ một chút.")
    help: failed ? qsTr("Việc đã làm vẫn còn.") : qsTr("Máy đang cất hồ sơ.")
    backVisible: false
    primaryVisible: failed
    primaryText: qsTr("Thử lại")
    primaryIcon: "arrow-counter-clockwise"
    primaryIconAtEnd: false
    onPrimary: sending.retry()

    function sendWords(): string {
        if (!sending.online)
            return qsTr("Chưa có mạng. Máy sẽ gửi sau.");
        return sending.photosTotal > 0 ? qsTr("Gửi đi %1 trên %2 ảnh").arg(sending.photosDone).arg(sending.photosTotal) : qsTr("Gửi đi");
    }

    function makeSteps(): list<var> {
        return [
            {done: sending.checked, words: qsTr("Kiểm tra đủ giấy")},
            {done: sending.saved, words: qsTr("Lưu trong máy")},
            {done: sending.queued, words: sendWords()}
        ];
    }

    Column {
        width: parent.width
        spacing: 16

        Repeater {
            model: root.makeSteps()

            CheckRow {
                required property var modelData
                width: root.body.width
                height: 104
                pending: !modelData.done
                message: modelData.words
            }
        }

        ErrorStrip {
            objectName: "sendingError"
            width: root.body.width
            height: 72
            message: root.failed ? qsTr("Chưa lưu được. Mời thử lại hoặc gọi cán bộ.") : ""
        }
    }
}
