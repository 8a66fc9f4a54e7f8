import QtQuick
import QtQuick.Templates as T

// Base of everything that can be tapped. `tapped` leaves out the second of two quick taps.
T.AbstractButton {
    id: root

    // What it is about, where its word alone says too little: one loudspeaker among many.
    property string subject
    property bool guarded: true
    property int ringRadius: Theme.radiusButton
    property double lastTapMs: 0

    signal tapped

    hoverEnabled: false
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

    FocusRing {
        z: 10
        radius: root.ringRadius
        visible: root.visualFocus
    }
}
