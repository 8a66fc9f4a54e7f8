import QtQuick
import SupportPoint.Ui

// A way of answering that this machine does not have yet. It says so, and the form goes on.
Item {
    id: root

    required property string widget

    readonly property bool isVoice: widget === "voice"

    signal listened(text: string)

    PictureRow {
        objectName: "notYet"
        width: parent.width
        height: 208
        heading: ""
        sentence: root.isVoice ? qsTr("Máy chưa ghi được tiếng nói.") : qsTr("Máy chưa nhận được tệp.")
        note: root.isVoice ? qsTr("Mời bà con đi tiếp. Ghi bằng chữ cũng được.") : qsTr("Mời bà con đi tiếp. Mang tệp đến cho cán bộ.")
        art: root.isVoice ? "voice" : "papers"
        onListen: root.listened(sentence + " " + note)
    }
}
