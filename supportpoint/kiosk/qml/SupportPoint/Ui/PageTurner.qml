import QtQuick

// Back and forth between pages of one list, at the place of the step forward.
Row {
    id: root

    required property int pageIndex
    required property int pageCount

    signal previous
    signal next

    spacing: Theme.textLarge ? 16 : 34

    NeutralButton {
        objectName: "previousPageButton"
        width: Theme.textLarge ? 220 : 190
        height: Theme.buttonHeight
        enabled: root.pageIndex > 0
        text: qsTr("Trước")
        iconName: "caret-left"
        sidePadding: 16
        Accessible.name: qsTr("Trang trước")
        onTapped: root.previous()
    }

    Words {
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Trang %1/%2").arg(root.pageIndex + 1).arg(root.pageCount)
        role: Words.Role.Label
    }

    SecondaryButton {
        objectName: "nextPageButton"
        width: 320
        height: Theme.buttonHeight
        enabled: root.pageIndex < root.pageCount - 1
        text: qsTr("Xem thêm")
        iconName: "caret-right"
        iconAtEnd: true
        onTapped: root.next()
    }
}
