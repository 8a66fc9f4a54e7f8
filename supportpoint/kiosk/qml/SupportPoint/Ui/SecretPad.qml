import QtQuick

// Types the small code of a receipt: digits and the letters that cannot be mistaken for them.
Item {
    id: root

    required property string typed
    property string subject

    signal pressed(key: string)

    readonly property int fieldHeight: Theme.isLarge ? 96 : 72

    Field {
        width: parent.width - 216
        height: root.fieldHeight
        text: root.typed
        subject: root.subject
    }

    PadKey {
        objectName: "pad_backspace"
        anchors.right: parent.right
        width: 200
        height: root.fieldHeight
        fill: Theme.sunk
        text: qsTr("Xóa")
        textSize: 26
        iconName: "backspace"
        onTapped: root.pressed("backspace")
    }

    NumberGrid {
        y: root.fieldHeight + 16
        width: parent.width
        height: parent.height - y
        columns: 8
        rows: 4
        prefix: "pad_"
        numbers: "0123456789ABCDEFGHJKMNPQRSTVWXYZ".split("")
        onPicked: key => root.pressed(key)
    }
}
