"""Legal aid: nobody is turned away, what is urgent is seen, and the title names no one."""

from __future__ import annotations

import re

import pytest

from tests.form_filling import asked, fill, open_session

FIRST, CASE, WHO, PAPERS = "/data/first", "/data/case", "/data/requester", "/data/papers"


@pytest.fixture
def session():
    return open_session("legal-aid")


@pytest.mark.parametrize(
    ("answers", "urgent"),
    [
        ({}, "no"),
        ({"urgent_kinds": ["held"]}, "yes"),
        ({"urgent_kinds": ["violence"]}, "yes"),
        ({"urgent_kinds": ["none"]}, "no"),
        ({"urgent_kinds": ["court"]}, "yes"),
        ({"urgent_kinds": ["court"], "deadline": "2026-12-07"}, "yes"),
        ({"urgent_kinds": ["court"], "deadline": "2026-12-08"}, "no"),
        ({"urgent_kinds": ["held", "court"], "deadline": "2026-12-08"}, "yes"),
    ],
)
def test_a_near_day_a_detention_or_violence_is_urgent(session, answers, urgent):
    fill(session, {f"{FIRST}/{name}": value for name, value in answers.items()})
    assert session.value(f"{FIRST}/urgent") == urgent
    assert (f"{FIRST}/urgent_note" in asked(session)) == (urgent == "yes")
    title = b"<instanceName>" + "Trợ giúp pháp lý".encode() + (" (gấp)".encode() if urgent == "yes" else b"")
    assert title + b"</instanceName>" in session.to_xml()


def test_violence_names_the_numbers_to_call(session):
    fill(session, {f"{FIRST}/urgent_kinds": ["violence"]})
    assert session.value(f"{FIRST}/violence") == "yes"
    (note,) = session.page(session.page_index(f"{FIRST}/danger_note")).questions
    assert {"111", "113"} <= set(re.findall("[0-9]+", note.label))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"category": ["unknown"]}, "Cán bộ sẽ xem và trả lời."),
        ({"category": ["elderly"], "financial": "neither"}, "Cán bộ sẽ xem và trả lời."),
        ({"category": ["elderly"], "financial": "near_poor"}, "Bà con được giúp miễn phí."),
        ({"category": ["disabled", "poor"], "financial": "neither"}, "Bà con được giúp miễn phí."),
        ({"category": ["child"]}, "Bà con được giúp miễn phí."),
    ],
)
def test_no_situation_is_a_no(session, answers, said):
    fill(session, {f"/data/eligible/{name}": value for name, value in answers.items()})
    assert asked(session)["/data/eligible/papers_now"] == said
    assert not [problem for problem in session.validate() if problem.ref.startswith("/data/eligible")]


def test_papers_may_follow_later(session):
    fill(session, {"/data/eligible/category": ["poor"]})
    assert not [ref for ref in asked(session) if ref.startswith(PAPERS)]


@pytest.mark.parametrize(
    ("answers", "proofs"),
    [
        ({"category": ["poor"]}, {"proof_poor"}),
        ({"category": ["accused_near_poor"]}, {"proof_procedure", "proof_near_poor"}),
        ({"category": ["poor", "child"]}, {"proof_poor", "proof_child"}),
        ({"category": ["disabled"], "financial": "allowance"}, {"proof_disability", "proof_allowance"}),
        ({"category": ["unknown"]}, set()),
    ],
)
def test_each_group_has_its_papers_and_none_is_required(session, answers, proofs):
    now = answers | {"papers_now": "now"}
    fill(session, {f"/data/eligible/{name}": value for name, value in now.items()})
    assert {ref.rpartition("/")[2] for ref in asked(session) if "/proof_" in ref} == proofs
    assert not [problem for problem in session.validate() if problem.ref.startswith(PAPERS)]


def test_the_story_is_told_or_written_and_not_longer_than_the_form(session):
    story = f"{CASE}/summary"
    assert story in {problem.ref for problem in session.validate()}
    assert session.answer(story, "a" * 4001).problem is not None
    fill(session, {story: "a" * 4000})
    assert story not in {problem.ref for problem in session.validate()}
    fill(session, {f"{CASE}/summary_voice": "ke.ogg"})
    assert story not in asked(session), "who told it is not asked to write it"
    assert story not in {problem.ref for problem in session.validate()}


@pytest.mark.parametrize(
    ("way", "safe"), [("phone", "yes"), ("village", "no"), ("point", "no"), ("none", "no")]
)
def test_only_who_chose_the_telephone_is_called(session, way, safe):
    fill(session, {f"{WHO}/contact": way, f"{WHO}/address_safe": "no"})
    refs = asked(session)
    assert session.value(f"{WHO}/call_safe") == safe
    assert ({f"{WHO}/phone", f"{WHO}/call_time"} <= set(refs)) == (way == "phone")
    assert (f"{WHO}/call_note" in refs) == (way == "none")
    assert f"{WHO}/address_note" in refs


@pytest.mark.parametrize(
    ("ref", "chosen"),
    [(f"{FIRST}/urgent_kinds", ["held", "none"]), ("/data/eligible/category", ["poor", "unknown"])],
)
def test_none_and_something_is_a_slip(session, ref, chosen):
    assert session.answer(ref, chosen).problem is not None
    assert session.answer(ref, chosen[:1]).problem is None


def test_the_other_person_is_asked_for_only_when_there_is_one(session):
    fill(session, {f"{WHO}/relation": "self"})
    assert not [ref for ref in asked(session) if ref.startswith("/data/ben/")]
    fill(session, {f"{WHO}/relation": "kin"})
    assert "/data/ben/person/full_name" in asked(session)


def test_only_the_centre_can_open_it_and_nothing_stays_on_the_machine(session):
    settings = session.definition.settings
    assert (settings.purpose, settings.category, settings.autosave) == ("legal_aid", "legal_aid", "session")
    shares = [q for page in session.pages() for q in page.questions if q.name == "share"]
    assert [q.attributes["consent"] for q in shares] == ["basic"]
