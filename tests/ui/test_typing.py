"""Names are written by touching the screen's keys, or on a real keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.ui.looks import SIZES
from tests.ui.test_page_look import buttons, every_item, place_of, render

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


def test_a_chip_finishes_the_word_that_is_being_typed(at_name: Any):
    at_name.tap("key_l")
    at_name.tap("key_o")
    at_name.tap("chip_Lò")
    at_name.tap("key_t")
    at_name.tap("key_h")
    at_name.tap("chip_Thị")
    at_name.tap("key_m")
    at_name.tap("chip_Văn")
    assert text_of(at_name) == "Lò Thị M Văn "


def key_word(person: Any) -> str:
    return str(person.find("key_clear").property("text"))


def test_what_was_cleared_comes_back_until_something_else_is_typed(at_name: Any):
    at_name.type_text("Lò Thị Mai")
    assert key_word(at_name) == "Xóa hết"
    at_name.tap("key_clear")
    assert text_of(at_name) == ""
    assert key_word(at_name) == "Lấy lại"
    at_name.tap("key_clear")
    assert text_of(at_name) == "Lò Thị Mai"
    assert key_word(at_name) == "Xóa hết"
    at_name.tap("key_clear")
    at_name.type_text("An")
    at_name.tap("key_backspace")
    at_name.tap("key_backspace")
    assert text_of(at_name) == ""
    assert key_word(at_name) == "Xóa hết"
    at_name.tap("key_clear")
    assert text_of(at_name) == ""


def test_what_was_cleared_is_gone_with_the_question_and_with_the_visit(at_name: Any):
    keyboard = at_name.views.keyboard
    at_name.type_text("Lò An")
    at_name.tap("key_clear")
    at_name.app.parts.stage.walk.jump("/data/requester/full_name")
    assert not keyboard.property("canRestore")
    at_name.app.parts.stage.walk.jump(NAME_REF)
    at_name.type_text("Lò An")
    at_name.tap("key_clear")
    at_name.app.parts.stage.visit.end()
    assert not keyboard._cleared


def test_digits_and_marks_have_their_page(at_name: Any):
    at_name.tap("key_symbols")
    for key in ("key_7", "key_/", "key_-"):
        at_name.tap(key)
    assert text_of(at_name) == "7/-"
    at_name.tap("key_symbols")
    at_name.tap("key_l")
    assert text_of(at_name) == "7/-l"


def test_capitals_of_a_name_come_by_themselves_and_by_key(at_name: Any):
    for key in ("key_l", "key_o", "key_tone_huyen", "key_space", "key_a", "key_n"):
        at_name.tap(key)
    assert text_of(at_name) == "Lò An"
    at_name.tap("key_space")
    at_name.tap("key_shift")
    at_name.tap("key_đ")
    at_name.tap("key_shift")
    at_name.tap("key_ô")
    assert text_of(at_name) == "Lò An đÔ"


def test_a_tone_moves_when_a_letter_goes(at_name: Any):
    for key in ("key_h", "key_o", "key_a", "key_n", "key_tone_huyen"):
        at_name.tap(key)
    assert text_of(at_name) == "Hoàn"
    at_name.tap("key_backspace")
    assert text_of(at_name) == "Hòa"
    at_name.tap("key_backspace")
    assert text_of(at_name) == "Hò"


@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("is_large_text", [False, True])
def test_the_field_stays_above_the_keys(meet: Any, size: str, is_large_text: bool):  # noqa: FBT001 -- a parameter of the test
    person = meet(window=SIZES[size])
    person.walk_to_form()
    if is_large_text:
        person.app.parts.views.shell.toggleTextLarge()
    person.app.parts.stage.walk.jump("/data/requester/full_name")
    person.wait_for_page("question")
    render(person.app.window)
    field = next(item for item in every_item(person.app.window.contentItem()) if is_field(item))
    keys = [place_of(item) for item in buttons(person.app.window) if item.objectName().startswith("key_")]
    assert len(keys) > 40
    assert place_of(field).top() >= 72
    assert place_of(field).bottom() + 12 <= min(key.top() for key in keys)
    assert max(key.bottom() for key in keys) <= SIZES[size][1]


def is_field(item: Any) -> bool:
    return item.metaObject().className().startswith("Field_QMLTYPE")


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
    assert at_name.views.question.property("label") == "Full name of the child?"
    assert at_name.app.parts.stage.visit.form.session.value("/data/requester/full_name") == "Quàng Thị Ơn"


def test_back_keeps_what_was_typed(at_name: Any):
    at_name.type_text("Lò An")
    at_name.tap("backButton")
    at_name.wait_until(lambda: at_name.app.parts.stage.walk.ref != NAME_REF, "the screen before")
    at_name.tap("continueButton")
    at_name.wait_until(lambda: at_name.app.parts.stage.walk.ref == NAME_REF, "the name again")
    assert text_of(at_name) == "Lò An"
