pragma ComponentBehavior: Bound
import QtQuick
import SupportPoint.Kiosk
import SupportPoint.Ui

// K16f: the product as its buyer will see it. Every part of the card can be mended from here.
PageFrame {
    id: root

    required property ListingViewModel listing
    required property ReviewViewModel review

    readonly property int buttonsWidth: Theme.isLarge ? 400 : 356
    readonly property real buttonHeight: (body.height - 4 * Theme.gap) / 5
    readonly property real photoWidth: Math.round((body.width - buttonsWidth - Theme.gap) * (Theme.textLarge ? 0.4 : 0.48))
    readonly property string place: [listing.village, listing.commune].filter(text => text !== "").join(", ")

    objectName: "page_listing"
    title: qsTr("Người mua sẽ thấy như thế này.")
    help: qsTr("Cán bộ xem rồi mới đăng.")
    // What was written is for the eyes alone: goods, place and seller may name somebody.
    spokenRows: [priceLine(), stockLine()]
    primaryText: qsTr("Đăng bán")
    primaryIcon: "check"
    primaryIconAtEnd: false
    primaryFilled: review.problemCount === 0
    onBack: navigator.back()
    onPrimary: review.confirm()

    function priceLine(): string {
        return qsTr("%1 đồng / %2").arg(listing.price).arg(listing.unit.charAt(0).toLocaleLowerCase() + listing.unit.slice(1));
    }

    function stockLine(): string {
        return qsTr("Hiện có: %1").arg(listing.stock);
    }

    headExtra: Component {
        Pill {
            text: root.review.problemCount > 0 ? qsTr("Còn %1 chỗ cần sửa").arg(root.review.problemCount) : qsTr("Chưa gửi đâu nhé.")
            iconName: "warning-circle"
            iconInk: root.review.problemCount > 0 ? Theme.madder : Theme.amberInk
            tint: root.review.problemCount > 0 ? Theme.madderTint : Theme.turmericTint
        }
    }

    Panel {
        width: parent.width - root.buttonsWidth - Theme.gap
        height: parent.height
        border.color: Theme.line

        Rectangle {
            x: 2
            y: 2
            width: root.photoWidth
            height: parent.height - 4
            topLeftRadius: Theme.radiusCard - 2
            bottomLeftRadius: Theme.radiusCard - 2
            color: Theme.artGround

            Image {
                objectName: "listingPhoto"
                anchors.fill: parent
                anchors.margins: 12
                anchors.bottomMargin: thumbs.visible ? 108 : 12
                source: root.listing.photos[0] ?? ""
                sourceSize: Qt.size(width, height)
                fillMode: Image.PreserveAspectFit
                Accessible.ignored: true
            }

            Row {
                id: thumbs
                visible: root.listing.photos.length > 1
                x: 12
                y: parent.height - 96
                spacing: 12

                Repeater {
                    model: root.listing.photos.slice(1)

                    Image {
                        required property string modelData

                        width: 104
                        height: 84
                        source: modelData
                        sourceSize: Qt.size(208, 168)
                        fillMode: Image.PreserveAspectFit
                        Accessible.ignored: true
                    }
                }
            }
        }

        Column {
            x: root.photoWidth + 24
            width: parent.width - x - 20
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
                text: root.priceLine()
                role: Words.Role.Code
                color: Theme.indigo
                maximumLineCount: 2
                fontSizeMode: Text.Fit
                minimumPixelSize: 28

                SpeakingRing {
                    speaking: root.shell.voice.line === parent.text
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

    Column {
        x: parent.width - width
        width: root.buttonsWidth
        spacing: Theme.gap

        Repeater {
            model: [
                {name: "fixPhotos", text: qsTr("Sửa ảnh"), icon: "camera", field: "photos"},
                {name: "addPhoto", text: qsTr("Thêm ảnh"), icon: "plus", field: ""},
                {name: "fixPrice", text: qsTr("Sửa giá"), icon: "pencil-simple", field: "price"},
                {name: "fixStock", text: qsTr("Sửa số lượng"), icon: "pencil-simple", field: "stock"},
                {name: "lookAtAll", text: qsTr("Xem hết, ghi thêm"), icon: "arrow-right", field: "all"}
            ]

            NeutralButton {
                required property var modelData

                objectName: modelData.name
                width: root.buttonsWidth
                height: Math.floor(root.buttonHeight)
                text: modelData.text
                sidePadding: 12
                iconName: modelData.icon
                iconInk: Theme.indigo
                enabled: modelData.name !== "addPhoto" || root.listing.canAddPhoto
                onTapped: {
                    if (modelData.field === "all")
                        root.listing.lookAtAll();
                    else if (modelData.field === "")
                        root.listing.addPhoto();
                    else
                        root.listing.fix(modelData.field);
                }
            }
        }
    }
}
