pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K06: hold the square of the card before the reader. It reads by itself.
PageFrame {
    id: root

    required property ScanViewModel scan

    readonly property int bedWidth: Theme.isLarge ? 760 : 640
    readonly property int sideX: bedWidth + 32
    readonly property bool offersPad: scan.hint === "pad"
    readonly property int peopleCount: scan.people.length
    readonly property int reuseHeight: Theme.isLarge ? 144 : (peopleCount > 2 && scan.peoplePages > 1 ? 84 : 108)
    // Where the two sides of the card stand: below the one person who can be taken over.
    readonly property real sidesY: peopleCount === 1 ? reuseHeight + 16 : 0
    readonly property real sideHeight: (noCard.y - 16 - sidesY) / 2 - 8

    objectName: "page_scan"
    title: !scan.cameraAvailable ? qsTr("Máy quét thẻ chưa chạy") : scan.questionLabel !== "" ? scan.questionLabel : qsTr("Đưa mã vuông trên thẻ vào khung")
    help: scan.cameraAvailable ? qsTr("Đưa mã vuông trên thẻ vào khung. Máy tự đọc.") : noReaderWords()
    barPart: shell.sectionCount > 0 ? qsTr("Phần %1/%2").arg(shell.sectionIndex + 1).arg(shell.sectionCount) : ""
    stonesVisible: true
    primaryVisible: false
    onBack: navigator.back()
    onHintChanged: {
        if (wrongCard)
            shell.voice.alert(hint);
        else
            shell.voice.advise(hint);
    }

    readonly property string hint: scan.hint !== "" ? hintWords() : ""
    readonly property bool wrongCard: scan.hint === "bad" || scan.hint === "seen"

    function noReaderWords(): string {
        return offersPad ? qsTr("Mời chạm «%1».").arg(noCard.text) : qsTr("Chạm «%1» để gõ.").arg(noCard.text);
    }

    function hintWords(): string {
        if (!scan.cameraAvailable)
            return noReaderWords();
        switch (scan.hint) {
        case "far":
            return qsTr("Đưa thẻ ra xa một chút");
        case "tilt":
            return qsTr("Nghiêng thẻ cho đỡ lóa");
        case "pad":
            return qsTr("Chưa đọc được? Chạm số cũng được.");
        case "bad":
            return qsTr("Chưa phải mã của thẻ. Mời lật mặt có mã vuông.");
        case "seen":
            return qsTr("Thẻ này quét rồi. Mời đưa thẻ của người khác.");
        default:
            return qsTr("Đang chờ thẻ");
        }
    }

    actions: [
        SecondaryButton {
            objectName: "scanStaffButton"
            anchors.right: parent?.right
            width: Theme.primaryWidth
            height: Theme.buttonHeight
            text: qsTr("Để cán bộ làm")
            iconName: "user-focus"
            iconWeight: "duotone"
            onTapped: root.shell.callStaff()
        }
    ]

    Rectangle {
        width: root.bedWidth
        height: root.body.height
        radius: Theme.radiusCard
        color: Theme.cameraDark

        Drawing {
            name: "scanhand"
            width: parent.width
            height: parent.height
            visible: root.scan.cameraAvailable
        }

        // The drawing has square corners; paper lies over them.
        Rectangle {
            anchors.fill: parent
            anchors.margins: -border.width
            radius: Theme.radiusCard + border.width
            color: "transparent"
            border.width: 8
            border.color: Theme.paper
        }

        Column {
            visible: !root.scan.cameraAvailable
            anchors.horizontalCenter: parent.horizontalCenter
            y: (parent.height - height) / 2
            spacing: 12

            PictureIcon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: "identification-card"
                weight: "duotone"
                tint: Theme.cameraText
                size: 96
            }

            Words {
                text: qsTr("Không cần thẻ vẫn làm được")
                role: Words.Role.Label
                color: Theme.cameraText
                wrapMode: Text.NoWrap
            }
        }

        Pill {
            x: 16
            y: 16
            text: root.scan.cameraAvailable ? qsTr("Máy quét đang bật") : qsTr("Máy quét đang tắt")
            iconName: "video-camera"
            iconInk: root.scan.cameraAvailable ? Theme.madderInk : Theme.ink2
            ink: root.scan.cameraAvailable ? Theme.madderInk : Theme.ink
            tint: root.scan.cameraAvailable ? Theme.madder : Theme.sunk
        }

        NoteStrip {
            objectName: "scanHint"
            visible: root.scan.cameraAvailable
            x: 16
            y: parent.height - height - 16
            width: parent.width - 32
            height: Theme.textLarge ? 96 : 72
            radius: Theme.radiusField
            tint: root.wrongCard ? Theme.turmericTint : Theme.surface
            iconName: root.scan.hint === "far" ? "arrows-out-line-vertical" : (root.wrongCard ? "warning-circle" : "info")
            iconWeight: root.scan.hint === "far" ? "bold" : "fill"
            iconInk: root.wrongCard ? Theme.amberInk : Theme.teal
            message: root.hintWords()
        }
    }

    Repeater {
        model: root.scan.people

        ReuseCard {
            required property var modelData
            required property int index

            objectName: "reuse_" + index
            x: root.sideX
            y: index * (root.reuseHeight + 12)
            width: root.body.width - x
            height: root.reuseHeight
            name: modelData.name
            section: modelData.section
            onTapped: root.scan.reuse(index)
        }
    }

    NeutralButton {
        objectName: "morePeopleButton"
        visible: root.scan.peoplePages > 1
        x: root.sideX
        y: noCard.y - height - 16
        width: parent.width - x
        height: 64
        text: qsTr("Người khác nữa")
        iconName: "users"
        iconWeight: "duotone"
        onTapped: root.scan.nextPeople()
    }

    CardSide {
        visible: root.scan.cameraAvailable && root.peopleCount < 2
        x: root.sideX
        y: root.sidesY
        width: parent.width - x
        height: root.sideHeight
        art: "cardfront"
        heading: qsTr("Thẻ cũ")
        where: qsTr("Mã vuông ở mặt trước")
    }

    CardSide {
        visible: root.scan.cameraAvailable && root.peopleCount < 2
        x: root.sideX
        y: root.sidesY + root.sideHeight + 16
        width: parent.width - x
        height: root.sideHeight
        art: "cardback"
        heading: qsTr("Thẻ mới")
        where: qsTr("Mã vuông ở mặt sau")
    }

    SecondaryButton {
        id: noCard
        objectName: "scanNoneButton"
        x: root.sideX
        y: root.scan.cameraAvailable || root.peopleCount > 0 ? parent.height - height : (parent.height - height) / 2
        width: parent.width - x
        height: root.scan.cameraAvailable ? Theme.buttonHeight : 2 * Theme.buttonHeight
        text: root.offersPad ? qsTr("Chạm số trên thẻ") : qsTr("Không mang thẻ")
        fill: root.offersPad ? Theme.turmericTint : Theme.surface
        iconName: root.offersPad ? "hash" : "identification-card"
        iconWeight: "duotone"
        onTapped: root.scan.skip()
    }
}
