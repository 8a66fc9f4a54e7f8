import QtQuick

// Sees every touch without taking it, and says when nobody has touched for long.
Item {
    id: root

    required property bool watching
    required property int patienceS
    property int countdownS: 45
    property int stillS: 0
    // Somebody who listens touches nothing.
    property bool paused: false

    readonly property bool warning: watching && stillS >= patienceS
    readonly property int secondsLeft: patienceS + countdownS - stillS

    signal ended
    signal pressed

    function touched() {
        stillS = 0;
    }

    onWatchingChanged: touched()

    PointHandler {
        onActiveChanged: {
            if (active)
                root.pressed();
            if (!root.warning)
                root.touched();
        }
    }

    Timer {
        interval: 1000
        repeat: true
        running: root.watching && !root.paused
        onTriggered: {
            root.stillS += 1;
            if (root.secondsLeft <= 0) {
                root.touched();
                root.ended();
            }
        }
    }
}
