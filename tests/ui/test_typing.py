"""Names are written by touching the screen's keys, or on a real keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from PySide6.QtCore import Qt

NAME_REF = "/data/child/ask_full_name"


@pytest.fixture
def at_name(person: Any, answers: Mapping[str, str]) -> Any:
    person.walk_to_form()
    person.fill_form(answers, lambda: person.app.parts.stage.walk.ref == NAME_REF)
    person.wait_for_page("question")
    return person


def text_of(person: Any) -> str:
    return str(person.views.keyboard.property("text"))


@pytest.mark.parametrize("tones_last", [True, False])
def test_a_name_by_touch_in_either_order(at_name: Any, tones_last: bool):  # noqa: FBT001 -- a parameter of the test
    at_name.type_text("Lò Thị Mai An", tones_last=tones_last)
    assert text_of(at_name) == "Lò Thị Mai An"


def test_chips_backspace_and_clear(at_name: Any):
    at_name.tap("chip_Lò")
    at_name.tap("chip_Thị")
    assert text_of(at_name).split() == ["Lò", "Thị"]
    assert at_name.views.keyboard.property("usedChips") == ["Lò", "Thị"]
    at_name.tap("key_backspace")
    at_name.tap("key_backspace")
    assert text_of(at_name) == "Lò Th"
    at_name.tap("key_clear")
    assert text_of(at_name) == ""


def test_the_mothers_family_name_is_the_first_chip(at_name: Any):
    assert at_name.views.keyboard.property("chips")[0] == "Quàng"


def test_a_real_keyboard_writes_too(at_name: Any):
    for key in (Qt.Key.Key_L, Qt.Key.Key_O, Qt.Key.Key_Space, Qt.Key.Key_A):
        at_name.press_key(key)
    at_name.press_key(Qt.Key.Key_Backspace)
    assert text_of(at_name) == "Lo "


def test_a_real_keyboard_writes_telex_and_takes_it_back(at_name: Any):
    for key in (Qt.Key.Key_H, Qt.Key.Key_O, Qt.Key.Key_A, Qt.Key.Key_F):
        at_name.press_key(key)
    assert text_of(at_name) == "Hòa"
    at_name.press_key(Qt.Key.Key_F)
    assert text_of(at_name) == "Hoaf"


def test_an_empty_name_is_not_accepted_and_says_what_to_do(at_name: Any):
    at_name.tap("continueButton")
    assert at_name.app.parts.stage.walk.ref == NAME_REF
    assert at_name.views.question.property("errorCode") == "required"
    assert at_name.views.question.property("errorText") == "Mời ghi họ và tên con."
    at_name.type_text("An1")
    assert at_name.views.question.property("errorCode") == ""
    at_name.tap("continueButton")
    assert at_name.views.question.property("errorCode") == "rule"
    assert at_name.views.question.property("errorText") == "Tên chỉ có chữ, không có số. Mời xem lại."
    assert text_of(at_name) == "An1"


def test_the_language_changes_under_the_hand_and_the_answer_stays(at_name: Any):
    at_name.type_text("Lò An")
    at_name.tap("languageButton")
    at_name.wait_for_page("language")
    at_name.tap("language_en")
    at_name.tap("continueButton")
    at_name.wait_for_page("question")
    assert at_name.app.parts.stage.walk.ref == NAME_REF
    assert text_of(at_name) == "Lò An"
    assert (
        at_name.views.question.property("label") == "Full name of the child?"
        or at_name.views.shell.property("language") == "en"
    )
    assert at_name.app.parts.stage.visit.form.session.value("/data/requester/full_name") == "Quàng Thị Ơn"


def test_back_keeps_what_was_typed(at_name: Any):
    at_name.type_text("Lò An")
    at_name.tap("backButton")
    at_name.wait_until(lambda: at_name.app.parts.stage.walk.ref != NAME_REF, "the screen before")
    at_name.tap("continueButton")
    at_name.wait_until(lambda: at_name.app.parts.stage.walk.ref == NAME_REF, "the name again")
    assert text_of(at_name) == "Lò An"
