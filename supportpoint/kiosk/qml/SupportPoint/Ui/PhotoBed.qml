import QtQuick

// The picture of a paper on a dark bed; four corners show where it should lie.
Rectangle {
    id: root

    required property string imageUrl
    property bool live: false
    property bool good: false
    property bool noCamera: false
    property bool fake: false
    property bool zoomable: false
    property string advice
    property bool adviceGood: false

    signal zoom

    radius: Theme.radiusCard
    color: Theme.cameraBed

    Image {
        id: picture
        // No anchors, which come last: scaling a photo once more takes as long as half the page.
        x: 20
        y: 20
        width: root.width - 40
        height: root.height - 40
        visible: root.imageUrl !== ""
        source: root.imageUrl
        sourceSize: Qt.size(Math.max(1, width), Math.max(1, height))
        fillMode: Image.PreserveAspectFit
        cache: false
        Accessible.ignored: true
    }

    CornerMarks {
        visible: !root.noCamera && picture.paintedWidth > 1
        anchors.centerIn: parent
        width: picture.paintedWidth + 28
        height: picture.paintedHeight + 28
        tint: root.good ? Theme.cameraGlow : Theme.turmeric
    }

    TapArea {
        objectName: "zoomArea"
        anchors.fill: parent
        visible: root.zoomable
        text: qsTr("Xem to")
        ringRadius: Theme.radiusCard
        onTapped: root.zoom()

        contentItem: Item {
            Pill {
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: 16
                height: Math.max(52, implicitHeight)
                text: qsTr("Xem to")
                iconName: "magnifying-glass-plus"
                iconWeight: "bold"
                iconInk: Theme.ink
                tint: Theme.surface
            }
        }
    }

    // What to do, between the marks, which stay free to lay the paper by.
    Pill {
        objectName: "photoAdvice"
        anchors.horizontalCenter: parent.horizontalCenter
        y: parent.height - height - 16
        visible: root.advice !== ""
        text: root.advice
        iconName: root.adviceGood ? "check-circle" : "warning-circle"
        iconInk: root.adviceGood ? Theme.leaf : Theme.amberInk
        tint: root.adviceGood ? Theme.leafTint : Theme.turmericTint
    }

    Pill {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 16
        visible: root.live
        text: root.fake ? qsTr("Máy ảnh thử") : qsTr("Máy ảnh đang bật")
        iconName: "video-camera"
        iconInk: Theme.madderInk
        ink: Theme.madderInk
        tint: Theme.madder
    }

    Column {
        visible: root.noCamera
        anchors.centerIn: parent
        spacing: 16

        PictureIcon {
            anchors.horizontalCenter: parent.horizontalCenter
            name: "camera-slash"
            weight: "duotone"
            tint: Theme.cameraText
            size: 120
        }

        Words {
            text: qsTr("Máy ảnh chưa chạy")
            role: Words.Role.Label
            color: Theme.cameraText
        }
    }
}
