pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T

// Base of everything that can be tapped. `tapped` leaves out the second of two quick taps.
T.AbstractButton {
    id: root

    // What it is about, where its word alone says too little: one loudspeaker among many.
    property string subject
    property bool guarded: true
    property int ringRadius: Theme.radiusButton
    property real ringInset: 0
    property color pressedEdge: Theme.ink
    property double lastTapMs: 0

    signal tapped

    hoverEnabled: false
    // Sunk under the finger, at the same size.
    topPadding: down ? 3 : 0
    bottomPadding: -topPadding
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.Button
    Accessible.name: subject !== "" ? text + ": " + subject : text
    onClicked: {
        const nowMs = Date.now();
        if (guarded && nowMs - lastTapMs < Theme.tapGuardMs)
            return;
        lastTapMs = nowMs;
        tapped();
    }

    // Made when it is first seen: a page has dozens of these.
    Loader {
        z: 10
        anchors.fill: parent
        anchors.margins: root.down ? 3 : 0
        anchors.topMargin: root.ringInset + anchors.margins
        anchors.bottomMargin: root.ringInset + anchors.margins
        active: root.visualFocus || root.down
        sourceComponent: FocusRing {
            radius: root.ringRadius - (root.down ? 3 : 0)
            pressed: root.down
            pressedEdge: root.pressedEdge
        }
    }
}
