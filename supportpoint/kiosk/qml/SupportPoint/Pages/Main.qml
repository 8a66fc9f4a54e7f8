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
    required property PhotoViewModel photo
    required property ReviewViewModel review
    required property ConsentViewModel consent
    required property SendingViewModel sending
    required property ReceiptViewModel receipt
    required property TrackViewModel track
    required property SupplementViewModel supplement
    required property ProblemViewModel problem
    required property LearnViewModel learn
    required property ArticleViewModel article
    property int warnPublicS: 120
    property int warnFormS: 240
    property int countdownS: 45

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
        sourceComponent: {
            switch (root.navigator.page) {
            case "language":
                return languagePage;
            case "home":
                return homePage;
            case "services":
                return servicesPage;
            case "triage":
                return triagePage;
            case "preparation":
                return preparationPage;
            case "scan":
                return scanPage;
            case "confirmCard":
                return confirmCardPage;
            case "question":
                return questionPage;
            case "photo":
                return photoPage;
            case "review":
                return reviewPage;
            case "consent":
                return consentPage;
            case "sending":
                return sendingPage;
            case "receipt":
                return receiptPage;
            case "track":
                return trackPage;
            case "status":
                return statusPage;
            case "supplement":
                return supplementPage;
            case "shelf":
                return shelfPage;
            case "article":
                return articlePage;
            case "help":
                return helpPage;
            case "problem":
                return problemPage;
            default:
                return attractPage;
            }
        }
    }

    VisitGuard {
        anchors.fill: parent
        shell: root.shell
        navigator: root.navigator
        question: root.question
        track: root.track
        article: root.article
        warnPublicS: root.warnPublicS
        warnFormS: root.warnFormS
        countdownS: root.countdownS
    }

    Component {
        id: attractPage
        AttractPage { shell: root.shell }
    }

    Component {
        id: languagePage
        LanguagePage {
            shell: root.shell
            navigator: root.navigator
        }
    }

    Component {
        id: homePage
        HomePage {
            shell: root.shell
            navigator: root.navigator
            home: root.home
        }
    }

    Component {
        id: servicesPage
        ServicesPage {
            shell: root.shell
            navigator: root.navigator
            services: root.services
        }
    }

    Component {
        id: triagePage
        TriagePage {
            shell: root.shell
            navigator: root.navigator
            services: root.services
        }
    }

    Component {
        id: preparationPage
        PreparationPage {
            shell: root.shell
            navigator: root.navigator
            preparation: root.preparation
        }
    }

    Component {
        id: scanPage
        ScanPage {
            shell: root.shell
            navigator: root.navigator
            scan: root.scan
        }
    }

    Component {
        id: confirmCardPage
        ConfirmCardPage {
            shell: root.shell
            navigator: root.navigator
            scan: root.scan
        }
    }

    Component {
        id: questionPage
        QuestionPage {
            shell: root.shell
            navigator: root.navigator
            question: root.question
            keyboard: root.keyboard
            numberPad: root.numberPad
            date: root.date
            time: root.time
            commune: root.commune
        }
    }

    Component {
        id: photoPage
        PhotoPage {
            shell: root.shell
            navigator: root.navigator
            photo: root.photo
        }
    }

    Component {
        id: reviewPage
        ReviewPage {
            shell: root.shell
            navigator: root.navigator
            review: root.review
        }
    }

    Component {
        id: consentPage
        ConsentPage {
            shell: root.shell
            navigator: root.navigator
            consent: root.consent
        }
    }

    Component {
        id: sendingPage
        SendingPage {
            shell: root.shell
            navigator: root.navigator
            sending: root.sending
        }
    }

    Component {
        id: receiptPage
        ReceiptPage {
            shell: root.shell
            navigator: root.navigator
            receipt: root.receipt
        }
    }

    Component {
        id: trackPage
        TrackPage {
            shell: root.shell
            navigator: root.navigator
            track: root.track
        }
    }

    Component {
        id: statusPage
        StatusPage {
            shell: root.shell
            navigator: root.navigator
            track: root.track
            supplement: root.supplement
        }
    }

    Component {
        id: supplementPage
        SupplementPage {
            shell: root.shell
            navigator: root.navigator
            supplement: root.supplement
        }
    }

    Component {
        id: shelfPage
        ShelfPage {
            shell: root.shell
            navigator: root.navigator
            learn: root.learn
        }
    }

    Component {
        id: articlePage
        ArticlePage {
            shell: root.shell
            navigator: root.navigator
            article: root.article
        }
    }

    Component {
        id: helpPage
        HelpPage {
            shell: root.shell
            navigator: root.navigator
        }
    }

    Component {
        id: problemPage
        ProblemPage {
            shell: root.shell
            navigator: root.navigator
            problem: root.problem
        }
    }
}
