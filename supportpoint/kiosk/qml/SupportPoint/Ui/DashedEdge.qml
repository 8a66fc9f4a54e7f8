import QtQuick
import QtQuick.Shapes

// The edge of what cannot be touched now.
Shape {
    id: root

    property int radius: Theme.radiusButton

    anchors.fill: parent

    ShapePath {
        strokeColor: Theme.line
        strokeWidth: Theme.edge
        strokeStyle: ShapePath.DashLine
        dashPattern: [5, 4]
        fillColor: "transparent"

        PathRectangle {
            x: Theme.edge / 2
            y: Theme.edge / 2
            width: root.width - Theme.edge
            height: root.height - Theme.edge
            radius: root.radius - Theme.edge / 2
        }
    }
}
