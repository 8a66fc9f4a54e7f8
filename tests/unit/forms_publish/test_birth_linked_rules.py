"""Birth with residence and cards: the birth form and what the other two offices need, said once."""

from __future__ import annotations

import pytest

from tests.form_filling import C, F, M, R, asked, fill, load_form, open_session, read_birth_answers


@pytest.fixture
def session():
    session = open_session("birth-linked")
    fill(session, read_birth_answers())
    return session


def test_it_asks_all_that_the_birth_form_asks():
    paths = {spec.path for spec in load_form("birth-linked").specs.values() if spec.control is not None}
    birth = {spec.path for spec in load_form("birth-registration").specs.values() if spec.control is not None}
    assert len(birth) > 100
    assert birth < paths


def test_nobody_registers_himself_before_he_is_six():
    (question,) = open_session("birth-linked").page(0).questions
    assert [choice.value for choice in question.choices] == ["mother", "father", "other"]


def test_the_child_lives_with_the_mother_and_the_father_heads_the_house(session):
    fill(session, {"/data/res/case": "owner", "/data/res/head": "father"})
    expected = {"head_name": "Lò Văn Bun", "relation": "child", "address/commune": "03316"}
    assert {name: session.value(f"/data/res/{name}") for name in expected} == expected
    assert not {"/data/res/elsewhere/where", "/data/res/ask_head_name"} & set(asked(session))


def test_a_dead_father_heads_no_house_and_has_no_home(session):
    session.answer(f"{F}/alive", "dead")
    for ref in ("/data/res/at", "/data/res/head"):
        (question,) = session.page(session.page_index(ref)).questions
        assert [choice.value for choice in question.choices] == ["mother", "other"]


def test_the_clinic_is_that_of_the_new_home(session):
    fill(session, {"/data/cards/hospital_kind": "clinic"})
    assert session.value("/data/cards/hospital") == "Trạm y tế Xã Nà Tấu"
    place = "/data/res/elsewhere"
    fill(session, {"/data/res/at": "other", f"{place}/where": "dien_bien", f"{place}/ask_commune": "03127"})
    assert session.value("/data/cards/hospital") == "Trạm y tế Phường Điện Biên Phủ"


def test_the_phone_is_asked_once(session):
    assert session.value("/data/receive/phone") == session.value(f"{R}/phone") == "0912345678"
    assert "/data/receive/ask_phone" not in asked(session)


def test_from_six_years_on_the_three_go_apart(session):
    session.answer(f"{C}/ask_birth_date", "2020-11-24")
    assert "/data/res/six_note" not in asked(session)
    session.answer(f"{C}/ask_birth_date", "2020-11-23")
    assert "/data/res/six_note" in asked(session)


def test_a_home_needs_an_address_only_where_papers_are_sent(session):
    fill(session, {"/data/receive/way": "both", "/data/receive/place": "office"})
    assert "/data/receive/address/where" not in asked(session)
    fill(session, {"/data/receive/place": "home", "/data/receive/address/where": "same"})
    assert session.value("/data/receive/address/detail") == session.value(f"{M}/residence/detail")
