"""Somebody who is in the case already is taken over by one touch, looked at first, and stays changeable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

MOTHER_SCAN = "/data/parents/mother/scan"
OLD_CARD = (
    "011175000123||Lò Thị Păn|12031975|Nữ|Bản Nậm Cứm, Xã Ngối Cáy, Huyện Mường Ảng, Tỉnh Điện Biên|05082021"
)
UNCERTAIN_CARD = OLD_CARD.replace("Huyện Mường Ảng", "Huyện Mường Xa")


@pytest.fixture
def at_mother(person: Any, answers: Mapping[str, str]) -> Any:
    """An aunt registers the child; the mother's block is next."""
    person.walk_to_form()
    told = {
        **answers,
        "/data/requester/relation": "other",
        "/data/requester/kinship": "aunt_uncle",
        "/data/parents/mother/alive": "yes",
    }
    person.fill_form(told, lambda: walk(person).ref == MOTHER_SCAN)
    person.wait_for_page("scan")
    return person


def walk(person: Any) -> Any:
    return person.app.parts.stage.walk


def session(person: Any) -> Any:
    return person.app.parts.stage.visit.form.session


def test_one_touch_takes_a_person_over_after_a_look(at_mother: Any):
    person = at_mother
    assert person.views.scan.property("people") == [{"name": "Quàng Thị Ơn", "section": "Người đi khai"}]
    assert person.find("reuse_0").property("text") == "Dùng lại: Quàng Thị Ơn"
    person.tap("reuse_0")
    person.wait_for_page("confirmCard")
    card = person.views.scan.property("card")
    assert card["name"] == "Quàng Thị Ơn"
    assert card["birth"] == "12/03/1998"
    assert card["idMasked"] == "•••• •••• 4512"
    assert card["from"] == "Người đi khai"
    person.tap("continueButton")
    person.wait_for_page("question")
    value = session(person).value
    assert value("/data/parents/mother/ask_full_name") == "Quàng Thị Ơn"
    assert value("/data/parents/mother/ask_birth") == "1998-03-12"
    assert value("/data/parents/mother/ask_id_no") == "011198004512"
    assert walk(person).ref == "/data/parents/mother/ethnic"


def test_an_answer_that_opens_more_questions_fills_them_too(at_mother: Any, answers: Mapping[str, str]):
    person = at_mother
    person.tap("reuse_0")
    person.wait_for_page("confirmCard")
    person.tap("continueButton")
    person.wait_for_page("question")
    told = {
        **answers,
        "/data/parents/mother/alive": "yes",
        "/data/parents/mother/residence/ask_kind": "permanent",
    }
    asked: list[str] = []

    def at_father() -> bool:
        asked.append(walk(person).ref)
        return asked[-1].startswith("/data/parents/father")

    person.fill_form(told, at_father)
    value = session(person).value
    assert value("/data/parents/mother/residence/ask_commune") == "03316"
    assert value("/data/parents/mother/residence/ask_detail") == "bản Nậm Cứm"
    names = [ref.rpartition("/")[2] for ref in asked if ref.startswith("/data/parents/mother/")]
    assert names == ["ethnic", "alive", "ask_kind"]


def test_what_was_taken_over_can_be_changed(at_mother: Any):
    person = at_mother
    person.tap("reuse_0")
    person.wait_for_page("confirmCard")
    person.tap("continueButton")
    person.wait_for_page("question")
    walk(person).jump("/data/parents/mother/ask_full_name")
    person.wait_for_page("question")
    person.tap("key_clear")
    person.type_text("Lò Ơn")
    person.tap("continueButton")
    assert session(person).value("/data/parents/mother/ask_full_name") == "Lò Ơn"
    assert session(person).value("/data/requester/full_name") == "Quàng Thị Ơn"


def test_no_leads_back_to_the_scan_and_fills_nothing(at_mother: Any):
    person = at_mother
    person.tap("reuse_0")
    person.wait_for_page("confirmCard")
    person.tap("backButton")
    person.wait_for_page("scan")
    assert session(person).value("/data/parents/mother/ask_full_name") is None
    person.tap("scanNoneButton")
    person.wait_for_page("question")
    assert session(person).value("/data/parents/mother/ask_full_name") is None


def test_an_old_address_is_shown_with_todays_commune(at_mother: Any):
    person = at_mother
    person.feed_scanner(OLD_CARD)
    person.wait_for_page("confirmCard")
    rows = person.find("page_confirmCard").property("rows")
    assert rows[3]["value"] == "Xã mới: Xã Nà Tấu"
    assert rows[3]["sub"] == "Trên thẻ: Bản Nậm Cứm, Xã Ngối Cáy, Huyện Mường Ảng, Tỉnh Điện Biên"


def test_an_old_address_that_is_not_certain_is_asked(at_mother: Any):
    person = at_mother
    person.feed_scanner(UNCERTAIN_CARD)
    person.wait_for_page("confirmCard")
    rows = person.find("page_confirmCard").property("rows")
    assert rows[3]["sub"] == "Chưa rõ xã mới. Máy sẽ hỏi bà con."
    person.tap("continueButton")
    person.wait_for_page("question")
    assert session(person).value("/data/parents/mother/ask_full_name") == "Lò Thị Păn"
