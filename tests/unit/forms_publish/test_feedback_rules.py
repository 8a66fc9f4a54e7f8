"""Feedback: who speaks is reachable as he likes, and a protected form keeps nothing that points at him."""

from __future__ import annotations

import pytest

from tests.form_filling import asked, fill, open_session

NAMED = ("feedback-complaint", "feedback-denunciation")
SPOKEN = (*NAMED, "feedback-report", "feedback-tip")
WHO, MATTER = "/data/who", "/data/matter"


@pytest.mark.parametrize("form", NAMED)
@pytest.mark.parametrize("way", ["home", "point"])
def test_nobody_needs_a_telephone(form, way):
    session = open_session(form)
    fill(session, {f"{WHO}/contact_way": way})
    assert f"{WHO}/contact_phone" not in asked(session)
    assert session.value(f"{WHO}/contact")
    assert f"{WHO}/contact" not in {problem.ref for problem in session.validate()}


@pytest.mark.parametrize("form", NAMED)
def test_who_wants_a_call_says_the_number(form):
    session = open_session(form)
    fill(session, {f"{WHO}/contact_way": "phone", f"{WHO}/contact_phone": "0912345678"})
    assert session.value(f"{WHO}/contact") == "0912345678"


@pytest.mark.parametrize("form", SPOKEN)
def test_what_happened_is_told_or_written(form):
    session = open_session(form)
    assert f"{MATTER}/content" in {problem.ref for problem in session.validate()}
    fill(session, {f"{MATTER}/voice": "ke.m4a"})
    assert f"{MATTER}/content" not in {problem.ref for problem in session.validate()}


@pytest.mark.parametrize("form", SPOKEN)
def test_a_place_that_is_not_known_holds_nobody_up(form):
    session = open_session(form)
    fill(session, {f"{MATTER}/place/where": "unknown"})
    assert {ref for ref in asked(session) if ref.startswith(f"{MATTER}/place")} == {f"{MATTER}/place/where"}
    assert session.value(f"{MATTER}/place/country") is None


@pytest.mark.parametrize("form", ["feedback-denunciation", "feedback-tip"])
def test_a_protected_form_keeps_no_hour_and_no_machine(form):
    session = open_session(form)
    fill(session, {"/data/consent/basic": "yes"})
    assert session.value("/data/consent/given_at") == "2026-11-23"
    text = session.to_xml()
    assert b"d-1" not in text
    assert b"T09:" not in text


def test_an_ordinary_form_notes_the_moment_of_consent():
    session = open_session("disability")
    fill(session, {"/data/consent/basic": "yes", "/data/consent/sensitive": "yes"})
    assert session.value("/data/consent/given_at") == "2026-11-23T09:00:00"


@pytest.mark.parametrize(
    ("form", "title"), [("feedback-denunciation", "Tố cáo"), ("feedback-complaint", "Đất đai")]
)
def test_a_title_names_nobody(form, title):
    session = open_session(form)
    fill(session, {f"{MATTER}/topic": "land", f"{WHO}/full_name": "Lò Thị Mẫu"})
    assert f"<instanceName>{title}</instanceName>".encode() in session.to_xml()
