"""K10: between two sections of a long form stands its path; nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest


def walk_to_path(person: Any, answers: Mapping[str, str]) -> None:
    person.walk_to_form()
    person.fill_form(answers, lambda: person.page == "path")
    person.wait_for_page("path")


def test_the_path_names_what_is_done_and_what_comes(person: Any, answers: Mapping[str, str]):
    walk_to_path(person, answers)
    path = person.views.path
    assert [(stone["name"], stone["place"]) for stone in path.stones] == [
        ("Người đi khai", "done"),
        ("Em bé", "done"),
        ("Bố mẹ", "now"),
        ("Giấy tờ", "next"),
    ]
    assert (path.finished, path.nextName, path.left, path.ends) == ("Em bé", "Bố mẹ", 2, True)


@pytest.mark.parametrize("button", ["continueButton", "stoneNow"])
def test_one_touch_leads_on_and_back_leads_to_the_last_answer(
    button: str, person: Any, answers: Mapping[str, str]
):
    walk_to_path(person, answers)
    last = person.app.parts.stage.walk.ref
    person.tap("backButton")
    assert (person.page, person.app.parts.stage.walk.ref) == ("question", last)
    person.tap("continueButton")
    person.wait_for_page("path")
    person.tap(button)
    person.wait_until(lambda: person.page != "path", "the next section")
    assert person.app.parts.stage.walk.step.page.section == "Bố mẹ"


def test_a_mended_answer_leads_to_the_review_and_not_to_the_path(person: Any, answers: Mapping[str, str]):
    walk_to_path(person, answers)
    last = person.app.parts.stage.walk.ref
    person.fill_form(answers, lambda: person.page == "review")
    person.app.parts.stage.walk.jump(last)
    person.wait_until(lambda: person.page != "review", "the answer")
    person.tap("continueButton")
    person.wait_for_page("review")


def test_who_left_on_the_path_goes_on_from_the_last_answer(person: Any, answers: Mapping[str, str]):
    walk_to_path(person, answers)
    last = person.app.parts.stage.walk.ref
    person.tap("homeButton")
    person.wait_for_page("home")
    assert person.views.path.finished == ""
    person.tap("resumeButton")
    person.wait_until(lambda: person.app.parts.stage.walk.ref == last, "the last answer")
