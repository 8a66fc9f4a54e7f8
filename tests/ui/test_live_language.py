"""The language changes in the middle of a form by touch: what was answered, typed and chosen stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from PySide6.QtCore import QTranslator

SEX_REF = "/data/child/sex"


@pytest.fixture
def half_way(person: Any, answers: Mapping[str, str]) -> Any:
    """A form filled up to the child's sex."""
    person.walk_to_form()
    person.fill_form(answers, lambda: person.app.parts.stage.walk.ref == SEX_REF)
    person.wait_for_page("question")
    return person


def change_to(person: Any, language: str) -> None:
    person.tap("languageButton")
    person.wait_for_page("language")
    person.tap(f"language_{language}")
    person.tap("continueButton")
    person.wait_for_page("question")


def cards(person: Any) -> dict[str, tuple[str, bool]]:
    """Return the label of every card, and whether it is chosen."""
    values = ("male", "female")
    found = {value: person.find(f"card_{value}") for value in values}
    return {value: (item.property("text"), item.property("chosen")) for value, item in found.items()}


def given(person: Any) -> dict[str, Any]:
    session = person.app.parts.stage.visit.form.session
    questions = [question for page in session.pages() for question in page.questions]
    return {question.ref: question.value for question in questions if question.value not in {None, ""}}


def test_cards_chosen_and_answers_given_stay_through_both_languages(half_way: Any):
    before = given(half_way)
    assert len(before) > 5
    half_way.tap("card_female")
    change_to(half_way, "en")
    assert half_way.app.parts.stage.walk.ref == SEX_REF
    assert half_way.views.question.property("label") == "Boy or girl?"
    assert cards(half_way) == {"male": ("Boy", False), "female": ("Girl", True)}
    assert half_way.find("continueButton").property("text") == "Continue"
    change_to(half_way, "vi")
    assert [chosen for _, chosen in cards(half_way).values()] == [False, True]
    assert half_way.find("continueButton").property("text") == "Tiếp tục"
    assert given(half_way) == before
    half_way.tap("continueButton")
    half_way.wait_until(lambda: half_way.app.parts.stage.walk.ref != SEX_REF, "the next screen")
    assert given(half_way)[SEX_REF] == "female"


def test_a_date_half_chosen_stays_at_its_step(half_way: Any):
    half_way.app.parts.stage.walk.jump("/data/child/ask_birth_date")
    half_way.wait_for_page("question")
    half_way.tap("card_other")
    half_way.tap("day_12")
    step, day = half_way.views.date.property("step"), half_way.views.date.property("chosenDay")
    change_to(half_way, "en")
    assert (half_way.views.date.property("step"), half_way.views.date.property("chosenDay")) == (step, day)
    assert day == 12


def test_changing_to_and_fro_keeps_one_translator_a_language(person: Any):
    for _ in range(3):
        for language in ("en", "vi"):
            person.views.shell.setLanguage(language)
    assert len(person.app.engine.findChildren(QTranslator)) <= 2
