"""Marital status: each of the six cases asks its own questions, and nobody is asked twice about himself."""

from __future__ import annotations

import pytest

from tests.form_filling import asked, fill, open_session

PAPER = {"paper_no", "paper_date", "paper_issuer"}
CASE = PAPER | {"spouse_name", "from_date", "to_date"}


@pytest.fixture
def session():
    return open_session("marital-status")


@pytest.mark.parametrize(
    ("case", "questions"),
    [
        ("never", set()),
        ("married", {"spouse_name", *PAPER}),
        ("divorced", PAPER),
        ("widowed", {"spouse_name", *PAPER}),
        ("past_time", {"from_date", "to_date"}),
        ("together", {"spouse_name"}),
    ],
)
def test_a_case_asks_what_belongs_to_it(session, case, questions):
    fill(session, {"/data/status/marital": case})
    names = {ref.rpartition("/")[2] for ref in asked(session) if ref.startswith("/data/status/")}
    assert names & CASE == questions
    assert ("/data/papers/case_paper" in asked(session)) == (case in {"married", "divorced", "widowed"})


def test_who_asks_for_himself_is_asked_once(session):
    fill(
        session,
        {
            "/data/about/relation": "self",
            "/data/requester/full_name": "Lò Thị Mẫu",
            "/data/requester/birth_date": "1999",
            "/data/requester/residence/ask_commune": "03316",
        },
    )
    again = {ref for ref in asked(session) if ref.startswith("/data/s/")}
    assert again == {"/data/s/sex", "/data/s/ethnic", "/data/s/ask_nationality"}
    taken = {"full_name": "Lò Thị Mẫu", "birth": "1999", "residence/commune": "03316", "nationality": "VN"}
    assert {name: session.value(f"/data/s/{name}") for name in taken} == taken


def test_another_person_is_asked_for_in_full(session):
    fill(session, {"/data/about/relation": "child"})
    assert {"/data/s/scan", "/data/s/ask_full_name", "/data/s/residence/where"} <= set(asked(session))


def test_earlier_homes_are_a_list(session):
    fill(session, {"/data/status/moved": "yes"})
    session.add_repeat("/data/status/periods")
    place = "/data/status/periods[1]"
    fill(session, {f"{place}/place/ask_commune": "03316", f"{place}/from_date": "2018"})
    assert session.value(f"{place}/place/commune") == "03316"
    assert session.answer(f"{place}/to_date", "2017").problem is not None


def test_marriage_is_told_that_the_paper_is_seldom_needed(session):
    fill(session, {"/data/about/purpose": "marriage"})
    assert {"/data/about/marriage_note", "/data/about/partner"} <= set(asked(session))
