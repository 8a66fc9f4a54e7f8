pragma Singleton
import QtQuick

// The one place for colours, type sizes, spaces and the measures of the frame.
// Pixels are for about 4 px/mm. S is up to 1440 px wide, L above.
QtObject {
    id: root

    property int windowWidth: 1366
    property int windowHeight: 768
    property bool textLarge: false
    property bool highContrast: false
    property bool motion: true

    readonly property bool isLarge: windowWidth > 1440
    readonly property int tapGuardMs: motion ? 400 : 0

    // Frame
    readonly property int columnWidth: isLarge ? Math.min(1440, windowWidth - 128) : windowWidth - 64
    readonly property int columnX: Math.round((windowWidth - columnWidth) / 2)
    readonly property int topHeight: isLarge ? 80 : 72
    readonly property int headHeight: isLarge ? 128 : 120
    readonly property int actionHeight: isLarge ? 112 : 96
    readonly property int bodyY: topHeight + headHeight
    readonly property int bodyHeight: windowHeight - bodyY - actionHeight - (isLarge ? 32 : 16)
    readonly property int gap: isLarge ? 24 : 16
    readonly property int selvedgeHeight: 6

    // Colour
    readonly property color paper: highContrast ? "#000000" : "#FBF8F2"
    readonly property color surface: highContrast ? "#000000" : "#FFFFFF"
    readonly property color sunk: highContrast ? "#1A1A1A" : "#F1ECE2"
    readonly property color ink: highContrast ? "#FFFFFF" : "#1C2430"
    readonly property color ink2: highContrast ? "#C8C8C8" : "#404957"
    readonly property color indigo: highContrast ? "#FFE100" : "#1F3A6E"
    readonly property color indigoDeep: highContrast ? "#FFFFFF" : "#14284F"
    readonly property color indigoTint: highContrast ? "#3A3300" : "#E6ECF7"
    readonly property color indigoInk: highContrast ? "#000000" : "#FFFFFF"
    readonly property color leaf: highContrast ? "#FFFFFF" : "#195C35"
    readonly property color leafTint: highContrast ? "#1A1A1A" : "#E4F3E9"
    readonly property color leafInk: highContrast ? "#000000" : "#FFFFFF"
    readonly property color turmeric: "#F2B632"
    readonly property color turmericTint: highContrast ? "#3A3300" : "#FFF3D1"
    readonly property color amberInk: highContrast ? "#FFE100" : "#6B4300"
    readonly property color madder: highContrast ? "#FFFFFF" : "#A3262A"
    readonly property color madderTint: highContrast ? "#1A1A1A" : "#FBE9E7"
    readonly property color madderInk: highContrast ? "#000000" : "#FFFFFF"
    readonly property color teal: highContrast ? "#FFFFFF" : "#0F5C66"
    readonly property color tealTint: highContrast ? "#1A1A1A" : "#E0F1F2"
    // The ring around what is being spoken.
    readonly property color speaking: highContrast ? "#FFE100" : "#0F5C66"
    readonly property color line: highContrast ? "#FFFFFF" : "#8A8578"
    readonly property color hair: highContrast ? "#8A8A8A" : "#DDD6C8"
    readonly property color focus: "#FFC20E"
    // Drawings keep their own dark lines, so their ground stays light in high contrast.
    readonly property color artGround: highContrast ? "#FFFFFF" : sunk
    readonly property color artGroundChosen: highContrast ? "#FFF3A0" : indigoTint
    // What stands on the ground of a drawing, which is light in every theme.
    readonly property color scenePaper: "#FFFFFF"
    readonly property color sceneInk: "#1C2430"
    readonly property color sceneInk2: "#404957"
    readonly property color sceneIndigo: "#1F3A6E"
    readonly property color selvedgeGround: highContrast ? "#000000" : "#FBF8F2"
    readonly property color coverFill: "#1C2430"
    readonly property color coverPressed: "#404957"
    readonly property color coverInk: "#FFFFFF"
    readonly property color cameraBed: "#3A4453"
    readonly property color cameraDark: "#2B3340"
    readonly property color cameraGlow: "#7FD09B"
    readonly property color cameraText: "#FFFFFF"
    readonly property color qrDark: "#1C2430"
    readonly property color qrLight: "#FFFFFF"

    // Lines and corners
    readonly property int edge: highContrast ? 3 : 2
    readonly property int edgeChosen: 4
    readonly property int radiusField: 8
    readonly property int radiusCard: 12
    readonly property int radiusButton: 16

    // Type, in pixels
    readonly property string family: "Be Vietnam Pro"
    readonly property string familyTai: "Noto Sans Tai Viet"
    readonly property int displaySize: textLarge ? 64 : 56
    readonly property int bigButtonSize: textLarge ? 56 : 48
    readonly property int titleSize: textLarge ? 48 : 40
    readonly property int codeSize: textLarge ? 40 : 36
    readonly property int listSize: textLarge ? 40 : 32
    readonly property int labelSize: textLarge ? 36 : 28
    readonly property int helpSize: textLarge ? 34 : 24

    // Targets
    readonly property int buttonHeight: isLarge ? 88 : 80
    readonly property int backWidth: isLarge ? 320 : 280
    readonly property int primaryWidth: isLarge ? 560 : 480
    readonly property int listenSize: 80
    readonly property int smallListenSize: 64

    // Dates come in the middle of a sentence; some stand at its beginning.
    function begin(text: string): string {
        return text.charAt(0).toLocaleUpperCase() + text.slice(1);
    }

    function tag(colour: color): string {
        return colour.toString().slice(-6);
    }
}
