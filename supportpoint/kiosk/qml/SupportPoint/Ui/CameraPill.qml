import QtQuick

// Says that the camera is on.
Pill {
    id: root

    property bool fake: false

    objectName: "cameraLive"
    text: fake ? qsTr("Máy ảnh thử") : qsTr("Máy ảnh đang bật")
    iconName: "video-camera"
    iconInk: Theme.madderInk
    ink: Theme.madderInk
    tint: Theme.madder
}
