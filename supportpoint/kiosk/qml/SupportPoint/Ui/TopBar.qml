import QtQuick

// Way out, where I am, my language, a person: in the same place on every page.
Rectangle {
    id: root

    property bool ending: false
    property string title
    property string part
    required property string languageName
    property bool testMachine: false
    property bool coverable: false
    property string voiceMark

    signal home
    signal languages
    signal call
    signal cover

    // A page that goes is still told of the voice when its items are gone.
    readonly property real homeRight: homeItem ? homeItem.x + homeItem.width : 0
    readonly property real titleLeft: homeRight + 16 + (voicePill?.visible ? voicePill.width + 16 : 0)
    readonly property real titleRight: (coverable ? coverItem.x : languageItem.x) - 16

    height: Theme.topHeight
    width: Theme.windowWidth
    color: Theme.surface

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 2
        color: Theme.hair
    }

    Selvedge {
        width: parent.width
        height: Theme.selvedgeHeight
    }

    TopItem {
        id: homeItem
        objectName: "homeButton"
        x: Theme.columnX
        y: 2
        text: root.ending ? qsTr("Kết thúc") : qsTr("Về đầu")
        iconName: root.ending ? "sign-out" : "house-line"
        onTapped: root.home()
    }

    // It comes and goes beside the title, over nothing.
    VoiceMark {
        id: voicePill
        objectName: "voiceMark"
        x: root.homeRight + 13
        y: 2 + Math.round((Theme.topHeight - height) / 2)
        mark: root.voiceMark
    }

    Row {
        id: titleRow
        spacing: 8
        x: root.coverable ? root.titleLeft + 8 : Math.max(root.titleLeft, Math.min((root.width - width) / 2, root.titleRight - width))
        y: 2
        height: parent.height
        visible: width <= root.titleRight - root.titleLeft

        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: root.title
            role: Words.Role.Label
            font.pixelSize: Theme.helpSize
            wrapMode: Text.NoWrap
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.part !== ""
            text: "· " + root.part
            role: Words.Role.Help
            wrapMode: Text.NoWrap
        }

        Pill {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.testMachine
            height: 40
            text: qsTr("Máy thử")
            textSize: 24
        }
    }

    // Three quick taps on the words hide the page as the button does: a hand that looks idle.
    Item {
        x: root.titleLeft
        width: Math.max(0, root.titleRight - root.titleLeft)
        height: parent.height

        TapHandler {
            enabled: root.coverable
            onTapped: {
                if (tapCount === 3)
                    root.cover();
            }
        }
    }

    TopItem {
        id: coverItem
        objectName: "coverButton"
        visible: root.coverable
        anchors.right: languageItem.left
        anchors.rightMargin: 13
        y: 2
        text: qsTr("Che màn hình")
        iconName: "eye-slash"
        iconWeight: "fill"
        fill: Theme.coverFill
        fillPressed: Theme.coverPressed
        edgeColor: Theme.turmeric
        edgeWidth: 3
        iconInk: Theme.turmeric
        ink: Theme.coverInk
        onTapped: root.cover()
    }

    TopItem {
        id: languageItem
        objectName: "languageButton"
        subject: qsTr("Đổi tiếng")
        anchors.right: callItem.left
        anchors.rightMargin: 13
        y: 2
        text: root.languageName
        iconName: "translate"
        onTapped: root.languages()
    }

    TopItem {
        id: callItem
        objectName: "callButton"
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
}
