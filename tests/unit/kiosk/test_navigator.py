"""Which page is open, and the way back from it."""

from __future__ import annotations

import pytest

from supportpoint.kiosk.navigator import Navigator


@pytest.fixture
def navigator() -> Navigator:
    return Navigator()


def go(navigator: Navigator, *pages: str) -> None:
    for page in pages:
        navigator.open(page)


def test_back_follows_the_way_that_was_gone(navigator: Navigator):
    go(navigator, "language", "home", "services", "preparation")
    navigator.back()
    assert navigator.current == "services"
    navigator.back()
    assert navigator.current == "home"


def test_the_language_page_leads_home_first_and_later_back(navigator: Navigator):
    go(navigator, "language")
    navigator.enter()
    assert navigator.current == "home"
    go(navigator, "services", "preparation", "question", "language")
    navigator.enter()
    assert navigator.current == "question"


def test_inside_a_form_the_form_decides(navigator: Navigator):
    steps = iter([True, False])
    navigator.on_form_back(lambda: next(steps))
    go(navigator, "home", "services", "preparation", "scan", "question", "photo")
    navigator.back()
    assert navigator.current == "photo"
    navigator.back()
    assert navigator.current == "preparation"


def test_help_leads_back_to_the_same_page(navigator: Navigator):
    go(navigator, "home", "services", "preparation", "question", "help")
    navigator.back()
    assert navigator.current == "question"


def test_a_problem_keeps_the_way_back(navigator: Navigator):
    go(navigator, "home", "services", "problem")
    assert navigator.property("canGoBack") is False
    navigator.leave()
    assert navigator.current == "services"


def test_without_a_way_back_it_is_home(navigator: Navigator):
    go(navigator, "home")
    navigator.leave()
    assert navigator.current == "home"


def test_opening_the_open_page_changes_nothing(navigator: Navigator):
    seen: list[str] = []
    navigator.pageChanged.connect(lambda: seen.append(navigator.current))
    go(navigator, "home", "home")
    assert seen == ["home"]
