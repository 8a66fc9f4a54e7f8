"""Dates by touch: births known by year, animal or moon, papers of long ago, and days to come."""

from __future__ import annotations

from typing import Any

import pytest

from supportpoint.kiosk.words.births import ANIMALS
from tests.ui.looks import SIZES
from tests.ui.test_page_look import buttons, faults


def open_question(person: Any, form: str, name: str) -> str:
    """Open the first date question of a form whose name ends so, and return its address."""
    person.walk_to_form(form)
    walk = person.app.parts.stage.walk
    session = person.app.parts.stage.visit.form.session
    questions = [question for page in session.pages() for question in page.questions]
    ref = next(question.ref for question in questions if question.name == name)
    walk.jump(ref)
    person.wait_until(lambda: walk.ref == ref, "the question")
    return str(ref)


def value(person: Any) -> str:
    return str(person.app.parts.stage.walk and person.views.date._answer.value)


@pytest.fixture
def at_birth(person: Any) -> Any:
    open_question(person, "birth-registration", "birth_date")
    return person


def tap_all(person: Any, *names: str) -> None:
    for name in names:
        person.tap(name)


def test_the_year_alone_stays_the_year_alone(at_birth: Any):
    tap_all(at_birth, "card_year", "decade_1960", "year_1963")
    assert value(at_birth) == "1963"
    assert at_birth.views.date.property("age") == 63
    assert at_birth.views.date.property("known")["precision"] == "year"


def test_an_animal_and_a_rough_age_offer_years(at_birth: Any):
    tap_all(at_birth, "card_animal", "animal_3", "age_60")
    assert [one["year"] for one in at_birth.views.date.property("candidates")] == [1963, 1975]
    assert value(at_birth) == ""
    at_birth.tap("card_1963")
    assert value(at_birth) == "1963"
    assert at_birth.views.date.property("known") == {
        "value": "1963",
        "precision": "approx",
        "calendar": "lunar",
        "how_known": "animal",
        "told": "Quý Mão",
    }
    at_birth.tap("backButton")
    at_birth.tap("backButton")
    assert at_birth.views.date.property("step") == "animal"


def test_a_date_of_the_moon_is_kept_and_counted(at_birth: Any):
    tap_all(at_birth, "card_lunar", "decade_1960", "year_1963", "lunar_month_24")
    assert at_birth.views.date.property("lastDay") == 29
    at_birth.tap("lunar_day_15")
    assert value(at_birth) == "1963-06-06"
    assert at_birth.views.date.property("toldText") == "15/4 nhuận/1963"
    at_birth.tap("continueButton")
    session = at_birth.app.parts.stage.visit.form.session
    assert str(session.value("/data/requester/birth_date")) == "1963-06-06"


def test_the_day_of_a_paper_begins_at_its_year_and_reaches_far_back(person: Any):
    open_question(person, "birth-registration", "id_issue_date")
    assert person.views.date.property("mode") == "paper"
    tap_all(person, "year_0", "decade_1980", "year_1988", "month_5", "day_9")
    assert value(person) == "1988-05-09"
    for step in ("month", "year", "decade"):
        person.tap("backButton")
        assert person.views.date.property("step") == step


def test_a_day_to_come_is_offered_only_where_the_form_allows_it(person: Any):
    open_question(person, "birth-registration", "ask_birth_date")
    tap_all(person, "card_other", "day_3", "month_2")
    assert person.find("year_2027") is None
    assert person.find("year_2026") is not None
    assert person.views.date.property("age") == -1


def test_a_court_day_next_year_can_be_chosen(person: Any, monkeypatch: pytest.MonkeyPatch):
    open_question(person, "birth-registration", "ask_birth_date")
    monkeypatch.setattr(person.views.date._answer, "allows", lambda value: value <= "2027-03-31")
    tap_all(person, "card_other", "day_3", "month_2")
    assert person.find("year_2028") is None
    person.tap("year_2027")
    assert value(person) == "2027-02-03"


@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("mode", ["normal", "A+", "English", "high contrast"])
def test_the_twelve_animals_stand_on_one_page(meet: Any, size: str, mode: str):
    person = meet(window=SIZES[size])
    open_question(person, "birth-registration", "birth_date")
    shell = person.app.parts.views.shell
    if mode == "English":
        shell.setLanguage("en")
    elif mode == "A+":
        shell.toggleTextLarge()
    elif mode == "high contrast":
        shell.toggleContrast()
    person.tap("card_animal")
    assert faults(person.app, size, "question") == {}
    shown = [item for item in buttons(person.app.window) if item.objectName().startswith("animal_")]
    assert [item.property("art") for item in shown] == [name for name, _, _ in ANIMALS]
    person.tap("animal_11")
    assert person.views.date.property("chosenAnimal") == 11
