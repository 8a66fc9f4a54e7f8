"""Choices that stand alone, communes by today's and by former names, numbers with a known length."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtTest import QTest

from supportpoint.kiosk.pages.scan import HINTS_AFTER_S

FORM_ID = "cards"
FORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa">
 <h:head><h:title>Chọn ô</h:title><model>
  <instance><data id="cards" version="1"><papers/><phone/><id_no/>
   <page><photo/></page><meta><instanceID/></meta></data></instance>
  <bind nodeset="/data/papers" type="string" required="true()"/>
  <bind nodeset="/data/phone" type="string" constraint="regex(., '^0[0-9]{9}$')"/>
  <bind nodeset="/data/id_no" type="string" constraint="regex(., '^([0-9]{9}|[0-9]{12})$')"/>
  <bind nodeset="/data/page/photo" type="binary"/>
  <bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/>
 </model></h:head>
 <h:body>
  <select ref="/data/papers"><label>Có giấy nào?</label>
   <item><label>Sổ đỏ</label><value>book</value></item>
   <item><label>Hợp đồng</label><value>deal</value></item>
   <item><label>Không có</label><value>none</value></item></select>
  <input ref="/data/phone" appearance="numbers"><label>Số điện thoại?</label></input>
  <input ref="/data/id_no" appearance="numbers"><label>Số căn cước?</label></input>
  <group ref="/data/page"><label>Trang</label><repeat nodeset="/data/page">
   <upload ref="/data/page/photo" mediatype="image/*"><label>Chụp trang giấy</label></upload></repeat></group>
 </h:body></h:html>
"""


@pytest.fixture
def person(put_on_shelf: Callable[[str, str, str], None], meet: Callable[..., Any]) -> Any:
    put_on_shelf(FORM_ID, "Chọn ô", FORM)
    someone = meet()
    someone.walk_to_form(FORM_ID)
    return someone


def value(person: Any) -> str:
    return str(person.views.question.property("value"))


def go_on(person: Any) -> None:
    before = person.app.parts.stage.walk.ref
    person.tap("continueButton")
    person.wait_until(lambda: person.app.parts.stage.walk.ref != before, "the next screen")


def test_none_of_these_stands_alone_and_the_others_can_be_taken_back(person: Any):
    person.tap("card_book")
    person.tap("card_deal")
    assert person.find("takeBackButton") is None
    person.tap("card_none")
    assert value(person) == "none"
    person.tap("takeBackButton")
    assert value(person) == "book deal"
    assert person.find("takeBackButton") is None
    person.tap("card_none")
    person.tap("card_deal")
    assert value(person) == "deal", "and a paper lets «none» go"
    person.tap("card_deal")
    assert value(person) == ""


def test_the_pad_says_how_many_digits_are_missing(person: Any):
    person.tap("card_book")
    go_on(person)
    pad = person.views.numberPad
    assert pad.property("missingDigits") == 10
    for digit in "0912345":
        person.tap(f"pad_{digit}")
    assert pad.property("missingDigits") == 3
    for digit in "678":
        person.tap(f"pad_{digit}")
    assert pad.property("missingDigits") == 0
    go_on(person)
    for digit, missing in zip("012345678901", (11, 10, 9, 8, 7, 6, 5, 4, 0, 2, 1, 0), strict=True):
        person.tap(f"pad_{digit}")
        assert pad.property("missingDigits") == missing, "an old number of nine digits is whole too"


def test_one_more_page_of_a_paper_is_one_touch(person: Any):
    walk = person.app.parts.stage.walk
    walk.jump("/data/page[1]/photo")
    person.wait_for_page("photo")
    for place in (1, 2):
        person.tap("continueButton")
        person.wait_until(lambda: person.views.photo.property("photoState") == "shot", "the photo")
        QTest.qWait(50)  # columns place what they hold with the next frame
        if place == 1:
            person.tap("addPageButton")
            person.wait_until(lambda: walk.ref == "/data/page[2]/photo", "the second page")
    person.tap("continueButton")
    person.wait_until(lambda: person.page != "photo", "the end of the paper")
    assert len(person.app.parts.stage.visit.form.attachments) == 2


def test_a_commune_is_found_by_its_former_name(person: Any, birth_point: Any):
    del birth_point
    person.tap("homeButton")
    person.wait_for_page("home")
    communes = person.views.commune
    service = person.app.parts.service
    service.open("birth-registration")
    person.wait_until(lambda: person.page == "preparation", "the form")
    person.views.preparation.start()
    person.app.parts.stage.walk.jump("/data/requester/residence/ask_commune")
    person.wait_until(lambda: communes.property("step") == "near", "the picker")
    near = communes.property("near")
    assert len(near) == 6
    person.tap("card_other")
    letters = list(communes.property("letters"))
    assert letters == [letter for letter in "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY" if letter in letters]
    assert {"Ă", "Đ"} <= set(letters), "Ẳng stands under Ă"
    person.tap("letter_N")
    labels: dict[str, str] = {}
    for _ in range(int(communes.property("pageCount"))):
        labels |= {item["label"]: item["sub"] for item in communes.property("items")}
        communes.nextPage()
    today = [label for label in labels if label.partition(" ")[2].startswith("N")]
    before = [label for label in labels if label not in today]
    assert today
    assert before
    assert all(name.startswith("N") for label in before for name in labels[label].rstrip("…").split(", "))
    assert list(labels)[: len(today)] == today, "today's names come first"
    here = [label for label in today if label.startswith("Xã Nà")]
    assert here == ["Xã Nà Bủng", "Xã Nà Hỳ", "Xã Nà Tấu"]


def test_a_card_that_is_not_read_leads_to_the_pad(person: Any):
    scan = person.views.scan
    person.tap("homeButton")
    person.wait_for_page("home")
    person.app.parts.service.open("birth-registration")
    person.wait_until(lambda: person.page == "preparation", "the form")
    person.views.preparation.start()
    person.app.parts.stage.walk.enter_group("/data/requester/scan")
    person.wait_for_page("scan")
    said = []
    for _ in range(max(HINTS_AFTER_S)):
        scan._second()
        said.append(scan.property("hint"))
    assert [said[after - 1] for after in (11, 12, 24, 40)] == ["", "far", "tilt", "pad"]
    assert person.find("scanNoneButton").property("text") == "Chạm số trên thẻ"
    person.tap("scanNoneButton")
    person.wait_for_page("question")
