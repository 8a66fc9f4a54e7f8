pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K13: sign in the box, or say that one cannot sign. A finger on the glass is no fingerprint.
PageFrame {
    id: root

    required property SignatureViewModel signature

    readonly property int padWidth: Theme.isLarge ? 1200 : 1000
    readonly property int padHeight: Theme.isLarge ? 420 : 320
    readonly property bool kept: signature.imageUrl !== ""

    objectName: "page_signature"
    title: signature.title !== "" ? signature.title : qsTr("Mời ký tên vào ô")
    help: signature.hint !== "" ? signature.hint : qsTr("Ký bằng ngón tay, như ký trên giấy.")
    error: signature.isMissing ? signature.canSkip ? qsTr("Mời ký tên, hoặc chạm «Tôi không biết ký».") : qsTr("Mời ký vào ô.") : ""
    barPart: shell.sectionCount > 0 ? qsTr("Phần %1/%2").arg(shell.sectionIndex + 1).arg(shell.sectionCount) : ""
    stonesVisible: true
    primaryText: qsTr("Dùng chữ ký này")
    primaryFilled: signature.isSigned
    onBack: navigator.back()
    onPrimary: signature.keep(padWidth, padHeight)

    Rectangle {
        id: sheet

        x: Math.round((parent.width - width) / 2)
        width: root.padWidth
        height: root.padHeight
        radius: Theme.radiusCard
        // Ink is dark in every theme, so its sheet is light.
        color: Theme.qrLight
        border.width: Theme.edge
        border.color: Theme.line
        Accessible.role: Accessible.Canvas
        Accessible.name: root.title

        Rectangle {
            x: 64
            y: parent.height - 72
            width: parent.width - 128
            height: 2
            color: Theme.sceneInk2
        }

        Words {
            visible: root.signature.strokeCount === 0 && !root.kept
            anchors.horizontalCenter: parent.horizontalCenter
            y: parent.height - 64
            text: qsTr("Ký ở đây")
            role: Words.Role.Help
            color: Theme.sceneInk2
        }

        Image {
            anchors.fill: parent
            anchors.margins: 4
            visible: root.kept
            source: root.signature.imageUrl
            sourceSize: Qt.size(width, height)
            fillMode: Image.PreserveAspectFit
            cache: false
            Accessible.ignored: true
        }

        InkPad {
            anchors.fill: parent
            ink: root.signature.ink
        }

        MouseArea {
            objectName: "signaturePad"
            anchors.fill: parent
            enabled: !root.kept
            preventStealing: true
            onPressed: mouse => root.signature.begin(mouse.x, mouse.y)
            onPositionChanged: mouse => root.signature.extend(Math.max(4, Math.min(width - 4, mouse.x)), Math.max(4, Math.min(height - 4, mouse.y)))
            onReleased: root.signature.lift()
            onCanceled: root.signature.lift()
        }
    }

    Row {
        id: row

        // «Tôi không biết ký» is the longest word of the three.
        readonly property int longWidth: root.signature.canSkip && Theme.textLarge ? 388 : buttonWidth
        readonly property int buttonWidth: Math.floor((root.padWidth - 2 * spacing) / 3)
        readonly property int shortWidth: Math.floor((root.padWidth - 2 * spacing - longWidth) / 2)

        x: sheet.x
        y: sheet.height + Math.round((parent.height - sheet.height - Theme.buttonHeight) / 2)
        spacing: 16

        NeutralButton {
            objectName: "undoStrokeButton"
            width: row.shortWidth
            enabled: root.signature.strokeCount > 0
            sidePadding: 12
            text: qsTr("Bỏ nét cuối")
            iconName: "arrow-u-up-left"
            iconSize: 32
            onTapped: root.signature.undo()
        }

        NeutralButton {
            objectName: "clearSignatureButton"
            width: row.shortWidth
            enabled: root.signature.strokeCount > 0 || root.kept
            sidePadding: 12
            text: qsTr("Xóa, ký lại")
            iconName: "arrow-counter-clockwise"
            iconSize: 32
            onTapped: root.signature.clear()
        }

        SecondaryButton {
            objectName: "cannotSignButton"
            visible: root.signature.canSkip
            width: row.longWidth
            sidePadding: 12
            text: qsTr("Tôi không biết ký")
            iconName: "pencil-simple-slash"
            iconWeight: "duotone"
            iconSize: 32
            onTapped: root.signature.cannotSign()
        }
    }
}
