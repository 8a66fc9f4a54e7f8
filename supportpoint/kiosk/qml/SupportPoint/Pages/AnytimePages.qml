pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk

// Pages that any other page may give way to.
Item {
    id: root

    required property Navigator navigator
    required property ShellViewModel shell
    required property ProblemViewModel problem
    required property DevicesViewModel devices
    required property PrivacyViewModel privacy
    required property DoorViewModel door

    // The page of that name, null when it is none of these.
    function find(page: string): Component {
        switch (page) {
        case "help":
            return helpPage;
        case "demo":
            return demoPage;
        case "problem":
            return problemPage;
        case "devices":
            return devicesPage;
        case "device":
            return devices.device === "touch" ? touchPage : devicePage;
        case "ending":
            return endingPage;
        default:
            return null;
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
        id: demoPage
        DemoPage {
            shell: root.shell
            navigator: root.navigator
        }
    }

    Component {
        id: devicesPage
        DevicesPage {
            shell: root.shell
            navigator: root.navigator
            devices: root.devices
        }
    }

    Component {
        id: devicePage
        DevicePage {
            shell: root.shell
            navigator: root.navigator
            devices: root.devices
        }
    }

    Component {
        id: touchPage
        DeviceTouchPage {
            shell: root.shell
            navigator: root.navigator
            devices: root.devices
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

    Component {
        id: endingPage
        EndingPage {
            shell: root.shell
            navigator: root.navigator
            privacy: root.privacy
            door: root.door
        }
    }
}
