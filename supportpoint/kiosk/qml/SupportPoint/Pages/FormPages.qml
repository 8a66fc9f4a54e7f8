pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk

// The pages of a form, from a scanned card to the receipt.
Item {
    id: root

    required property Navigator navigator
    required property ShellViewModel shell
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

    // The page of that name, null when it is none of these.
    function find(page: string): Component {
        switch (page) {
        case "scan":
            return scanPage;
        case "confirmCard":
            return confirmCardPage;
        case "question":
            return questionPage;
        case "path":
            return pathPage;
        case "photo":
            return photoPage;
        case "voice":
            return voicePage;
        case "signature":
            return signaturePage;
        case "review":
            return reviewPage;
        case "listing":
            return listingPage;
        case "consent":
            return consentPage;
        case "sending":
            return sendingPage;
        case "receipt":
            return receiptPage;
        default:
            return null;
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
        id: pathPage
        PathPage {
            shell: root.shell
            navigator: root.navigator
            path: root.path
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
        id: voicePage
        VoicePage {
            shell: root.shell
            navigator: root.navigator
            recorder: root.recorder
        }
    }

    Component {
        id: signaturePage
        SignaturePage {
            shell: root.shell
            navigator: root.navigator
            signature: root.signature
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
        id: listingPage
        ListingPage {
            shell: root.shell
            navigator: root.navigator
            listing: root.listing
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
}
