import QtQuick

// Back at the left, the one step forward at the right, always on the same spot.
Rectangle {
    id: root

    property string backText: qsTr("Quay lại")
    property string backIcon: "arrow-left"
    property bool backVisible: true
    property string primaryText: qsTr("Tiếp tục")
    property string primaryIcon: "arrow-right"
    property string primaryIconWeight: "bold"
    property bool primaryIconAtEnd: true
    property bool primaryFilled: true
    property bool primaryEnabled: true
    property bool primaryVisible: true
    property int stoneCount: 0
    property int stoneNow: 0
    default property alias content: column.data

    signal back
    signal primary

    width: Theme.windowWidth
    height: Theme.actionHeight
    color: Theme.surface

    Rectangle {
        width: parent.width
        height: 2
        color: Theme.hair
    }

    Item {
        id: column
        x: Theme.columnX
        y: Math.round((parent.height - Theme.buttonHeight) / 2) + 1
        width: Theme.columnWidth
        height: Theme.buttonHeight

        NeutralButton {
            id: backButton
            objectName: "backButton"
            visible: root.backVisible
            width: Theme.backWidth
            height: parent.height
            text: root.backText
            sidePadding: 16
            iconName: root.backIcon
            onTapped: root.back()
        }

        Stones {
            visible: root.stoneCount > 1
            anchors.verticalCenter: parent.verticalCenter
            x: (backButton.width + column.width - primaryButton.width - width) / 2
            count: root.stoneCount
            now: root.stoneNow
        }

        PrimaryButton {
            id: primaryButton
            objectName: "continueButton"
            visible: root.primaryVisible
            anchors.right: parent.right
            width: Theme.primaryWidth
            height: parent.height
            text: root.primaryText
            sidePadding: 16
            iconName: root.primaryIcon
            iconWeight: root.primaryIconWeight
            iconAtEnd: root.primaryIconAtEnd
            filled: root.primaryFilled
            enabled: root.primaryEnabled
            onTapped: root.primary()
        }
    }
}
