"""No number that tells who somebody is stands whole on a page, but for a moment and by a touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from PySide6.QtQuick import QQuickItem

from supportpoint.content.package import Manifest, write_package
from supportpoint.content.shelf import Shelf

NUMBERS = {
    "id_no": "011198073951",
    "old_id_no": "045173951",
    "phone": "0917394628",
    "contact": "0917394629",
    "account_no": "190373951234",
}
MASKED = {
    "id_no": "•••• •••• 3951",
    "old_id_no": "•••• •••• 3951",
    "phone": "••• ••• 46 28",
    "contact": "••• ••• 46 29",
    "account_no": "•••• •••• 1234",
}
FORM_ID = "numbers"
XFORM = (
    """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa">
 <h:head><h:title>Số</h:title><model><instance><data id="numbers" version="1">"""
    + "".join(f"<{name}/>" for name in NUMBERS)
    + """<meta><instanceID/></meta></data></instance>"""
    + "".join(f'<bind nodeset="/data/{name}" type="string" required="true()"/>' for name in NUMBERS)
    + """<bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/></model></h:head><h:body>"""
    + "".join(
        f'<input ref="/data/{name}" appearance="numbers"><label>{name}</label></input>' for name in NUMBERS
    )
    + "</h:body></h:html>"
)


@pytest.fixture
def person(birth_point: Any, meet: Callable[..., Any]) -> Any:
    manifest = Manifest(
        kind="form", id=FORM_ID, version=1, title={"vi": "Số"}, settings={"purpose": "ordinary"}
    )
    package = write_package(manifest, {"form.xml": XFORM.encode()}, birth_point.trust.publisher)
    Shelf(birth_point.folder).install(package, birth_point.trust.keyset())
    someone = meet()
    someone.walk_to_form(FORM_ID)
    return someone


def items(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from items(child)


def whole_numbers(person: Any, numbers: Mapping[str, str]) -> list[str]:
    """Return which numbers can be read on the screen, in whatever groups they are written."""
    written = [str(item.property("text") or "") for item in items(person.app.window.contentItem())]
    digits = ["".join(char for char in text if char.isdigit()) for text in written]
    return [name for name, number in numbers.items() if any(number in text for text in digits)]


def press(person: Any, digits: str) -> None:
    for digit in digits:
        person.tap(f"pad_{digit}")


def to_review(person: Any) -> None:
    person.fill_form({f"/data/{name}": one for name, one in NUMBERS.items()}, lambda: person.page == "review")
    person.wait_for_page("review")


def test_the_review_shows_the_last_four_of_every_number(person: Any):
    to_review(person)
    assert whole_numbers(person, NUMBERS) == []
    assert {row["label"]: row["value"] for row in person.views.review.property("rows")} == MASKED


def test_a_touch_shows_one_number_for_three_seconds(person: Any):
    to_review(person)
    assert person.views.review._hide_timer.interval() == 3000
    person.views.review._hide_timer.setInterval(150)
    person.tap("eye_2")
    assert whole_numbers(person, NUMBERS) == ["phone"]
    person.wait_until(lambda: whole_numbers(person, NUMBERS) == [], "the mask")


def test_a_second_touch_hides_it_again(person: Any):
    to_review(person)
    person.tap("eye_2")
    assert person.find("eye_2").property("text") == "Che lại"
    person.tap("eye_2")
    assert person.find("eye_2").property("text") == "Xem"
    assert whole_numbers(person, NUMBERS) == []


def test_leaving_the_review_hides_it_at_once(person: Any):
    to_review(person)
    person.tap("eye_0")
    person.tap("callButton")
    person.wait_for_page("help")
    person.tap("backButton")
    person.wait_for_page("review")
    assert whole_numbers(person, NUMBERS) == []


def test_typed_digits_of_a_person_turn_to_dots_after_a_second(person: Any):
    pad = person.views.numberPad
    press(person, "011")
    assert pad.property("groupedText") == "011"
    assert pad._hide_timer.interval() == 1000
    person.wait_until(lambda: pad.property("groupedText") == "•••", "dots")
    press(person, "1")
    assert pad.property("groupedText") == "••• 1"
    person.tap("eyeButton")
    assert pad.property("groupedText") == "011 1"
    assert pad._hide_timer.interval() == 3000
    person.tap("pad_backspace")
    assert person.views.question.property("value") == "011"


def test_a_telephone_stays_readable_while_it_is_typed(person: Any):
    person.fill_form(
        {f"/data/{name}": one for name, one in NUMBERS.items()},
        lambda: person.app.parts.stage.walk.ref == "/data/phone",
    )
    press(person, NUMBERS["phone"])
    assert not person.views.numberPad._hide_timer.isActive()
    assert whole_numbers(person, NUMBERS) == ["phone"]


def test_a_number_that_is_opened_again_is_hidden_from_the_start(person: Any):
    to_review(person)
    person.tap("fix_0")
    person.wait_for_page("question")
    assert whole_numbers(person, NUMBERS) == []
    assert person.views.numberPad.property("groupedText") == "••• ••• ••• •••"


def test_no_page_of_a_whole_case_shows_a_number(meet: Callable[..., Any], answers: Mapping[str, str]):
    person = meet()
    person.walk_to_form()
    person.fill_form(answers, lambda: person.page == "review")
    numbers = {ref: answers[ref] for ref in ("/data/requester/id_no", "/data/requester/phone")}
    seen = 0
    while person.page == "review":
        person.wait_for_page("review")
        assert whole_numbers(person, numbers) == []
        seen += 1
        before = person.views.review.property("sectionIndex"), person.page
        person.tap("continueButton")
        person.wait_until(
            lambda before=before: (person.views.review.property("sectionIndex"), person.page) != before,
            "the next page",
        )
    assert seen > 2
    person.fill_form(answers, lambda: person.page == "receipt")
    person.wait_for_page("receipt")
    assert whole_numbers(person, numbers) == []
