"""What a point offers: installed forms by section, and which of them others must not see at a glance."""

from __future__ import annotations

import pytest

from supportpoint.config import shipped_dir
from supportpoint.content.package import Manifest
from supportpoint.kiosk.visit.emergency import read_emergency
from supportpoint.kiosk.visit.offer import LAST, is_private, list_offers


def form(form_id: str, title: str = "", **settings: str) -> Manifest:
    return Manifest(kind="form", id=form_id, version=1, title={"vi": title or form_id}, settings=settings)


def test_a_section_stands_in_its_order_then_by_title():
    forms = [
        form("b", "Bò", section="sell", order="20"),
        form("a", "Gà", section="sell", order="3"),
        form("d", "Cá", section="sell", order="20"),
        form("c", "Khai sinh", section="papers", order="1"),
        form("e", "Không số", section="sell", order="x"),
    ]
    assert [offer.id for offer in list_offers(forms, "sell", "vi")] == ["a", "b", "d", "e"]
    assert list_offers(forms, "sell", "vi")[-1].order == LAST


def test_what_a_form_does_not_say():
    (offer,) = list_offers([form("old")], "papers", "en")
    assert (offer.title, offer.art, offer.route) == ("old", "papers", "")
    assert list_offers([form("old")], "staff", "vi") == ()


def test_titles_come_in_the_language():
    manifest = Manifest(kind="form", id="a", version=1, title={"vi": "Khai tử", "en": "Death"})
    assert list_offers([manifest], "papers", "en")[0].title == "Death"
    assert list_offers([manifest], "papers", "th")[0].title == "Khai tử"


@pytest.mark.parametrize(
    ("settings", "private"),
    [
        ({"section": "say", "purpose": "ordinary"}, "yes"),
        ({"section": "law", "purpose": "legal_aid"}, "yes"),
        ({"section": "papers", "purpose": "protected"}, "yes"),
        ({"section": "papers", "purpose": "ordinary"}, "no"),
        ({}, "no"),
    ],
)
def test_what_others_must_not_see_at_a_glance(settings: dict[str, str], private: str):
    assert is_private(form("a", **settings)) is (private == "yes")


def test_the_numbers_to_call_at_once():
    numbers = read_emergency(shipped_dir("assets") / "lists")
    assert [one.number for one in numbers] == ["113", "114", "115", "111"]
    assert numbers[2].name("en") == "Ambulance"
    assert numbers[2].name("th") == "Cấp cứu"
