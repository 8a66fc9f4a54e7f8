import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// Tells the theme the window's size and what the person chose to see it with.
Item {
    id: root

    required property ShellViewModel shell
    required property int windowWidth
    required property int windowHeight

    Binding {
        target: Theme
        property: "windowWidth"
        value: root.windowWidth
    }

    Binding {
        target: Theme
        property: "windowHeight"
        value: root.windowHeight
    }

    Binding {
        target: Theme
        property: "textLarge"
        value: root.shell.textLarge
    }

    Binding {
        target: Theme
        property: "highContrast"
        value: root.shell.highContrast
    }

    Binding {
        target: Theme
        property: "motion"
        value: root.shell.motion
    }
}
