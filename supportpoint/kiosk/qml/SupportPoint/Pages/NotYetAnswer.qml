import QtQuick
import SupportPoint.Ui

// A file, which nobody has at a kiosk. The page says where to bring it, and the form goes on.
Item {
    id: root

    signal listened(text: string)

    PictureRow {
        objectName: "notYet"
        width: parent.width
        height: 208
        heading: ""
        sentence: qsTr("Máy chưa nhận được tệp.")
        note: qsTr("Mời bà con đi tiếp. Mang tệp đến cho cán bộ.")
        art: "papers"
        onListen: root.listened(sentence + " " + note)
    }
}
