import QtQuick

// Text in the house's type. Roles follow the type table; A+ comes from Theme.
Text {
    id: root

    enum Role {
        Display,
        Title,
        List,
        Label,
        Body,
        Help,
        Code
    }

    property int role: Words.Role.Body

    color: role === Words.Role.Help ? Theme.ink2 : Theme.ink
    font.family: Theme.family
    font.pixelSize: {
        switch (root.role) {
        case Words.Role.Display:
            return Theme.displaySize;
        case Words.Role.Title:
            return Theme.titleSize;
        case Words.Role.List:
            return Theme.listSize;
        case Words.Role.Code:
            return Theme.codeSize;
        case Words.Role.Help:
            return Theme.helpSize;
        default:
            return Theme.labelSize;
        }
    }
    font.weight: {
        switch (root.role) {
        case Words.Role.Display:
        case Words.Role.Code:
            return Font.Bold;
        case Words.Role.Title:
        case Words.Role.List:
        case Words.Role.Label:
            return Font.DemiBold;
        default:
            return Font.Normal;
        }
    }
    font.letterSpacing: role === Words.Role.Title ? -0.2 : 0
    textFormat: Text.PlainText
    wrapMode: Text.WordWrap
    verticalAlignment: Text.AlignVCenter
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
