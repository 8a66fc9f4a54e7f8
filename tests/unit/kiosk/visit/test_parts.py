"""The pages of the review: section by section, or what was asked first."""

from __future__ import annotations

from typing import Any

import pytest

from supportpoint.content.package import Manifest, Package
from supportpoint.kiosk.visit.parts import list_parts
from supportpoint.kiosk.visit.visit import OpenForm
from tests.form_filling import fill, open_session

TOPIC, CONTENT, WISH = "/data/matter/topic", "/data/matter/content", "/data/matter/wish"


@pytest.fixture
def make_form() -> Any:
    def make(review: str) -> OpenForm:
        manifest = Manifest(
            kind="form", id="feedback-tip", version=1, title={"vi": "Tin"}, settings={"review": review}
        )
        session = open_session("feedback-tip")
        fill(session, {TOPIC: "works", CONTENT: "Cầu hỏng."})
        return OpenForm(Package(manifest, {}), session)

    return make


def refs(form: OpenForm, *, is_main: bool) -> list[str]:
    return [row.ref for part in list_parts(form, 5) if part.is_main == is_main for row in part.rows]


def test_section_by_section_everything_is_looked_at(make_form: Any):
    form = make_form("")
    assert refs(form, is_main=False) == []
    assert {TOPIC, CONTENT, WISH} <= set(refs(form, is_main=True))
    assert next(part.title for part in list_parts(form, 5)) == "Chuyện gì"


def test_a_short_review_begins_with_what_was_asked(make_form: Any):
    form = make_form("short")
    form.shown |= {TOPIC, CONTENT}
    assert refs(form, is_main=True) == [TOPIC, CONTENT]
    assert WISH in refs(form, is_main=False)


def test_what_was_opened_on_wish_is_looked_at_as_well(make_form: Any):
    form = make_form("short")
    form.shown |= {TOPIC, CONTENT, WISH}
    fill(form.session, {WISH: "Sửa cầu."})
    assert refs(form, is_main=True) == [TOPIC, CONTENT, WISH]


def test_what_a_card_said_stands_behind(make_form: Any):
    form = make_form("short")
    form.prefilled.add(CONTENT)
    assert CONTENT in refs(form, is_main=False)


def test_what_is_missing_is_never_behind(make_form: Any):
    form = make_form("short")
    form.session.answer(CONTENT, None)
    assert CONTENT in refs(form, is_main=True)


def test_what_must_be_mended_comes_first_and_first_in_its_section_too(make_form: Any):
    for review in ("", "short"):
        form = make_form(review)
        form.shown |= {TOPIC, CONTENT}
        form.session.answer(CONTENT, None)
        first, *others = list_parts(form, 5)
        assert first.to_mend
        assert [row.ref for row in first.rows] == [CONTENT]
        assert not [part for part in others if part.to_mend]
        (home,) = [found for part in others if CONTENT in (found := [row.ref for row in part.rows])]
        assert home[0] == CONTENT
        assert TOPIC in home
