"""Nobody is held up for lack of a paper, a number or a fact; and what is not needed is not asked."""

from __future__ import annotations

import pytest

from tests.form_filling import asked, fill, open_session


def wanting(session):
    return {problem.ref for problem in session.validate()}


@pytest.mark.parametrize(
    ("paper", "needed"),
    [("cccd", True), ("old_id", True), ("passport", False), ("other", False), ("none", False)],
)
def test_a_citizen_number_is_needed_with_a_paper_that_has_one(paper, needed):
    session = open_session("certified-copy")
    identity = "/data/requester/identity"
    fill(session, {f"{identity}/ask_id_doc_type": paper})
    assert (f"{identity}/id_no" in wanting(session)) == needed
    assert (f"{identity}/old_note" in asked(session)) == (paper == "old_id")


@pytest.mark.parametrize("code", ["DB7-4K2-9X8", "db7 4k2 9x8", "db74k29x8"])
def test_a_case_code_is_taken_as_it_is_typed(code):
    session = open_session("supplement")
    assert session.answer("/data/case/case_no", code).problem is None


def test_papers_alone_are_a_supplement():
    session = open_session("supplement")
    session.add_repeat("/data/more/papers")
    assert "/data/more/content" in wanting(session)
    fill(session, {"/data/more/papers[1]/photo": "giay.jpg"})
    assert "/data/more/content" not in wanting(session)


@pytest.mark.parametrize(("kind", "placed"), [("home", True), ("unknown", False)])
def test_where_somebody_died_is_asked_when_it_is_known(kind, placed):
    session = open_session("death")
    fill(session, {"/data/death/place_kind": kind})
    assert ("/data/death/place/where" in asked(session)) == placed


@pytest.mark.parametrize(("leave", "title"), [("yes", "Lò Thị Mẫu"), ("no", "Gương tốt")])
def test_a_story_has_a_name_for_title_with_leave_alone(leave, title):
    session = open_session("story-nomination")
    fill(session, {"/data/who/full_name": "Lò Thị Mẫu", "/data/leave/name": leave})
    assert f"<instanceName>{title}</instanceName>".encode() in session.to_xml()


@pytest.mark.parametrize("service", ["sell", "papers"])
def test_publishing_is_asked_of_sellers(service):
    session = open_session("support-visit")
    fill(session, {"/data/visit/service": [service]})
    assert ("/data/given/publish" in asked(session)) == (service == "sell")
