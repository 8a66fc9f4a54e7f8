pragma ComponentBehavior: Bound
import QtQuick

// K28: a page about the day and the season, as if nothing else had been open. The sign at the top left
// brings the page back; no button says so. season: see PrivacyViewModel.
Rectangle {
    id: root

    required property string place
    required property string day
    required property var season

    readonly property int margin: Theme.isLarge ? Theme.columnX : 64
    readonly property var sentences: season.sentences ?? []

    signal lifted

    objectName: "coverSheet"
    color: Theme.paper

    MouseArea {
        anchors.fill: parent
    }

    Selvedge {
        width: parent.width
        height: 16
        unit: 120
    }

    TapArea {
        id: sign
        objectName: "signButton"
        x: root.margin
        y: 32
        width: signRow.width + 24
        height: 80
        guarded: false
        focusPolicy: Qt.NoFocus
        pressedEdge: "transparent"
        text: root.place
        onTapped: root.lifted()

        background: Item {}
        contentItem: Item {
            Row {
                id: signRow
                anchors.verticalCenter: parent.verticalCenter
                spacing: 16

                Selvedge {
                    width: 56
                    height: 56
                    unit: 28
                }

                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.place !== "" ? root.place : qsTr("Điểm hỗ trợ xã hội số")
                    role: Words.Role.Label
                    wrapMode: Text.NoWrap
                }
            }
        }
    }

    Words {
        id: heading
        x: root.margin
        y: 128
        width: parent.width - 2 * x - 264
        text: qsTr("Mùa vụ hôm nay")
        role: Words.Role.Display
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 40
        maximumLineCount: 1
    }

    Rectangle {
        x: parent.width - root.margin - width
        y: 48
        width: 264
        height: 152
        radius: Theme.radiusCard
        color: Theme.highContrast ? Theme.artGround : Theme.paper

        Drawing {
            anchors.centerIn: parent
            name: "field"
            width: 240
            height: 144
        }
    }

    Panel {
        id: calendar
        x: root.margin
        y: heading.y + heading.height + 24
        width: Math.round((parent.width - 2 * root.margin) * 0.4)
        height: parent.height - y - 48

        Column {
            x: 32
            width: parent.width - 64
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.textLarge ? 8 : 16

            Words {
                width: parent.width
                text: Theme.begin(root.day)
                role: Words.Role.List
            }

            Words {
                width: parent.width
                text: qsTr("Ngày %1 tháng %2 âm lịch").arg(root.season.day).arg(root.season.month) + (root.season.isLeap ? qsTr(" nhuận") : "")
                role: Words.Role.Body
            }

            Words {
                width: parent.width
                text: qsTr("Tiết %1").arg(root.season.term)
                role: Words.Role.Body
            }
        }
    }

    Panel {
        x: calendar.x + calendar.width + Theme.gap
        y: calendar.y
        width: parent.width - root.margin - x
        height: calendar.height

        Drawing {
            visible: root.sentences.length === 0
            anchors.centerIn: parent
            name: "seedling"
            width: parent.width - 96
            height: Math.min(parent.height - 96, 240)
        }

        Column {
            visible: root.sentences.length > 0
            x: 32
            width: parent.width - 64
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.textLarge ? 4 : 12

            Words {
                width: parent.width
                text: root.season.title ?? ""
                role: Words.Role.List
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 28
                maximumLineCount: 1
            }

            Repeater {
                model: root.sentences.slice(0, Theme.textLarge && !Theme.isLarge ? 2 : 4)

                Words {
                    required property string modelData
                    width: parent?.width ?? 0
                    text: modelData
                    role: Words.Role.Body
                    maximumLineCount: 2
                }
            }

            Words {
                width: parent.width
                text: qsTr("Theo %1, %2").arg(root.season.source ?? "").arg(root.season.asOf ?? "")
                role: Words.Role.Help
                maximumLineCount: 2
            }
        }
    }
}
