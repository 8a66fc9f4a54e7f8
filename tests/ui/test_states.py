"""States of pages: a slow machine says so, and nothing leads nowhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from supportpoint.kiosk.visit import service as service_module


def words(person: Any, name: str) -> str:
    item = person.find(name)
    return str(item.property("message")) if item is not None else ""


def test_a_form_that_takes_its_time_says_so_and_then_comes(meet: Any, monkeypatch: pytest.MonkeyPatch):
    load = service_module.load_definition

    def slow(package: Any, packs: Any) -> Any:
        time.sleep(3.3)
        return load(package, packs)

    monkeypatch.setattr(service_module, "load_definition", slow)
    person = meet()
    person.walk_to_home()
    person.tap("card_papers")
    person.wait_until(lambda: person.find("card_birth-registration") is not None, "the form")
    person.tap("card_birth-registration")
    assert person.find("waitStrip") is None
    person.wait_until(lambda: words(person, "waitStrip") == "Chờ một chút.", "the word")
    assert person.find("waitBar") is None
    assert person.find("backButton") is not None
    person.find("waiting").setProperty("barAfterMs", 2000)
    person.wait_until(lambda: person.find("waitBar") is not None, "the bar")
    person.wait_for_page("preparation")
    assert person.find("waitStrip") is None


def test_a_card_with_nothing_behind_it_says_so(person: Any):
    person.walk_to_home()
    person.wait_until(lambda: bool(person.app.parts.service.forms), "the forms")
    enabled = {card["id"]: card["enabled"] for card in person.views.home.cards}
    assert enabled == {
        "papers": True,
        "sell": False,
        "law": False,
        "say": False,
        "learn": False,
        "mine": True,
    }
    person.tap("card_sell")
    assert person.page == "home"
    assert person.views.shell.captionText == "Mục này chưa mở. Mời bà con quay lại sau."


def test_a_card_opens_once_something_is_behind_it(real_forms: Callable[..., None], meet: Any):
    real_forms("sale-result")
    person = meet()
    person.walk_to_home()
    person.wait_until(lambda: person.views.home.cards[1]["enabled"], "selling")
    assert not person.views.home.cards[2]["enabled"]
