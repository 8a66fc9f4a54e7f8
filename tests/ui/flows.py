"""What people come for, each as the shortest way that a person would go: by touches, from the first page.

A flow answers from its table; what the form asks beyond it is made up when it must be answered and
otherwise left open. Everybody here is invented.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from supportpoint.kiosk.visit.lexical import lexical
from supportpoint.protocol import BoxBody, CaseNews, Change, MissingThing, SyncReply, encode
from supportpoint.sealing.mailbox import make_box
from supportpoint.sealing.receipt import make_receipt, qr_text
from tests.form_filling import read_birth_answers

MOTHER = (
    "011198004512|012345678|Quàng Thị Ơn|12031998|Nữ"
    "|Bản Nậm Cứm, xã Ngối Cáy, huyện Mường Ảng, tỉnh Điện Biên|20082024"
)
FATHER = (
    "011094003217|012345679|Lò Văn Bun|05061994|Nam"
    "|Bản Nậm Cứm, xã Ngối Cáy, huyện Mường Ảng, tỉnh Điện Biên|20082024"
)
COMMUNE = "03316"
TELEPHONE = "0912345678"
SECRET = bytes(range(16))
PAPER = MissingThing(kind="photo", label="Giấy kết hôn", reason="Ảnh mờ. Mời chụp lại.")
PHONE = MissingThing(
    kind="answer", label="Số điện thoại của bà con?", reason="Thiếu số.", ref="/data/requester/phone"
)
MATTER = {
    "/data/matter/topic": "road_power_water",
    "/data/matter/place/where": "dien_bien",
    "/data/matter/place/ask_commune": COMMUNE,
    "/data/matter/content": "Đường hỏng",
    "/data/person/accused": "Ông A",
}
RESIDENCE = {
    "/data/need/for_whom": "self",
    "/data/need/to": COMMUNE,
    "/data/person/scan": MOTHER,
    "/data/place/detail": "Nậm Cứm",
    "/data/together/any": "no",
}
SENDER = {
    "/data/who/scan": MOTHER,
    "/data/who/address/where": "dien_bien",
    "/data/who/address/ask_commune": COMMUNE,
    "/data/who/address/ask_detail": "Nậm Cứm",
}


@dataclass(frozen=True)
class Flow:
    """One thing that people come for: where it is at home, its form, its answers, its taps from there.

    `most_taps` is the figure of the design, 0 where it names none.
    """

    section: str
    form_id: str
    answers: Mapping[str, str] = field(default_factory=dict)
    most_taps: int = 0


class Told:
    """The answers of a flow as they are given; `given` is ref → lexical answer."""

    def __init__(self, person: Any, answers: Mapping[str, str]) -> None:
        self._answers, self._invented = answers, person.invent_answers()
        self._stage = person.app.parts.stage
        self.given: dict[str, str] = {}

    def get(self, ref: str, /) -> str | None:
        """Return the answer of the table, or one that must be made up."""
        if ref in self._answers:
            value: str | None = self._answers[ref]
        else:
            step = self._stage.walk.step
            question = step.question if step is not None else None
            is_open = question is not None and question.required and not lexical(question.value)
            value = self._invented.get(ref) if is_open else None
        if value:
            self.given[ref] = "scanned" if "|" in value else value
        return value


FORMS = {
    "birth": Flow("papers", "birth-registration", read_birth_answers()),
    "birth, both cards": Flow(
        "papers",
        "birth-registration",
        read_birth_answers() | {"/data/parents/father/scan": FATHER},
    ),
    "residence, permanent": Flow(
        "papers",
        "residence",
        RESIDENCE
        | {
            "/data/need/kind": "permanent",
            "/data/head/relation": "wife",
            "/data/head/ask_name": "Lò Văn Bun",
            "/data/head/agree": "yes",
            "/data/place/house_of": "family",
            "/data/place/owner_agree": "yes",
            "/data/place/house_paper": "commune",
        },
    ),
    "residence, temporary": Flow(
        "papers",
        "residence",
        RESIDENCE
        | {
            "/data/need/kind": "temporary",
            "/data/head/relation": "head",
            "/data/place/from": "2026-11-23",
            "/data/place/until": "2027-11-22",
            "/data/place/house_of": "rented",
            "/data/place/owner_agree": "later",
            "/data/place/house_paper": "contract",
            "/data/signature/sign": "yes",
        },
    ),
    "product listing": Flow(
        "sell",
        "product-listing",
        {
            "/data/photos/photo_1": "yes",
            "/data/goods/category": "vegetable",
            "/data/amount/price": "5000",
            "/data/amount/stock": "8",
            "/data/seller/scan": MOTHER,
            "/data/seller/phone": TELEPHONE,
        },
        26,
    ),
    "legal aid": Flow(
        "law",
        "legal-aid",
        {
            "/data/first/urgent_kinds": "none",
            "/data/case/summary_voice": "told",
            "/data/requester/person/scan": MOTHER,
            "/data/requester/contact": "phone",
            "/data/requester/phone": TELEPHONE,
            "/data/requester/call_time": "evening",
            "/data/eligible/category": "poor",
        },
        34,
    ),
    "report": Flow(
        "say",
        "feedback-report",
        MATTER | SENDER | {"/data/what/kind": "phan_anh", "/data/name/anonymous": "no"},
    ),
    "complaint": Flow("say", "feedback-complaint", MATTER | SENDER),
    "denunciation": Flow("say", "feedback-denunciation", MATTER | SENDER),
    "anonymous tip": Flow(
        "say", "feedback-tip", {"/data/matter/topic": "works", "/data/matter/voice": "told"}, 12
    ),
    "supervision of works": Flow(
        "say",
        "supervision-works",
        {
            "/data/board/member_count": "5",
            "/data/projects[1]/name": "Cầu bản",
            "/data/found/any_finding": "no",
            "/data/found/any_petition": "no",
            "/data/visit/date": "2026-11-23",
        },
    ),
}


def walk_form(person: Any, flow: Flow) -> Told:
    """Go from home through a form to its receipt; return what was answered."""
    person.enter_form(flow.section, flow.form_id)
    told = Told(person, flow.answers)
    person.fill_form(told, lambda: person.page == "receipt")
    person.wait_for_page("receipt")
    return told


def deliver_news(person: Any, point: Any, *missing: MissingThing) -> str:
    """Put news of a case into the kiosk's mailbox, as a sync pass does; return its receipt's QR text."""
    number = make_receipt(SECRET).case_number
    state = "need" if missing else "working"
    news = CaseNews(
        number, state, "2026-11-22T08:00:00+07:00", "Nà Tấu", missing=missing, due_on="2026-12-02"
    )
    body: BoxBody = make_box(news, secret=SECRET, signer=point.trust.office, epoch="e1", rev=1)
    change = Change(stream="box", id="case-1", rev=1, body=encode(body))
    reply = SyncReply(epoch="e1", now="2026-11-23T02:00:00Z", changes=(change,), cursor=1)
    person.app.parts.stage.tasks(lambda store: store.apply_reply(reply))
    return qr_text(SECRET)


def track(person: Any, code: str) -> None:
    """Go from home to the news of a receipt."""
    person.tap("card_mine")
    person.wait_for_page("track")
    person.feed_scanner(code)
    person.wait_for_page("status")


def bring_more(person: Any, code: str) -> None:
    """Answer at the kiosk everything that the office asks for."""
    from addition import answer_request  # noqa: PLC0415 -- found beside the driver

    track(person, code)
    answer_request(person)


def read_aloud_and_next(person: Any) -> None:
    """Go from home to the first article, to its last sentence, and to the next article."""
    person.tap("card_learn")
    person.wait_for_page("shelf")
    person.tap(f"article_{person.views.learn.property('items')[0]['id']}")
    person.wait_for_page("article")
    article = person.views.article
    while article.property("sentenceIndex") + 1 < article.property("sentenceCount"):
        person.tap("nextSentenceButton")
    person.tap("continueButton")
    person.wait_until(lambda: article.property("articleIndex") == 1, "the next article")


#: The flows that open no form: name → (how to go, what the office asks for, the most taps of the design).
NEWS: dict[str, tuple[Callable[[Any, str], None], tuple[MissingThing, ...], int]] = {
    "tracking": (track, (), 5),
    "supplement": (bring_more, (PAPER,), 9),
    "supplement, photo and number": (bring_more, (PAPER, PHONE), 0),
}
