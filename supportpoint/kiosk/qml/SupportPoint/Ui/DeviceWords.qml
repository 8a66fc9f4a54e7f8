pragma Singleton
import QtQuick

// The devices of a machine and what came of trying them, in words and pictures.
QtObject {
    id: root

    function nameOf(device: string): string {
        switch (device) {
        case "camera":
            return qsTr("Máy ảnh");
        case "scanner":
            return qsTr("Máy quét mã");
        case "microphone":
            return qsTr("Micrô");
        case "speaker":
            return qsTr("Loa");
        case "speech":
            return qsTr("Giọng đọc");
        case "printer":
            return qsTr("Máy in");
        default:
            return qsTr("Màn hình chạm");
        }
    }

    function artOf(device: string): string {
        return device === "speech" ? "machinevoice" : device;
    }

    function verdictWords(verdict: string): string {
        switch (verdict) {
        case "good":
            return qsTr("Tốt");
        case "absent":
            return qsTr("Không thấy");
        case "broken":
            return qsTr("Chưa chạy");
        default:
            return qsTr("Chưa thử");
        }
    }

    function verdictIcon(verdict: string): string {
        return ({good: "check-circle", absent: "x-circle", broken: "warning-circle"})[verdict] ?? "circle";
    }

    function verdictInk(verdict: string): color {
        return verdict === "good" ? Theme.leaf : (verdict === "broken" ? Theme.madder : Theme.ink2);
    }

    function verdictTint(verdict: string): color {
        return verdict === "good" ? Theme.leafTint : (verdict === "broken" ? Theme.madderTint : Theme.sunk);
    }
}
