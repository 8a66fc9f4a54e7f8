"""K18 and K20: what is urgent, who gets help, and the safe way to be reached; the answer is never a no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def asker(real_forms: Callable[..., None], meet: Callable[..., Any]) -> Any:
    real_forms("legal-aid")
    person = meet()
    person.walk_to_home()
    person.wait_until(lambda: len(person.app.parts.service.forms) > 2, "the forms")
    person.enter_form("law", "legal-aid")
    return person


def open_question(person: Any, ref: str) -> None:
    person.app.parts.stage.walk.start(ref)
    person.wait_until(lambda: person.app.parts.stage.walk.ref == ref and person.page == "question", ref)


def test_none_ends_the_others_and_they_end_none(asker: Any):
    question = asker.views.question
    for card, chosen in (
        ("held", "held"),
        ("court", "held court"),
        ("none", "none"),
        ("violence", "violence"),
        ("violence", ""),
    ):
        asker.tap(f"card_{card}")
        assert question.value == chosen


def test_several_situations_are_one_answer_and_counted(asker: Any):
    open_question(asker, "/data/eligible/category")
    asker.tap("card_poor")
    asker.tap("card_child")
    assert asker.views.question.selectedCount == 2
    assert asker.find("page_question").property("help").startswith("Đã chọn 2.")


@pytest.mark.parametrize(
    ("category", "said"),
    [("poor", "Bà con được giúp miễn phí."), ("unknown", "Cán bộ sẽ xem và trả lời.")],
)
def test_the_answer_is_calm_and_papers_may_wait(category: str, said: str, asker: Any):
    open_question(asker, "/data/eligible/category")
    asker.tap(f"card_{category}")
    asker.tap("continueButton")
    asker.wait_until(lambda: asker.views.question.name == "papers_now", "the answer")
    assert asker.find("page_question").property("title") == said
    assert asker.views.question.value == "", "nothing is chosen for the person"


@pytest.mark.parametrize(
    ("way", "following"), [("phone", "phone"), ("none", "call_note"), ("point", "category")]
)
def test_only_the_telephone_leads_to_a_number(way: str, following: str, asker: Any):
    open_question(asker, "/data/requester/contact")
    asker.tap(f"card_{way}")
    asker.tap("continueButton")
    asker.wait_until(lambda: asker.views.question.name == following, following)
