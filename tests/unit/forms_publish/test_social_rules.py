"""Allowance, pension, disability, poor household: nobody is told no, and no answer is needed twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from supportpoint.clock import FixedClock
from supportpoint.forms import FormSession
from tests.form_filling import asked, fill, load_form, open_session

NEED, LIFE = "/data/need", "/data/life"


def names_asked(session) -> set[str]:
    return {ref.rpartition("/")[2] for ref in asked(session)}


@pytest.mark.parametrize(
    ("born", "poor", "note"),
    [
        ("1951-11-23", "none", None),
        ("1951-11-24", "none", "between_note"),
        ("1951-11-24", "near_poor", None),
        ("1956", "none", "between_note"),
        ("1957", "poor", "young_note"),
    ],
)
def test_the_age_for_a_pension_is_only_a_note(born, poor, note):
    session = open_session("social-pension")
    fill(session, {f"{NEED}/for_whom": "self", "/data/subject/birth_date": born})
    fill(session, {f"{LIFE}/poor": poor})
    assert names_asked(session) & {"young_note", "between_note"} == ({note} if note else set())
    refs = {problem.ref for problem in session.validate()}
    assert not refs & {"/data/subject/birth_date", f"{LIFE}/poor"}


@pytest.mark.parametrize(
    ("group", "there", "absent"),
    [
        ("elder", {"/data/supporter/any", f"{LIFE}/marital"}, {"/data/helper/relation"}),
        ("toddler", {f"{NEED}/toddler_note", "/data/helper/relation"}, {f"{LIFE}/marital"}),
        ("disabled", {"/data/disability/kind"}, {"/data/disability/has"}),
        ("hiv", {f"{NEED}/hiv_note", "/data/papers/hiv_photo"}, {"/data/supporter/any"}),
        ("unknown", {f"{NEED}/unknown_note", "/data/disability/has"}, {"/data/disability/kind"}),
    ],
)
def test_each_group_is_asked_its_own(group, there, absent):
    session = open_session("social-allowance")
    fill(session, {f"{NEED}/for_whom": "self", f"{NEED}/group": group})
    assert there <= set(asked(session))
    assert not absent & set(asked(session))


def test_every_one_of_the_eight_groups_has_a_card():
    session = open_session("social-allowance")
    (group,) = session.page(session.page_index(f"{NEED}/group")).questions
    assert len(group.choices) == 9
    assert group.choices[-1].value == "unknown"


def test_money_is_taken_as_people_say_it():
    session = open_session("social-allowance")
    fill(session, {"/data/income/bhxh": "yes", "/data/income/bhxh_amount": "1tr2"})
    assert session.value("/data/income/bhxh_amount") == 1_200_000


@pytest.mark.parametrize(("day", "line"), [("2026-12-31", "old_line"), ("2027-01-01", "new_line")])
def test_the_poverty_line_changes_with_the_year(day, line):
    clock = FixedClock(datetime.fromisoformat(day).replace(hour=3, tzinfo=UTC))
    session = FormSession(load_form("poor-household"), clock=clock, language="vi", metadata={})
    assert names_asked(session) & {"old_line", "new_line"} == {line}


@pytest.mark.parametrize(
    ("kind", "procedure", "reason"), [("poor", "1.011607", "no_land"), ("leave_poor", "1.011608", "job")]
)
def test_reasons_fit_what_is_asked(kind, procedure, reason):
    session = open_session("poor-household")
    fill(session, {"/data/request/kind": kind})
    (why,) = session.page(session.page_index("/data/why/kinds")).questions
    offered = {choice.value for choice in why.choices}
    assert reason in offered
    assert len(offered & {"no_land", "job"}) == 1
    assert session.value("/data/office/procedure") == procedure
