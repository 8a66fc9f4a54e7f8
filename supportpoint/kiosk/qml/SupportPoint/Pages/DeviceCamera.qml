import QtQuick
import SupportPoint.Ui

// What the camera sees, moving, or the picture it took.
PhotoBed {
    id: root

    required property var look
    property bool absent: false

    imageUrl: look.imageUrl ?? ""
    live: imageUrl !== "" && !look.still
    noCamera: absent || imageUrl === ""
    good: look.still ?? false

    Pill {
        x: 16
        y: 16
        visible: root.look.still ?? false
        text: root.look.size ?? ""
        iconName: "image"
        iconWeight: "fill"
    }
}
