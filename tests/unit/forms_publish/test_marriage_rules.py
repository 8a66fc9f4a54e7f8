"""Marriage: nobody too young comes through, kin are warned, each side is asked apart."""

from __future__ import annotations

import pytest

from tests.form_filling import asked, fill, open_session

M, F = "/data/m", "/data/f"


@pytest.fixture
def session():
    return open_session("marriage")


@pytest.mark.parametrize(
    ("ref", "born", "allowed"),
    [
        (M, "2006-11-23", True),
        (M, "2006-11-24", False),
        (F, "2008-11-23", True),
        (F, "2008-11-24", False),
        (F, "2009", False),
    ],
)
def test_the_age_counts_on_the_day_and_nothing_lets_go_on(session, ref, born, allowed):
    fill(session, {f"{ref}/birth_date": born})
    stops = {f"{ref}/too_young", f"{ref}/age_stop"}
    assert stops.isdisjoint(asked(session)) == allowed
    if not allowed:
        for choice in ("wait", "call", "fix"):
            problem = session.answer(f"{ref}/age_stop", choice).problem
            assert problem is not None
            assert "111" in problem.message


def test_a_year_alone_that_may_be_too_young_asks_for_the_paper(session):
    fill(session, {f"{M}/birth_date": "2006"})
    assert f"{M}/age_unsure" in asked(session)
    assert f"{M}/age_stop" not in asked(session)


def test_close_kin_are_warned(session):
    before = set(asked(session))
    fill(session, {"/data/before/kin": "yes"})
    assert set(asked(session)) - before == {"/data/before/kin_close"}


def test_who_was_never_married_marries_for_the_first_time(session):
    fill(session, {f"{M}/marital": "never", f"{F}/marital": "widowed"})
    assert session.value(f"{M}/times") == "1"
    refs = asked(session)
    assert f"{M}/ask_times" not in refs
    assert {f"{F}/ask_times", "/data/papers/past_paper"} <= set(refs)


def test_each_side_is_asked_apart(session):
    sections = list(dict.fromkeys(page.section for page in session.pages()))
    assert sections == ["Trước khi khai", "Chú rể", "Cô dâu", "Giấy tờ"]
    for side in (M, F):
        first, second = [page.ref for page in session.pages() if page.ref.startswith(side)][:2]
        assert (first, second) == (f"{side}/alone", f"{side}/free_will")
