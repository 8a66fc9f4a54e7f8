pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import SupportPoint.Kiosk
import SupportPoint.Ui

// The one window: shows the page the navigator names, and hands each page its view models.
Window {
    id: root

    required property Navigator navigator
    required property ShellViewModel shell
    required property HomeViewModel home
    required property ServicesViewModel services
    required property PreparationViewModel preparation
    required property ScanViewModel scan
    required property QuestionViewModel question
    required property KeyboardViewModel keyboard
    required property NumberPadViewModel numberPad
    required property DateViewModel date
    required property TimeViewModel time
    required property CommuneViewModel commune
    required property PathViewModel path
    required property PhotoViewModel photo
    required property RecorderViewModel recorder
    required property SignatureViewModel signature
    required property ReviewViewModel review
    required property ListingViewModel listing
    required property ConsentViewModel consent
    required property SendingViewModel sending
    required property ReceiptViewModel receipt
    required property TrackViewModel track
    required property SupplementViewModel supplement
    required property ProblemViewModel problem
    required property LearnViewModel learn
    required property ArticleViewModel article
    required property DevicesViewModel devices
    required property LockViewModel lock
    required property DoorViewModel door
    required property PrivacyViewModel privacy

    width: 1366
    height: 768
    color: Theme.paper
    title: "Support Point"

    ThemeSource {
        shell: root.shell
        windowWidth: root.width
        windowHeight: root.height
    }

    Loader {
        anchors.fill: parent
        focus: true
        objectName: "pageLoader"
        // A page under a sheet is not there: for eyes, screen readers and the keys of a real keyboard.
        visible: root.privacy.sheet === "" && !root.privacy.warning
        enabled: visible
        sourceComponent: entryPages.find(root.navigator.page) ?? formPages.find(root.navigator.page) ?? newsPages.find(root.navigator.page) ?? anytimePages.find(root.navigator.page)
    }

    WaitStrip {
        objectName: "waiting"
        x: Theme.columnX
        y: Theme.bodyY
        width: Theme.columnWidth
        height: Theme.bodyHeight
        waiting: root.services.isOpening
    }

    VisitGuard {
        anchors.fill: parent
        navigator: root.navigator
        shell: root.shell
        privacy: root.privacy
        lock: root.lock
    }

    EntryPages {
        id: entryPages
        navigator: root.navigator
        shell: root.shell
        home: root.home
        services: root.services
        preparation: root.preparation
        door: root.door
        lock: root.lock
    }

    FormPages {
        id: formPages
        navigator: root.navigator
        shell: root.shell
        scan: root.scan
        question: root.question
        keyboard: root.keyboard
        numberPad: root.numberPad
        date: root.date
        time: root.time
        commune: root.commune
        path: root.path
        photo: root.photo
        recorder: root.recorder
        signature: root.signature
        review: root.review
        listing: root.listing
        consent: root.consent
        sending: root.sending
        receipt: root.receipt
    }

    NewsPages {
        id: newsPages
        navigator: root.navigator
        shell: root.shell
        track: root.track
        supplement: root.supplement
        learn: root.learn
        article: root.article
    }

    AnytimePages {
        id: anytimePages
        navigator: root.navigator
        shell: root.shell
        problem: root.problem
        devices: root.devices
        privacy: root.privacy
        door: root.door
    }
}
