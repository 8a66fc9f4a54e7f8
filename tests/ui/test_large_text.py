"""Large text keeps its size and shows fewer things a page; what was chosen stays in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

SMALL, LARGE = (1366, 768), (1920, 1080)
KIND = "/data/goods/category"


@pytest.fixture
def look_at(real_forms: Callable[..., None], meet: Any) -> Callable[..., Any]:
    """Return what opens the kinds of goods, fifteen cards, at a size of screen and of text."""
    real_forms("product-listing")

    def look(window: tuple[int, int], *, large: bool) -> Any:
        person = meet(window=window)
        if large:
            person.views.shell.toggleTextLarge()
        services = person.views.services
        person.wait_until(lambda: len(person.app.parts.service.forms) > 1, "the forms")
        services.open("product-listing")
        person.wait_until(lambda: person.page == "photo", "the form")
        person.app.parts.stage.walk.start(KIND)
        person.wait_for_page("question")
        return person

    return look


@pytest.mark.parametrize(
    ("window", "large", "cards"),
    [(SMALL, False, 6), (SMALL, True, 4), (LARGE, False, 8), (LARGE, True, 4)],
)
def test_so_many_cards_stand_on_a_page(
    window: tuple[int, int],
    large: bool,  # noqa: FBT001 -- a case of the table
    cards: int,
    look_at: Callable[..., Any],
):
    person = look_at(window, large=large)
    question = person.views.question
    assert len(question.choices) == cards
    assert question.pageCount == -(-15 // cards)


def test_a_larger_text_keeps_the_chosen_card_in_sight(look_at: Callable[..., Any]):
    person = look_at(SMALL, large=False)
    person.tap("card_nuts")
    person.tap("languageButton")
    person.wait_for_page("language")
    person.tap("textSizeButton")
    person.tap("continueButton")
    person.wait_for_page("question")
    shown = {choice["value"]: choice["selected"] for choice in person.views.question.choices}
    assert shown.get("nuts") is True
    assert len(shown) == 4


@pytest.mark.parametrize(("large", "cards"), [(False, 6), (True, 4)])
@pytest.mark.usefixtures("full_point")
def test_services_and_the_review_show_fewer(large: bool, cards: int, meet: Any):  # noqa: FBT001 -- a case of the table
    person = meet()
    if large:
        person.views.shell.toggleTextLarge()
    person.wait_until(lambda: len(person.app.parts.service.forms) > 1, "the forms")
    person.views.services.enter("papers")
    person.wait_for_page("services")
    assert len(person.views.services.items) == cards
    person.views.services.open("birth-registration")
    person.wait_for_page("preparation")
    person.app.navigator.open("review")
    person.wait_for_page("review")
    most = max(len(part.rows) for part in person.views.review._parts)
    assert (most <= 3) == large
