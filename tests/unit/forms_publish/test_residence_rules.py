"""Residence: one form for eight requests, and the request in the words the police expects."""

from __future__ import annotations

import pytest

from tests.form_filling import asked, fill, open_session

NEED, PLACE, REQUEST = "/data/need", "/data/place", "/data/order/request"


@pytest.fixture
def session():
    return open_session("residence")


def begin(session, kind, born="1990-05-01"):
    fill(session, {f"{NEED}/kind": kind, f"{NEED}/for_whom": "self", f"{NEED}/to": "03316"})
    fill(session, {"/data/person/full_name": "Lò Thị Mẫu", "/data/person/birth_date": born})


def test_a_permanent_stay_with_someone_names_the_head_and_the_place(session):
    begin(session, "permanent")
    fill(session, {"/data/head/relation": "in_law", "/data/head/ask_name": "Vàng A Thử"})
    fill(session, {f"{PLACE}/detail": "bản Mẫu"})
    words = "Đăng ký thường trú vào hộ ông/bà Vàng A Thử tại bản Mẫu, Xã Nà Tấu, tỉnh Điện Biên"
    assert session.value(REQUEST) == words
    assert session.value("/data/order/procedure") == "1.004222"


def test_a_temporary_stay_names_its_days_and_lasts_two_years_at_most(session):
    begin(session, "temporary")
    fill(session, {f"{PLACE}/detail": "bản Mẫu", f"{PLACE}/from": "2026-12-01"})
    assert session.answer(f"{PLACE}/until", "2026-12-01").problem is not None
    assert session.answer(f"{PLACE}/until", "2028-12-02").problem is not None
    fill(session, {f"{PLACE}/until": "2028-12-01"})
    assert session.value(REQUEST).endswith("từ ngày 01/12/2026 đến ngày 01/12/2028")


def test_a_paper_about_the_home_says_what_for(session):
    begin(session, "confirm")
    fill(session, {f"{PLACE}/confirm_for": "other", f"{PLACE}/confirm_other": "xin học nghề"})
    assert session.value(REQUEST) == "Xác nhận thông tin về cư trú để xin học nghề"
    assert f"{PLACE}/detail" not in asked(session)


@pytest.mark.parametrize(
    ("born", "minor"), [("2008-11-24", True), ("2008-11-23", False), ("2009", True), ("2008", False)]
)
def test_parents_agree_for_whom_is_under_eighteen(session, born, minor):
    begin(session, "permanent", born)
    assert ("/data/guardian/agree" in asked(session)) == minor


@pytest.mark.parametrize(("house", "owner"), [("own", False), ("rented", True), ("borrowed", True)])
def test_the_owner_is_asked_unless_the_house_is_their_own(session, house, owner):
    begin(session, "permanent")
    fill(session, {"/data/head/relation": "head", f"{PLACE}/house_of": house})
    refs = asked(session)
    assert (f"{PLACE}/owner_agree" in refs) == owner
    assert "/data/head/agree" not in refs, "the head need not agree with himself"


def test_who_told_it_aloud_need_not_write_it(session):
    fill(session, {f"{NEED}/kind": "other", f"{NEED}/other_voice": "a1.m4a"})
    assert f"{NEED}/other_kind" not in {problem.ref for problem in session.validate()}
