"""Death: what a family does not know never stops it, and the law's time limits are said kindly."""

from __future__ import annotations

import pytest

from tests.form_filling import asked, fill, open_session

DIED = "/data/death/ask_date"


@pytest.fixture
def session():
    return open_session("death")


@pytest.mark.parametrize(("died", "late"), [("2026-11-08", False), ("2026-11-07", True)])
def test_after_fifteen_days_there_is_a_note_and_no_block(session, died, late):
    fill(session, {DIED: died})
    assert ("/data/death/late_note" in asked(session)) == late


@pytest.mark.parametrize("died", ["2026-11-24", "1949-12-31"])
def test_nobody_dies_tomorrow_or_before_birth(session, died):
    fill(session, {"/data/d/person/birth_date": "1950"})
    assert session.answer(DIED, died).problem is not None


def test_the_year_of_death_is_enough(session):
    fill(session, {"/data/death/date_known": "year", "/data/death/ask_year": 1998})
    assert session.value("/data/death/date") == "1998"
    assert not {DIED, "/data/death/hour"} & set(asked(session))


def test_a_death_at_home_without_paper_names_the_village_head(session):
    fill(session, {"/data/death/place_kind": "home", "/data/notice/kind": "none"})
    refs = asked(session)
    assert "trưởng bản" in refs["/data/notice/home_note"]
    assert not {"/data/notice/photo", "/data/notice/no"} & set(refs)


def test_what_comes_next_is_offered_and_told(session):
    fill(session, {"/data/papers/follow_up": ("funeral", "inheritance")})
    told = {ref.rpartition("/")[2] for ref in asked(session) if "/follow_" in ref}
    assert told == {"follow_up", "follow_funeral", "follow_inheritance"}
