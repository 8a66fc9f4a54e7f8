import QtQuick

// The three pictures over whatever sheet hides the page.
Rectangle {
    id: root

    required property list<var> pictures
    required property int triesLeft
    property bool wrong: false
    property bool reading: false
    property alias caption: head.caption
    property alias captionSilent: head.captionSilent
    readonly property alias heading: head.title
    readonly property alias error: head.error

    signal picked(id: string)
    signal back
    signal listen
    signal call
    signal home
    signal captionClosed

    objectName: "lockSheet"
    color: Theme.paper

    MouseArea {
        anchors.fill: parent
    }

    Selvedge {
        width: parent.width
        height: Theme.selvedgeHeight
    }

    QuestionHead {
        id: head
        x: Theme.columnX
        y: Theme.topHeight
        title: qsTr("Chạm ba hình của mình")
        error: root.wrong ? qsTr("Chưa đúng. Mời chạm lại, còn %1 lần.").arg(root.triesLeft) : ""
        reading: root.reading
        onListen: root.listen()
        onCaptionClosed: root.captionClosed()
    }

    TopItem {
        objectName: "lockHomeButton"
        x: Theme.columnX
        y: 2
        text: qsTr("Về đầu")
        iconName: "house-line"
        onTapped: root.home()
    }

    TopItem {
        objectName: "lockCallButton"
        x: Theme.columnX + Theme.columnWidth - width
        y: 2
        text: qsTr("Gọi cán bộ")
        iconName: "phone-call"
        iconWeight: "fill"
        fill: Theme.turmericTint
        fillPressed: Theme.turmeric
        edgeColor: Theme.amberInk
        iconInk: Theme.amberInk
        onTapped: root.call()
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
            y: Math.round((parent.height - height) / 2) + 1
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
