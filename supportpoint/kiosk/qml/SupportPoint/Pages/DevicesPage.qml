pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// S10 for a person at the machine: every device in a list, with what came of trying it.
PageFrame {
    id: root

    required property DevicesViewModel devices

    readonly property int rowCount: Math.ceil(devices.rows.length / 2)
    readonly property real rowHeight: Math.floor((body.height - (rowCount - 1) * 16) / rowCount)

    objectName: "page_devices"
    title: qsTr("Thử thiết bị của máy")
    help: qsTr("Chạm vào từng thứ để thử.")
    barTitle: qsTr("Thử thiết bị")
    ending: true
    backVisible: false
    primaryText: qsTr("Xong")
    primaryIcon: "check"
    onPrimary: shell.endVisit()

    Repeater {
        model: root.devices.rows

        DeviceCard {
            required property var modelData
            required property int index

            objectName: "device_" + modelData.id
            // The last one of an odd number stands in the middle.
            x: index === root.devices.rows.length - 1 && index % 2 === 0 ? Math.round((root.body.width - width) / 2) : (index % 2) * (width + 16)
            y: Math.floor(index / 2) * (root.rowHeight + 16)
            width: Math.floor((root.body.width - 16) / 2)
            height: root.rowHeight
            device: modelData.id
            verdict: modelData.verdict
            onTapped: root.devices.choose(modelData.id)
        }
    }
}
