"""Every state of every page, by name. A new page or state is one line here.

A name without a dot is the default state of its page, taken at every size and contrast; the numbers are those
of the design. Goldens, the accessibility tree and the pseudo-language walk this list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from supportpoint.kiosk.pages.receipt import Handover
from supportpoint.kiosk.pages.track import Found
from supportpoint.protocol import CaseNews, MissingThing
from supportpoint.sealing.receipt import make_receipt
from tests.ui.conftest import NOW
from tests.ui.flows import MOTHER, SECRET
from tests.ui.scene import Scene

State = Callable[[Scene], object]

RECEIPT = make_receipt(SECRET)
DONE = Handover(
    RECEIPT, "Khai sinh", "Lò Thị M••• A•", "Có kết quả trong 1 ngày làm việc", (), "commune_office"
)
NEWS = CaseNews(
    case_number=RECEIPT.case_number,
    state="need",
    at="2026-11-22T02:00:00Z",
    unit="cán bộ xã Nà Tấu",
    missing=(
        MissingThing(kind="photo", label="Giấy kết hôn", reason="Ảnh mờ. Mời chụp lại."),
        MissingThing(
            kind="answer", label="Số điện thoại", reason="Số bị thiếu.", ref="/data/requester/phone"
        ),
    ),
    due_on="2026-11-30",
)
NAME, PHONE = "/data/child/ask_full_name", "/data/requester/phone"
EVENT, BIRTH_DATE = "/data/child/ask_birth_date", "/data/requester/birth_date"
SCAN, PHOTO = "/data/requester/scan", "/data/papers/id_photo"
TELL = {"/data/requester/relation": "mother"}
COMMUNE = "/data/requester/residence/ask_commune"
LIVES_HERE = TELL | {"/data/requester/scan": "none", "/data/requester/residence/where": "dien_bien"}
PAPERS = {"/data/papers/birth_notice": "yes"}
SELL, AID, SALE = "product-listing", "legal-aid", "sale-result"


def _asked(ref: str, form: str = "birth-registration", *taps: str, **told: Mapping[str, str]) -> State:
    def show(scene: Scene) -> None:
        scene.ask(ref, form, told.get("answers"))
        scene.tap(*taps)

    return show


def _resumable(scene: Scene) -> None:
    scene.ask(PHONE)
    scene.tap("pad_0", "homeButton")
    scene.person.wait_until(lambda: scene.person.find("resumeButton") is not None, "the draft")


def _scanned(scene: Scene) -> None:
    scene.ask(SCAN, answers=TELL)
    scene.person.feed_scanner(MOTHER)
    scene.person.wait_for_page("confirmCard")


def _hinted(hint: str) -> State:
    def show(scene: Scene) -> None:
        scene.ask(SCAN, answers=TELL)
        scene.views.scan._set_hint(hint)

    return show


def _shot(scene: Scene) -> None:
    scene.ask("/data/papers/birth_notice_photo", answers=PAPERS)
    scene.shoot()


def _review_with_an_open_answer(scene: Scene) -> None:
    scene.review(0, NAME)
    while not any(row["problem"] for row in scene.views.review.property("rows")):
        scene.tap("continueButton")


def _consent(*taps: str) -> State:
    def show(scene: Scene) -> None:
        scene.fill_birth()
        scene.app.navigator.open("consent")
        scene.person.wait_for_page("consent")
        scene.tap(*taps)

    return show


def _sending(scene: Scene) -> None:
    scene.fill_birth()
    scene.app.navigator.open("consent")
    scene.person.wait_for_page("consent")
    scene.tap("agreeButton", "agreeButton")
    scene.person.wait_until(lambda: scene.views.sending.property("queued"), "the outbox")
    scene.views.sending._pause.stop()


def _tracking(*taps: str) -> State:
    def show(scene: Scene) -> None:
        scene.open("track")
        scene.tap(*taps)

    return show


def _held(code: str, state: str) -> State:
    def show(scene: Scene) -> None:
        scene.open("track")
        scene.tap("card_scan")
        scene.person.feed_scanner(code)
        scene.person.wait_until(lambda: scene.views.track.property("state") == state, state)

    return show


def _supplement(*taps: str) -> State:
    def show(scene: Scene) -> None:
        scene.show_news(NEWS)
        scene.tap("continueButton")
        scene.person.wait_for_page("supplement")
        scene.tap(*taps)

    return show


def _shelf(*taps: str) -> State:
    def show(scene: Scene) -> None:
        scene.app.navigator.open("home")
        scene.views.learn.refresh()
        scene.person.wait_until(lambda: scene.views.learn.property("hasArticles"), "the articles")
        scene.views.learn.enter()
        scene.person.wait_for_page("shelf")
        scene.tap(*taps)

    return show


def _empty_shelf(scene: Scene) -> None:
    scene.views.learn._got(())
    scene.open("shelf")


def _article(*taps: str) -> State:
    def show(scene: Scene) -> None:
        _shelf()(scene)
        scene.tap(f"article_{scene.views.learn.property('items')[0]['id']}")
        scene.person.wait_for_page("article")
        scene.tap(*taps)

    return show


def _problem(code: str) -> State:
    def show(scene: Scene) -> None:
        scene.app.navigator.open("home")
        scene.views.problem.show(code)

    return show


def _unwatched(scene: Scene) -> None:
    scene.open("home")
    scene.settle()
    scene.wait_unwatched()


def _then(state: State, *taps: str) -> State:
    def show(scene: Scene) -> None:
        state(scene)
        scene.tap(*taps)

    return show


STATES: dict[str, State] = {
    "K01-attract": lambda scene: None,
    "K02-language": lambda scene: scene.open("language"),
    "K03-home": lambda scene: scene.open("home"),
    "K03-home.resume": _resumable,
    "K03-home.listening": _then(lambda scene: scene.open("home"), "listenButton"),
    "K04-services": lambda scene: scene.enter("papers"),
    "K04-services.second": _then(lambda scene: scene.enter("papers"), "nextPageButton"),
    "K04-services.sell": lambda scene: scene.enter("sell"),
    "K04-services.law": lambda scene: scene.enter("law"),
    "K04-services.staff": lambda scene: scene.enter("staff"),
    "K05-preparation": lambda scene: scene.prepare("birth-registration"),
    "K05-preparation.sell": lambda scene: scene.prepare(SELL),
    "K05-preparation.aid": lambda scene: scene.prepare(AID),
    "K06-scan": _asked(SCAN, answers=TELL),
    "K06-scan.far": _hinted("far"),
    "K06-scan.tilt": _hinted("tilt"),
    "K06-scan.bad": _hinted("bad"),
    "K07-card": _scanned,
    "K08-question": _asked("/data/requester/relation", "birth-registration", "card_mother"),
    "K08-question.unanswered": _asked("/data/requester/relation"),
    "K08-question.error": _asked("/data/requester/relation", "birth-registration", "continueButton"),
    "K08-question.name": _asked(NAME),
    "K08-question.name-written": _asked(
        NAME,
        "birth-registration",
        *("key_l", "key_o", "key_tone_huyen", "key_space", "key_m", "key_a", "key_i"),
    ),
    "K08-question.name-error": _asked(NAME, "birth-registration", "continueButton"),
    "K08-question.symbols": _asked(NAME, "birth-registration", "key_symbols"),
    "K08-question.text": _asked("/data/goods/title", SELL),
    "K08-question.number": _asked(PHONE),
    "K08-question.number-error": _asked(PHONE, "birth-registration", "pad_0", "pad_9", "continueButton"),
    "K08-question.money": _asked("/data/amount/price", SELL, "pad_1", "pad_2", "pad_0", "pad_thousand"),
    "K08-question.decimal": _asked("/data/sale/quantity", SALE, "pad_1", "pad_comma", "pad_5"),
    "K08-question.date": _asked(EVENT),
    "K08-question.date-day": _asked(EVENT, "birth-registration", "card_other"),
    "K08-question.date-month": _asked(EVENT, "birth-registration", "card_other", "day_2"),
    "K08-question.date-year": _asked(EVENT, "birth-registration", "card_other", "day_2", "month_11"),
    "K08-question.birth": _asked(BIRTH_DATE, answers=LIVES_HERE),
    "K08-question.birth-decade": _asked(BIRTH_DATE, "birth-registration", "card_year", answers=LIVES_HERE),
    "K08-question.birth-year": _asked(
        BIRTH_DATE, "birth-registration", "card_year", "decade_1990", answers=LIVES_HERE
    ),
    "K08-question.birth-told": _asked(
        BIRTH_DATE, "birth-registration", "card_year", "decade_1990", "year_1998", answers=LIVES_HERE
    ),
    "K08-question.animal": _asked(BIRTH_DATE, "birth-registration", "card_animal", answers=LIVES_HERE),
    "K08-question.lunar": _asked(BIRTH_DATE, "birth-registration", "card_lunar", answers=LIVES_HERE),
    "K08-question.time": _asked("/data/event/start", "meeting"),
    "K08-question.moment": _asked("/data/visit/began", "support-visit"),
    "K08-question.commune": _asked(COMMUNE, answers=LIVES_HERE),
    "K08-question.letters": _asked(COMMUNE, "birth-registration", "card_other", answers=LIVES_HERE),
    "K08-question.communes": _asked(
        COMMUNE, "birth-registration", "card_other", "letter_M", answers=LIVES_HERE
    ),
    "K08-question.many": _asked("/data/selling/delivery", SELL, "card_bus"),
    "K08-question.note": _asked("/data/first/private", AID),
    "K08-question.voice": _asked("/data/case/summary_voice", AID),
    "K08-question.repeat": _asked("/data/papers/case_papers", AID),
    "K08-question.agree": _asked("/data/papers/statement/truth", "birth-registration", "card_OK"),
    "K09-photo": _asked("/data/papers/birth_notice_photo", answers=PAPERS),
    "K09-photo.shot": _shot,
    "K11-review": lambda scene: scene.review(),
    "K11-review.child": lambda scene: scene.review(2),
    "K11-review.open": _review_with_an_open_answer,
    "K12-consent": _consent(),
    "K12-consent.sensitive": _consent("agreeButton"),
    "K12-consent.declined": _consent("declineButton"),
    "K14-sending": _sending,
    "K15-receipt": lambda scene: scene.show_receipt(DONE),
    "K15-receipt.sent": lambda scene: scene.show_receipt(DONE, sent=True),
    "K15-receipt.lacking": lambda scene: scene.show_receipt(
        Handover(RECEIPT, "Khai sinh", "Lò Thị M••• A•", "", ("Giấy chứng sinh", "Giấy kết hôn"))
    ),
    "K15-receipt.private": lambda scene: scene.show_receipt(
        Handover(RECEIPT, "Trợ giúp pháp lý", "", "", (), "legal_aid_centre", is_private=True)
    ),
    "K21-triage": lambda scene: scene.enter("say", "triage"),
    "K22-shelf": _shelf(),
    "K22-shelf.topic": _shelf("topic_law"),
    "K22-shelf.empty": _empty_shelf,
    "K23-article": _article(),
    "K23-article.second": _article("nextSentenceButton", "nextSentenceButton"),
    "K24-track": _tracking(),
    "K24-track.scanning": _tracking("card_scan"),
    "K24-track.typing": _tracking("card_type", "pad_2", "pad_A"),
    "K24-track.none": _held("SP1:" + "0" * 27, "none"),
    "K24-track.bad": _held("garbage", "bad"),
    "K25-status": lambda scene: scene.show_news(NEWS),
    "K25-status.waiting": lambda scene: scene.show_news(
        Found(waiting_number=RECEIPT.case_number, waiting_since=NOW)
    ),
    **{
        f"K25-status.{state}": lambda scene, state=state: scene.show_news(
            replace(NEWS, state=state, missing=(), due_on="")
        )
        for state in ("received", "working", "accepted", "refused")
    },
    "K26-supplement": _supplement(),
    "K26-supplement.answer": _supplement("answer_2"),
    "K27-still-here": _unwatched,
    "K28-cover": _then(lambda scene: scene.show_news(NEWS), "coverButton"),
    "K29-help": lambda scene: scene.open("help"),
    "K31-problem": _problem("SP-202"),
    "K31-problem.unknown": _problem("SP-001"),
}
DEFAULTS = tuple(name for name in STATES if "." not in name)
