pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk

// The way in: from the first touch to the paper list of a service.
Item {
    id: root

    required property Navigator navigator
    required property ShellViewModel shell
    required property HomeViewModel home
    required property ServicesViewModel services
    required property PreparationViewModel preparation
    required property DoorViewModel door
    required property LockViewModel lock

    // The page of that name, null when it is none of these.
    function find(page: string): Component {
        switch (page) {
        case "attract":
            return attractPage;
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
        case "door":
            return doorPage;
        case "lock":
            return lockPage;
        default:
            return null;
        }
    }

    Component {
        id: attractPage
        AttractPage {
            shell: root.shell
        }
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
        id: doorPage
        DoorPage {
            shell: root.shell
            navigator: root.navigator
            door: root.door
        }
    }

    Component {
        id: lockPage
        LockPage {
            shell: root.shell
            navigator: root.navigator
            lock: root.lock
            door: root.door
        }
    }
}
