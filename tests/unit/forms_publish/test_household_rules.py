"""Health card, study support, household business, land: what is asked follows what is needed."""

from __future__ import annotations

import pytest

from tests.form_filling import asked, fill, open_session


def groups(session) -> set[str]:
    return {ref.split("/")[2] for ref in asked(session)}


@pytest.mark.parametrize(("born", "guardian"), [("2020-11-24", True), ("2020-11-23", False)])
def test_a_child_under_six_has_a_guardian_on_the_health_card(born, guardian):
    session = open_session("health-insurance")
    fill(session, {"/data/holder/birth_date": born})
    assert ("guardian" in groups(session)) == guardian


@pytest.mark.parametrize(("kind", "kept"), [("first", False), ("again", True)])
def test_only_who_had_a_card_keeps_its_clinic(kind, kept):
    session = open_session("health-insurance")
    fill(session, {"/data/need/kind": kind})
    (clinic,) = session.page(session.page_index("/data/card/clinic")).questions
    assert ("keep" in {choice.value for choice in clinic.choices}) == kept


@pytest.mark.parametrize(
    ("kinds", "level", "km", "note"),
    [
        (("boarding",), "primary", 3, True),
        (("boarding",), "primary", 4, False),
        (("boarding", "costs"), "lower", 6, True),
        (("boarding",), "upper", 10, False),
    ],
)
def test_the_distance_matters_for_boarding_and_never_blocks(kinds, level, km, note):
    session = open_session("study-support")
    fill(session, {"/data/need/kinds": kinds, "/data/school/level": level, "/data/way/distance_km": km})
    assert ("/data/way/near_note" in asked(session)) == note
    assert "/data/way/distance_km" not in {problem.ref for problem in session.validate()}


def test_no_distance_is_asked_without_boarding():
    session = open_session("study-support")
    fill(session, {"/data/need/kinds": ("costs", "lunch")})
    assert "way" not in groups(session)


@pytest.mark.parametrize(
    ("kind", "to"), [("public", "Trường tiểu học Mẫu"), ("private", "Ủy ban nhân dân Xã Nà Tấu")]
)
def test_the_letter_goes_to_the_school_or_the_commune(kind, to):
    session = open_session("study-support")
    fill(session, {"/data/pupil/residence/ask_commune": "03316"})
    fill(session, {"/data/school/kind": kind, "/data/school/name": "tiểu học Mẫu"})
    assert session.value("/data/school/to") == to


def test_who_needs_no_registration_may_stop_at_once():
    session = open_session("household-business")
    assert next(iter(asked(session))) == "/data/need/not_needed_note"
    fill(session, {"/data/need/selling": "market", "/data/need/go_on": "stop"})
    assert groups(session) == {"need"}
    assert "/data/need/likely_not" in asked(session)


def test_a_business_has_its_name_and_one_main_trade():
    session = open_session("household-business")
    fill(session, {"/data/need/go_on": "go"})
    assert session.answer("/data/business/own_name", "Công ty Mẫu").problem is not None
    fill(session, {"/data/business/own_name": "Quán Mẫu", "/data/business/capital": "20 triệu"})
    assert session.value("/data/business/name") == "Hộ kinh doanh Quán Mẫu"
    assert session.value("/data/business/capital") == 20_000_000
    fill(session, {"/data/trades/how_many": 2})
    fill(session, {f"/data/trades/sectors[{at}]/main": "yes" for at in (1, 2)})
    assert "/data/trades/main_note" in asked(session)
    fill(session, {"/data/trades/sectors[2]/main": "no"})
    assert "/data/trades/main_note" not in asked(session)


@pytest.mark.parametrize(
    ("topic", "shown"),
    [
        ("transfer", {"transfer", "follow"}),
        ("first", {"first", "follow"}),
        ("lawyer", {"lawyer", "follow"}),
        ("dispute", {"requester", "mediation", "land", "statement", "consent"}),
    ],
)
def test_each_land_matter_has_its_own_steps(topic, shown):
    session = open_session("land-guidance")
    fill(session, {"/data/need/topic": topic})
    assert groups(session) == shown | {"need"}


def test_who_tells_the_dispute_aloud_need_not_write_it():
    session = open_session("land-guidance")
    fill(session, {"/data/need/topic": "dispute"})
    content = "/data/mediation/content"
    assert content in {problem.ref for problem in session.validate()}
    fill(session, {"/data/mediation/content_voice": "a1.m4a"})
    assert content not in {problem.ref for problem in session.validate()}
