"""Kinds of question that the birth form lacks: repeats, several choices, notes, money, pages of several."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs
from PySide6.QtCore import Qt

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
MORE_ID = "more-kinds"
MORE = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa">
 <h:head><h:title>Mọi kiểu</h:title><model>
  <instance><data id="more-kinds" version="1"><at/><when/><weight/><paid/><mark/><told/><paper/>
   <meta><instanceID/></meta></data></instance>
  <bind nodeset="/data/at" type="time" required="true()"/>
  <bind nodeset="/data/when" type="dateTime" required="true()"/>
  <bind nodeset="/data/weight" type="decimal" required="true()"/>
  <bind nodeset="/data/paid" type="int" required="true()"/>
  <bind nodeset="/data/mark" type="int" required="true()"/>
  <bind nodeset="/data/told" type="binary"/><bind nodeset="/data/paper" type="binary"/>
  <bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/>
 </model></h:head>
 <h:body>
  <input ref="/data/at"><label>Mấy giờ?</label></input>
  <input ref="/data/when"><label>Lúc nào?</label></input>
  <input ref="/data/weight"><label>Nặng mấy cân?</label></input>
  <input ref="/data/paid" appearance="sp:money"><label>Bao nhiêu tiền?</label></input>
  <range ref="/data/mark" start="1" end="10" step="1"><label>Mấy điểm?</label></range>
  <upload ref="/data/told" mediatype="audio/*" appearance="sp:voice"><label>Mời kể.</label></upload>
  <upload ref="/data/paper" mediatype="application/*"><label>Tệp nào?</label></upload>
 </h:body></h:html>
"""


@pytest.fixture
def more(put_on_shelf: Callable[[str, str, str], None], meet: Callable[..., Any]) -> Any:
    put_on_shelf(MORE_ID, "Mọi kiểu", MORE)
    someone = meet()
    someone.walk_to_form(MORE_ID)
    return someone


@pytest.fixture
def person(put_on_shelf: Callable[[str, str, str], None], meet: Callable[..., Any]) -> Any:
    put_on_shelf(FORM_ID, "Mọi thứ", XFORM)
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
    from supportpoint.records import ItemState  # noqa: PLC0415

    test_a_page_of_several_questions_is_asked_one_by_one_and_consent_has_its_place(person)
    (row,) = person.app.parts.stage.tasks(lambda store: store.list_items())
    assert person.views.receipt.property("sent") is False
    person.views.sending._followed(structs.replace(row, state=ItemState.COMPLETE))
    assert person.views.receipt.property("sent") is True
    assert [step["id"] for step in person.views.receipt.property("steps")] == ["sent", "looked", "result"]


def value(person: Any, name: str) -> Any:
    return person.app.parts.stage.visit.form.session.value(f"/data/{name}")


def test_a_time_and_a_moment_are_pointed_at(more: Any):
    more.tap("hour_7")
    more.tap("minute_30")
    go_on(more)
    assert (value(more, "at").hour, value(more, "at").minute) == (7, 30)
    assert more.views.time.property("step") == "date"
    assert more.views.question.property("answerable") is False
    more.tap("card_yesterday")
    more.wait_until(lambda: more.find("hour_14") is not None, "the hours")
    assert more.views.question.property("answerable") is False
    more.tap("hour_14")
    more.tap("backButton")
    more.tap("hour_15")
    go_on(more)
    assert value(more, "when").isoformat() == "2026-11-22T15:00:00+07:00"


def to_weight(more: Any) -> None:
    more.tap("hour_7")
    go_on(more)
    more.tap("card_today")
    more.tap("hour_9")
    go_on(more)


def test_a_moment_can_be_taken_back_to_its_date(more: Any):
    more.tap("hour_7")
    go_on(more)
    more.tap("card_today")
    more.wait_until(lambda: more.find("hour_9") is not None, "the hours")
    more.tap("backButton")
    more.wait_until(lambda: more.find("card_today") is not None, "the date")
    assert ref(more) == "/data/when"


def test_parts_of_a_number_and_money_by_helper_keys(more: Any):
    to_weight(more)
    for key in ("1", "2", "comma", "5"):
        more.tap(f"pad_{key}")
    assert more.views.numberPad.property("groupedText") == "12,5"
    go_on(more)
    assert str(value(more, "weight")) == "12.5"
    assert more.find("pad_comma") is None
    for key in ("1", "2", "0", "thousand"):
        more.tap(f"pad_{key}")
    assert more.views.numberPad.property("groupedText") == "120.000"
    assert more.views.numberPad.property("wordsText") == "một trăm hai mươi nghìn"
    go_on(more)
    assert value(more, "paid") == 120_000


def test_money_on_a_real_keyboard(more: Any):
    to_weight(more)
    more.tap("pad_1")
    go_on(more)
    for key in (Qt.Key.Key_2, Qt.Key.Key_M):
        more.press_key(key)
    assert more.views.question.property("value") == "2000000"
    for _ in range(7):
        more.press_key(Qt.Key.Key_Backspace)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_0, Qt.Key.Key_K):
        more.press_key(key)
    assert more.views.question.property("value") == "120000"


def test_what_the_machine_cannot_take_yet_does_not_stop_the_form(more: Any):
    to_weight(more)
    for answer in ("1", "5", "9"):
        more.tap(f"pad_{answer}")
        go_on(more)
    assert more.page == "voice"
    more.tap("skipVoiceButton")
    more.wait_for_page("question")
    assert more.views.question.property("widget") == "file"
    assert more.find("notYet").property("sentence") == "Máy chưa nhận được tệp."
    go_on(more)
    assert more.page == "review"


def test_one_more_is_asked_with_the_name_of_the_section(person: Any):
    to_repeat(person)
    assert person.find("addRepeatButton").property("text").endswith(": Người")
