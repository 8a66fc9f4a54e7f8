"""The review page: every answer once more, each can be changed, and nothing wrong gets past it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

NAME_REF = "/data/child/ask_full_name"
RELATION_REF = "/data/requester/relation"


@pytest.fixture
def at_review(person: Any, answers: Mapping[str, str]) -> Any:
    person.walk_to_form()
    person.fill_form(answers, lambda: person.page == "review")
    person.wait_for_page("review")
    return person


def rows(person: Any) -> list[dict[str, Any]]:
    return list(person.views.review.property("rows"))


def turn_to(person: Any, ref: str) -> int:
    """Turn the review's pages until the row of `ref` is there; return its place."""
    for _ in range(person.views.review.property("sectionCount")):
        places = [place for place, row in enumerate(rows(person)) if row["ref"] == ref]
        if places:
            return places[0]
        person.tap("continueButton")
    raise AssertionError(ref)


def test_numbers_are_masked_and_photos_are_pictures(at_review: Any):
    place = turn_to(at_review, "/data/requester/id_no")
    assert rows(at_review)[place]["value"] == "•••• •••• 4512"
    place = turn_to(at_review, "/data/requester/phone")
    assert rows(at_review)[place]["value"] == "••• ••• 56 78"
    place = turn_to(at_review, "/data/papers/marriage_photo")
    assert rows(at_review)[place]["image"].startswith("image://photo/")


def test_scans_and_notes_are_no_answers(at_review: Any):
    seen = []
    for _ in range(at_review.views.review.property("sectionCount")):
        seen += [row["ref"] for row in rows(at_review)]
        at_review.views.review.next()
    assert len(seen) == len(set(seen)) > 25
    assert not [ref for ref in seen if ref.endswith("/scan")]


def test_a_change_comes_back_to_the_review(at_review: Any):
    place = turn_to(at_review, NAME_REF)
    page = at_review.views.review.property("sectionIndex")
    at_review.tap(f"fix_{place}")
    at_review.wait_for_page("question")
    assert at_review.app.parts.stage.walk.ref == NAME_REF
    at_review.tap("key_clear")
    at_review.type_text("Lò Mai")
    at_review.tap("continueButton")
    at_review.wait_for_page("review")
    assert at_review.views.review.property("sectionIndex") == page
    assert rows(at_review)[place]["value"] == "Lò Mai"


def test_a_change_that_opens_new_questions_must_be_finished_first(at_review: Any):
    at_review.tap(f"fix_{turn_to(at_review, RELATION_REF)}")
    at_review.wait_for_page("question")
    at_review.tap("card_other")
    at_review.tap("continueButton")
    at_review.wait_for_page("review")
    assert at_review.views.review.property("problemCount") > 0
    at_review.views.review.confirm()
    assert at_review.page == "review"
    wrong = [row for row in rows(at_review) if row["problem"]]
    assert wrong
    assert wrong[0]["sub"] == "Mời chọn một hình."
    at_review.views.sending.start()
    assert at_review.page == "review"
    assert at_review.app.parts.stage.tasks(lambda store: store.list_items()) == ()


def test_back_from_a_fix_changes_nothing(at_review: Any):
    at_review.tap(f"fix_{turn_to(at_review, RELATION_REF)}")
    at_review.wait_for_page("question")
    at_review.tap("backButton")
    at_review.wait_for_page("review")
    assert at_review.app.parts.stage.visit.form.session.value(RELATION_REF) == "mother"
