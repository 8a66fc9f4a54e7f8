import QtQuick

// «1/3» between two arrows, for a list longer than one page beside a question.
Row {
    id: root

    required property int pageIndex
    required property int pageCount

    signal previous
    signal next

    spacing: 12

    NeutralButton {
        objectName: "previousPageButton"
        width: 72
        height: 64
        iconName: "caret-left"
        sidePadding: 8
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
        width: Theme.textLarge ? 264 : 216
        height: 64
        text: qsTr("Xem thêm")
        iconName: "caret-right"
        iconAtEnd: true
        sidePadding: 12
        enabled: root.pageIndex < root.pageCount - 1
        onTapped: root.next()
    }
}
