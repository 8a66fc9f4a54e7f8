pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk

// The frame every villager page stands in: top bar, question, body, action bar.
FocusScope {
    id: root

    required property ShellViewModel shell
    required property Navigator navigator
    property string title
    property string help
    property string error
    // What is spoken by itself, shortened to `spokenTitle` for those who need less; then the rows that the
    // loudspeaker reads one by one. All are words of the page; answers of the person are left out.
    property string spokenTitle: title
    property string spoken: help === "" ? title : title + ". " + help
    property list<string> spokenRows: []
    property bool headVisible: true
    property Component headExtra: null
    property bool ending: false
    property bool privateMatter: shell.isPrivate
    property string barTitle: privateMatter ? qsTr("Việc riêng") : shell.title
    property string barPart
    property alias backText: bar.backText
    property alias backIcon: bar.backIcon
    property alias backVisible: bar.backVisible
    property alias primaryText: bar.primaryText
    property alias primaryIcon: bar.primaryIcon
    property alias primaryIconWeight: bar.primaryIconWeight
    property alias primaryIconAtEnd: bar.primaryIconAtEnd
    property alias primaryFilled: bar.primaryFilled
    property alias primaryEnabled: bar.primaryEnabled
    property alias primaryVisible: bar.primaryVisible
    property bool stonesVisible: false
    property bool coverable: privateMatter || shell.answersRequest
    // Said before the cover can be needed for the first time.
    readonly property string coverWords: qsTr("Nút «Che màn hình» ở trên che hết ngay. Chạm dòng chữ góc trái trên để mở lại.")
    property alias actions: bar.content
    default property alias content: body.data
    readonly property alias body: body

    signal back
    signal primary

    width: Theme.windowWidth
    height: Theme.windowHeight
    onTitleChanged: shell.voice.turn()
    onBarPartChanged: shell.voice.turn()
    onErrorChanged: shell.voice.alert(error)

    Connections {
        target: root.shell.voice
        function onSettled() {
            root.shell.voice.announce(root.spokenTitle, root.spoken);
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.paper
    }

    TopBar {
        id: top
        ending: root.ending
        title: root.barTitle
        part: root.barPart
        languageName: root.shell.languageName
        testMachine: root.shell.fakeDevices
        coverable: root.coverable
        voiceMark: root.shell.voice.mark
        onCover: root.shell.cover()
        onHome: root.ending ? root.shell.leave() : root.navigator.home()
        onLanguages: root.shell.openLanguage()
        onCall: root.shell.callStaff()
    }

    QuestionHead {
        x: Theme.columnX
        y: Theme.topHeight
        visible: root.headVisible
        title: root.title
        help: root.help
        error: root.error
        extra: root.headExtra
        reading: root.shell.voice.reading
        // The title stands above it already.
        caption: root.title !== "" && root.shell.captionText.startsWith(root.title) ? root.shell.captionText.slice(root.title.length).replace(/^[.?!]? */, "") : root.shell.captionText
        captionSilent: root.shell.captionSilent
        onListen: root.shell.voice.replay([root.spoken, ...root.spokenRows])
        onCaptionClosed: root.shell.listen("")
    }

    Item {
        id: body
        x: Theme.columnX
        y: Theme.bodyY
        width: Theme.columnWidth
        height: Theme.bodyHeight
    }

    ActionBar {
        id: bar
        y: root.height - height
        stoneCount: root.stonesVisible ? root.shell.stoneCount : 0
        stoneNow: root.shell.stoneNow
        onBack: root.back()
        onPrimary: root.primary()
    }
}
