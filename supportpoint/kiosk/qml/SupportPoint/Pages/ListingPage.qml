pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K16f: the product as its buyer will see it. What is missing is named; one button leads to all that can be mended.
PageFrame {
    id: root

    required property ListingViewModel listing
    required property ReviewViewModel review

    readonly property int namedAtMost: 3
    readonly property bool whole: review.problemCount === 0
    readonly property string place: [listing.village, listing.commune].filter(text => text !== "").join(", ")

    objectName: "page_listing"
    title: qsTr("Người mua sẽ thấy như thế này.")
    help: qsTr("Cán bộ xem rồi mới đăng.")
    // What was written is for the eyes alone: goods, place and seller may name somebody.
    spokenRows: [priceLine(), stockLine(), ...(whole ? [] : [problemLine()])]
    primaryText: whole ? qsTr("Đăng bán") : review.lacksOnly ? qsTr("Ghi nốt chỗ thiếu") : qsTr("Sửa chỗ chưa đúng")
    primaryIcon: whole ? "check" : "arrow-right"
    primaryIconAtEnd: !whole
    onBack: navigator.back()
    onPrimary: review.confirm()

    function within(words: string): string {
        return words.charAt(0).toLocaleLowerCase() + words.slice(1);
    }

    function priceLine(): string {
        return qsTr("%1 đồng / %2").arg(listing.price).arg(within(listing.unit));
    }

    function stockLine(): string {
        return qsTr("Hiện có: %1").arg(`${listing.stock} ${listing.unit}`.trim());
    }

    function problemLine(): string {
        const names = review.problems.map(within);
        const named = names.slice(0, namedAtMost).join(", ");
        const all = names.length > namedAtMost ? qsTr("%1 và %2 chỗ nữa").arg(named).arg(names.length - namedAtMost) : named;
        return (review.lacksOnly ? qsTr("Còn thiếu: %1") : qsTr("Cần sửa: %1")).arg(all);
    }

    headExtra: Component {
        Pill {
            text: qsTr("Chưa gửi đâu nhé.")
            iconName: "warning-circle"
            iconInk: Theme.amberInk
            tint: Theme.turmericTint
        }
    }

    actions: [
        NeutralButton {
            objectName: "lookAtAll"
            x: Theme.backWidth + Theme.gap
            width: Theme.columnWidth - Theme.backWidth - Theme.primaryWidth - 2 * Theme.gap
            height: Theme.buttonHeight
            text: qsTr("Sửa, ghi thêm")
            iconName: "pencil-simple"
            iconInk: Theme.indigo
            onTapped: root.listing.lookAtAll()
        }
    ]

    Panel {
        id: card

        width: parent.width
        height: parent.height - (root.whole ? 0 : problemStrip.height + Theme.gap)
        border.color: Theme.line

        Rectangle {
            id: photoSide

            x: 2
            y: 2
            width: Math.round(parent.width * 0.46)
            height: parent.height - 4
            topLeftRadius: Theme.radiusCard - 2
            bottomLeftRadius: Theme.radiusCard - 2
            color: Theme.artGround

            Image {
                objectName: "listingPhoto"
                anchors.fill: parent
                anchors.margins: 12
                anchors.bottomMargin: thumbs.visible || addButton.visible ? 24 + addButton.height : 12
                source: root.listing.photos[0] ?? ""
                sourceSize: Qt.size(width, height)
                fillMode: Image.PreserveAspectFit
                Accessible.ignored: true
            }

            Row {
                id: thumbs
                visible: root.listing.photos.length > 1
                x: 12
                y: addButton.y
                spacing: 12

                Repeater {
                    model: root.listing.photos.slice(1)

                    Image {
                        required property string modelData

                        width: 104
                        height: addButton.height
                        source: modelData
                        sourceSize: Qt.size(208, 168)
                        fillMode: Image.PreserveAspectFit
                        Accessible.ignored: true
                    }
                }
            }

            NeutralButton {
                id: addButton
                objectName: "addPhoto"
                visible: root.listing.canAddPhoto
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: 12
                height: 72
                text: qsTr("Thêm ảnh")
                textSize: Theme.helpSize
                sidePadding: 16
                iconName: "plus"
                iconSize: 28
                iconInk: Theme.indigo
                // In high contrast its ground is white, as a common edge is.
                edgeColor: Theme.indigo
                onTapped: root.listing.addPhoto()
            }
        }

        Column {
            x: photoSide.width + 32
            width: parent.width - x - 24
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.isLarge ? 20 : 12

            Words {
                width: parent.width
                text: root.listing.title
                role: Words.Role.Label
                maximumLineCount: 3
                elide: Text.ElideRight
            }

            Words {
                width: parent.width
                // "cân (kg)" stays on one line.
                text: root.priceLine().replace(/ (?=\(|\/)/g, "\u00a0").replace("/ ", "/\u00a0")
                role: Words.Role.Code
                color: Theme.indigo
                maximumLineCount: 2
                fontSizeMode: Text.Fit
                minimumPixelSize: 28

                SpeakingRing {
                    speaking: root.shell.voice.line === root.priceLine()
                    anchors.fill: parent
                    anchors.margins: -6
                    z: -1
                }
            }

            Words {
                width: parent.width
                text: root.stockLine()
                role: Words.Role.Body

                SpeakingRing {
                    speaking: root.shell.voice.line === parent.text
                    anchors.fill: parent
                    anchors.margins: -6
                    z: -1
                }
            }

            Words {
                width: parent.width
                visible: root.place !== ""
                text: root.place
                role: Words.Role.Body
                maximumLineCount: 2
                elide: Text.ElideRight
            }

            Words {
                width: parent.width
                visible: root.listing.seller !== "" && !(Theme.textLarge && !Theme.isLarge)
                text: root.listing.seller
                role: Words.Role.Help
                maximumLineCount: 2
                elide: Text.ElideRight
            }
        }
    }

    NoteStrip {
        id: problemStrip
        objectName: "problemStrip"
        visible: !root.whole
        y: parent.height - height
        width: parent.width
        height: Theme.textLarge ? 96 : 80
        message: root.problemLine()
        iconName: "warning-circle"
        iconInk: Theme.madder
        tint: Theme.madderTint

        SpeakingRing {
            speaking: root.shell.voice.line === root.problemLine()
            anchors.fill: parent
            anchors.margins: 2
        }
    }
}
