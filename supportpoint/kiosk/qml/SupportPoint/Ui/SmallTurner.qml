import QtQuick

// «1/3» between two buttons, for a list longer than one page beside a question.
Row {
    id: root

    required property int pageIndex
    required property int pageCount

    readonly property int wordSize: Math.min(30, Theme.labelSize)

    signal previous
    signal next

    spacing: 12

    NeutralButton {
        objectName: "previousPageButton"
        width: Theme.textLarge ? 180 : 170
        height: 64
        textSize: root.wordSize
        text: qsTr("Trước")
        iconName: "caret-left"
        sidePadding: 12
        enabled: root.pageIndex > 0
        Accessible.name: qsTr("Trang trước")
        onTapped: root.previous()
    }

    Words {
        anchors.verticalCenter: parent.verticalCenter
        text: (root.pageIndex + 1) + "/" + root.pageCount
        role: Words.Role.Label
    }

    SecondaryButton {
        objectName: "nextPageButton"
        width: Theme.textLarge ? 236 : 216
        height: 64
        textSize: root.wordSize
        text: qsTr("Xem thêm")
        iconName: "caret-right"
        iconAtEnd: true
        sidePadding: 12
        enabled: root.pageIndex < root.pageCount - 1
        onTapped: root.next()
    }
}
