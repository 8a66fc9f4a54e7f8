"""Kinds of question that the birth form lacks: repeats, several choices, notes, money, pages of several."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from supportpoint.content.package import Manifest, write_package
from supportpoint.content.shelf import Shelf

FORM_ID = "all-kinds"
XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa" xmlns:sp="https://supportpoint.example/xforms/sp">
 <h:head><h:title>Mọi thứ</h:title><model>
  <instance><data id="all-kinds" version="1"><goods/><price/><hello/>
   <person jr:template=""><name/></person><pair><one/><two/></pair><agree/>
   <meta><instanceID/></meta></data></instance>
  <bind nodeset="/data/goods" type="string" required="true()"/>
  <bind nodeset="/data/price" type="int"/>
  <bind nodeset="/data/hello" type="string" readonly="true()"/>
  <bind nodeset="/data/person/name" type="string" required="true()"/>
  <bind nodeset="/data/pair/one" type="string"/><bind nodeset="/data/pair/two" type="date"/>
  <bind nodeset="/data/agree" type="string" sp:consent="callback"/>
  <bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/>
 </model></h:head>
 <h:body>
  <select ref="/data/goods"><label>Bán gì?</label>
   <item><label>Gạo</label><value>rice</value></item><item><label>Gà</label><value>hen</value></item>
   <item><label>Mật ong</label><value>honey</value></item></select>
  <input ref="/data/price"><label>Giá?</label></input>
  <input ref="/data/hello"><label>Chào bà con</label></input>
  <group ref="/data/person"><label>Người</label><repeat nodeset="/data/person">
   <input ref="/data/person/name" appearance="sp:name"><label>Tên?</label></input></repeat></group>
  <group ref="/data/pair" appearance="field-list"><label>Hai câu</label>
   <input ref="/data/pair/one"><label>Một?</label></input>
   <input ref="/data/pair/two"><label>Ngày?</label></input></group>
  <select1 ref="/data/agree"><label>Gọi lại nhé?</label>
   <item><label>Có</label><value>yes</value></item><item><label>Không</label><value>no</value></item></select1>
 </h:body></h:html>
"""


@pytest.fixture
def person(birth_point: Any, meet: Callable[..., Any]) -> Any:
    manifest = Manifest(
        kind="form", id=FORM_ID, version=1, title={"vi": "Mọi thứ"}, settings={"purpose": "ordinary"}
    )
    package = write_package(manifest, {"form.xml": XFORM.encode()}, birth_point.trust.publisher)
    Shelf(birth_point.folder).install(package, birth_point.trust.keyset())
    someone = meet()
    someone.walk_to_form(FORM_ID)
    return someone


def ref(person: Any) -> str:
    return str(person.app.parts.stage.walk.ref)


def go_on(person: Any) -> None:
    before = ref(person), person.page
    person.tap("continueButton")
    person.wait_until(lambda: (ref(person), person.page) != before, "the next screen")


def test_several_choices_money_in_words_and_a_note(person: Any):
    person.tap("card_honey")
    person.tap("card_rice")
    person.tap("card_hen")
    person.tap("card_hen")
    assert person.views.question.property("value") == "rice honey"
    assert person.views.question.property("selectedCount") == 2
    go_on(person)
    for digit in "50000":
        person.tap(f"pad_{digit}")
    assert person.views.numberPad.property("groupedText") == "50.000"
    assert person.views.numberPad.property("wordsText") == "năm mươi nghìn"
    go_on(person)
    assert person.views.question.property("widget") == "note"
    go_on(person)
    assert person.app.parts.stage.visit.form.session.value("/data/goods") == ("rice", "honey")
    assert person.app.parts.stage.visit.form.session.value("/data/price") == 50000


def to_repeat(person: Any) -> None:
    person.tap("card_rice")
    go_on(person)
    go_on(person)
    go_on(person)
    if ref(person) != "/data/person":
        person.type_text("An")
        go_on(person)
    assert person.views.question.property("widget") == "repeat"


def test_people_are_added_and_taken_away(person: Any):
    to_repeat(person)
    count = person.views.question.property("repeatCount")
    person.tap("addRepeatButton")
    person.wait_until(lambda: ref(person).startswith(f"/data/person[{count + 1}]/"), "the new person")
    person.type_text("Lò Ơn")
    go_on(person)
    assert person.views.question.property("repeatCount") == count + 1
    person.tap("removeRepeatButton")
    assert person.views.question.property("repeatCount") == count


def test_a_page_of_several_questions_is_asked_one_by_one_and_consent_has_its_place(person: Any):
    to_repeat(person)
    go_on(person)
    assert ref(person) == "/data/pair/one"
    person.type_text("xa")
    go_on(person)
    assert ref(person) == "/data/pair/two"
    person.tap("card_yesterday")
    assert person.views.question.property("value") == "2026-11-22"
    go_on(person)
    assert person.page == "review"
    while person.page == "review":
        shown = person.views.review.property("sectionIndex"), person.page
        person.tap("continueButton")
        person.wait_until(
            lambda shown=shown: (person.views.review.property("sectionIndex"), person.page) != shown, "more"
        )
    purposes = [purpose["id"] for purpose in person.views.consent.property("purposes")]
    assert purposes == ["basic", "sensitive", "callback"]
    form = person.app.parts.stage.visit.form
    person.views.consent.agree()
    person.views.consent.agree()
    person.views.consent.decline()
    assert form.session.value("/data/agree") == "no"
    assert form.consents == {"basic": True, "sensitive": True, "callback": False}
    person.wait_for_page("receipt")


def test_the_receipt_says_sent_once_the_server_holds_the_case(person: Any, clock: Any):
    from dataclasses import replace  # noqa: PLC0415 -- only here

    from supportpoint.records import ItemState  # noqa: PLC0415

    test_a_page_of_several_questions_is_asked_one_by_one_and_consent_has_its_place(person)
    (row,) = person.app.parts.stage.tasks(lambda store: store.list_items())
    assert person.views.receipt.property("sent") is False
    person.views.sending._followed(replace(row, state=ItemState.COMPLETE))
    assert person.views.receipt.property("sent") is True
    assert [step["id"] for step in person.views.receipt.property("steps")] == ["looked", "result"]
