"""How many touches the happy paths take from home to the receipt, counted while the real app is driven."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from supportpoint.sealing.receipt import make_receipt, qr_text

#: Start, stop, use: what a story told by voice takes besides Continue.
VOICE_TAPS = 3
TRACKING = 5
PHONE = "0912345678"
CARD = (
    "011198000123|012345678|Quàng Thị Ơn|12031998|Nữ"
    "|Bản Nậm Cứm, xã Ngối Cáy, huyện Mường Ảng, tỉnh Điện Biên|05082021"
)
SELLING = {
    "/data/photos/photo_1": "yes",
    "/data/goods/category": "vegetable",
    "/data/amount/price": "5000",
    "/data/amount/stock": "8",
    "/data/seller/phone": PHONE,
}
LEGAL_AID = {
    "/data/first/urgent_kinds": "none",
    "/data/requester/contact": "phone",
    "/data/requester/phone": PHONE,
    "/data/requester/call_time": "evening",
    "/data/eligible/category": "poor",
    "/data/request/statement/truth": "OK",
}
TIP = {"/data/matter/topic": "works"}


class Counted:
    """A person whose touches are counted; a story is told where the form asks for one."""

    def __init__(self, person: Any) -> None:
        self.person, self.taps = person, 0
        tap = person.tap

        def count(name: str) -> None:
            self.taps += 1
            tap(name)

        person.tap = count

    def tell(self) -> None:
        """Tell the story of the open screen by voice, and go on."""
        ref = self.person.app.parts.stage.walk.ref
        self.person.app.parts.stage.visit.form.session.answer(ref, "ke.opus")
        self.taps += VOICE_TAPS
        self.person.tap("continueButton")

    def go(self, answers: Mapping[str, str]) -> None:
        """Walk the open form to its receipt: a card is held before the scanner where one is asked for."""
        person = self.person
        views = person.views
        while person.page != "receipt":
            before = (person.page, person.app.parts.stage.walk.ref)
            if person.page == "scan":
                person.feed_scanner(CARD)
            elif person.page == "question" and views.question.property("widget") == "voice":
                self.tell()
            else:
                person.fill_form(answers, lambda before=before: self._moved(before))
            person.wait_until(lambda before=before: self._moved(before), "the next screen")

    def _moved(self, before: tuple[str, str]) -> bool:
        return (self.person.page, self.person.app.parts.stage.walk.ref) != before


@pytest.fixture
def at_home(real_forms: Callable[..., None], meet: Callable[..., Any]) -> Callable[..., Counted]:
    """Return what puts a person before home at a point that has these forms."""

    def begin(*forms: str) -> Counted:
        real_forms(*forms)
        person = meet()
        person.walk_to_home()
        person.wait_until(lambda: len(person.app.parts.service.forms) > len(forms), "the forms")
        return Counted(person)

    return begin


@pytest.mark.parametrize(
    ("section", "forms", "answers", "taps"),
    [
        ("sell", ("product-listing", "sale-result"), SELLING, 26),
        ("law", ("legal-aid",), LEGAL_AID, 34),
        ("say", ("feedback-tip", "feedback-report"), TIP, 12),
    ],
    ids=["listing", "legal aid", "anonymous feedback"],
)
def test_the_happy_path(
    section: str, forms: tuple[str, ...], answers: dict[str, str], taps: int, at_home: Any
):
    counted = at_home(*forms)
    counted.person.enter_form(section, forms[0])
    counted.go(answers)
    assert counted.taps == taps


def test_a_receipt_is_tracked_in_five(person: Any):
    person.walk_to_home()
    counted = Counted(person)
    secret = make_receipt()
    assert person.track(qr_text(secret.secret)) == "none"
    assert counted.taps <= TRACKING
