import QtQuick

// The three pictures over whatever sheet hides the page.
Rectangle {
    id: root

    required property list<var> pictures
    required property int triesLeft
    property bool wrong: false
    readonly property alias heading: words.text
    readonly property alias error: strip.message

    signal picked(id: string)
    signal back

    objectName: "lockSheet"
    color: Theme.paper

    MouseArea {
        anchors.fill: parent
    }

    Selvedge {
        width: parent.width
        height: Theme.selvedgeHeight
    }

    Words {
        id: words
        x: Theme.columnX
        y: Theme.topHeight - 32
        width: Theme.columnWidth
        text: qsTr("Chạm ba hình của mình")
        role: Words.Role.Title
    }

    ErrorStrip {
        id: strip
        x: Theme.columnX
        y: words.y + words.height + 12
        width: Theme.columnWidth
        height: implicitHeight
        message: root.wrong ? qsTr("Chưa đúng. Mời chạm lại, còn %1 lần.").arg(root.triesLeft) : ""
    }

    LockPad {
        x: Theme.columnX
        y: Theme.bodyY
        width: Theme.columnWidth
        height: Theme.bodyHeight
        pictures: root.pictures
        onPicked: id => root.picked(id)
    }

    Rectangle {
        y: parent.height - height
        width: parent.width
        height: Theme.actionHeight
        color: Theme.surface

        NeutralButton {
            objectName: "lockBackButton"
            x: Theme.columnX
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.backWidth
            height: Theme.buttonHeight
            text: qsTr("Quay lại")
            iconName: "arrow-left"
            // The page below has a button of that word as well.
            Accessible.name: text + ". " + root.heading
            onTapped: root.back()
        }
    }
}
