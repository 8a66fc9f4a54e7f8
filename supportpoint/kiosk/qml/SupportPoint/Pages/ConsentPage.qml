pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K12: one purpose a page, two equal buttons, nothing chosen beforehand.
PageFrame {
    id: root

    required property ConsentViewModel consent

    readonly property string purpose: consent.purposeId
    // The form's own question, where the page has no words for what is agreed to.
    readonly property string ownWords: consent.purposes[consent.purposeIndex]?.text ?? ""
    readonly property bool published: purpose === "publish"
    readonly property bool declined: consent.declined

    objectName: "page_consent"
    title: declined ? qsTr("Máy chưa gửi gì cả.") : titleWords()
    help: declined ? qsTr("Không đồng ý thì máy không giữ hồ sơ này.") : qsTr("Chọn gì cũng được. Bà con có thể đòi xóa hoặc sửa.")
    spokenRows: declined ? [] : makeLines().map(line => line.heading + " " + line.sentence)
    barPart: consent.purposeCount > 1 ? qsTr("Việc %1/%2").arg(consent.purposeIndex + 1).arg(consent.purposeCount) : ""
    backVisible: declined
    backText: qsTr("Xem lại")
    primaryVisible: declined
    primaryText: qsTr("Về đầu, không gửi")
    primaryIcon: "house-line"
    primaryIconWeight: "fill"
    onBack: consent.reconsider()
    onPrimary: consent.leave()

    function titleWords(): string {
        switch (purpose) {
        case "sensitive":
            return qsTr("Có việc riêng. Bà con đồng ý không?");
        case "province":
            return qsTr("Gửi về tỉnh có được không?");
        case "publish":
            return qsTr("Đăng lên chợ có được không?");
        default:
            return ownWords !== "" ? ownWords : qsTr("Bà con có đồng ý không?");
        }
    }

    function whoWords(): string {
        switch (purpose) {
        case "publish":
            return qsTr("Người mua vào chợ cũng xem được.");
        case "sensitive":
            return qsTr("Chỉ người lo việc này mới xem phần riêng.");
        case "province":
            return qsTr("Máy khóa phần này rồi gửi về tỉnh.");
        default:
            return qsTr("%1 sẽ xem thông tin này.").arg(Theme.begin(Receivers.nameOf(consent.route, shell.communeName)));
        }
    }

    // How long a file is kept is set by who receives it; nothing the kiosk knows says a number of years.
    function makeLines(): list<var> {
        return [
            {heading: qsTr("Ai xem?"), sentence: whoWords(), art: "eye"},
            {heading: qsTr("Để làm gì?"), sentence: published ? qsTr("Để người mua thấy hàng và gọi bà con.") : qsTr("Chỉ dùng để làm việc bà con nhờ."), art: "onework"},
            {heading: qsTr("Giữ bao lâu?"), sentence: published ? qsTr("Đến khi bà con xin gỡ xuống.") : qsTr("Đến khi xong việc và hết hạn cất giấy."), art: "erase"}
        ];
    }

    actions: [
        SecondaryButton {
            objectName: "declineButton"
            visible: !root.declined
            width: 560
            height: Theme.buttonHeight
            edgeWidth: 3
            ink: Theme.ink
            iconInk: Theme.indigo
            text: qsTr("Tôi không đồng ý")
            iconName: "x-circle"
            iconWeight: "fill"
            onTapped: root.consent.decline()
        },
        SecondaryButton {
            objectName: "agreeButton"
            anchors.right: parent?.right
            visible: !root.declined
            width: 560
            height: Theme.buttonHeight
            edgeWidth: 3
            ink: Theme.ink
            iconInk: Theme.indigo
            text: qsTr("Tôi đồng ý")
            iconName: "check-circle"
            iconWeight: "fill"
            onTapped: root.consent.agree()
        }
    ]

    PictureRow {
        visible: root.declined
        width: parent.width
        height: 176
        heading: ""
        sentence: qsTr("Muốn làm tiếp thì chạm «Xem lại».")
        note: qsTr("Cần hỏi thêm, mời gọi cán bộ.")
        art: "counter"
        onListen: root.shell.listen(sentence + " " + note)
    }

    Repeater {
        model: root.declined ? [] : root.makeLines()

        PictureRow {
            required property var modelData
            required property int index

            y: Math.round(index * (root.body.height + 16) / 3)
            width: root.body.width
            height: Math.round((root.body.height + 16) / 3) - 16
            heading: modelData.heading
            sentence: modelData.sentence
            art: modelData.art
            speaking: root.shell.voice.line === heading + " " + sentence
            onListen: root.shell.listen(modelData.heading + " " + modelData.sentence)
        }
    }
}
