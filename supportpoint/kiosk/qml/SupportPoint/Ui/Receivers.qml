pragma Singleton
import QtQuick

// Whose desk a case goes to, in words. The route is a fact of the form; no answer changes it.
QtObject {
    id: root

    // "Xã Nà Tấu" is "xã Nà Tấu" within a sentence.
    function inSentence(name: string): string {
        return name.replace(/^(Xã|Phường|Thị trấn|Đặc khu) /, kind => kind.toLocaleLowerCase(Qt.locale("vi")));
    }

    function nameOf(route: string, commune: string): string {
        switch (route) {
        case "commune_office":
            return commune !== "" ? qsTr("cán bộ %1").arg(inSentence(commune)) : qsTr("cán bộ xã");
        case "commune_police":
            return commune !== "" ? qsTr("công an %1").arg(inSentence(commune)) : qsTr("công an xã");
        case "social_insurance":
            return qsTr("bảo hiểm xã hội");
        case "school":
            return qsTr("nhà trường");
        case "legal_aid_centre":
            return qsTr("trung tâm trợ giúp pháp lý");
        case "market":
            return qsTr("cán bộ coi chợ");
        case "supervision_board":
            return qsTr("ban giám sát của dân");
        case "agency":
            return qsTr("nơi xem lại quyết định");
        case "inspectorate":
            return qsTr("thanh tra tỉnh");
        case "province":
            return qsTr("cơ quan của tỉnh");
        default:
            return commune !== "" ? qsTr("cán bộ %1").arg(inSentence(commune)) : qsTr("cán bộ xã");
        }
    }

    // Who does not receive it, or what else to know before writing; "" where there is nothing to say.
    function caution(form: string): string {
        switch (form) {
        case "legal-aid":
            return qsTr("Chỉ người trợ giúp luật xem chuyện này.");
        case "feedback-report":
            return qsTr("Muốn xã không biết? Mời chọn báo tin.");
        case "feedback-complaint":
            return qsTr("Có ghi tên. Nơi ra quyết định sẽ biết.");
        case "feedback-denunciation":
            return qsTr("Người bị tố cáo không nhận đơn này.");
        case "feedback-tip":
            return qsTr("Người bị báo tin không nhận tin này.");
        case "supervision-works":
            return qsTr("Bên làm công trình không nhận tin này.");
        case "supervision-support":
            return qsTr("Người phát hỗ trợ không nhận tin này.");
        default:
            return "";
        }
    }
}
