import QtQuick

// One message that says what to do, in ink on a tint, with its icon.
Rectangle {
    id: root

    required property string message

    // A long message takes two lines rather than smaller letters.
    implicitHeight: measure.advanceWidth > width - 80 ? 68 : 52
    visible: message !== ""
    radius: Theme.radiusField
    color: Theme.madderTint
    border.width: Theme.edge
    border.color: Theme.madder
    Accessible.role: Accessible.AlertMessage
    Accessible.name: message

    TextMetrics {
        id: measure
        font.family: Theme.family
        font.weight: Font.DemiBold
        font.pixelSize: 24
        text: root.message
    }

    PictureIcon {
        id: mark
        x: 16
        anchors.verticalCenter: parent.verticalCenter
        name: "warning-circle"
        weight: "fill"
        tint: Theme.madder
        size: 36
    }

    Words {
        id: words
        objectName: "errorText"
        anchors.verticalCenter: parent.verticalCenter
        x: 64
        width: parent.width - 80
        height: parent.height - 4
        text: root.message
        role: Words.Role.Label
        maximumLineCount: 2
        fontSizeMode: Text.Fit
        minimumPixelSize: 24
    }
}
