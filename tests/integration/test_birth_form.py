"""The birth registration form, built by pyxform and run by the engine, as villagers meet it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from supportpoint.clock import FixedClock
from supportpoint.forms import FormSession
from supportpoint.forms.view import PageKind
from tests.form_filling import (
    VISIT,
    C,
    F,
    M,
    P,
    R,
    asked,
    fill,
    load_form,
    open_session,
    read_birth_answers,
)


@pytest.fixture
def definition():
    return load_form("birth-registration")


@pytest.fixture
def session():
    return open_session("birth-registration")


@pytest.fixture
def answers():
    return read_birth_answers()


def home_birth(answers, notice):
    """Return the answers of a birth at home without a birth notice."""
    dropped = (f"{P}/birth_notice_photo",)
    changed = {f"{C}/birth_place/kind": "home", f"{P}/birth_notice": notice}
    return {ref: value for ref, value in (answers | changed).items() if ref not in dropped}


def test_the_mother_registers_and_everything_stands(session, answers):
    fill(session, answers)

    assert session.validate() == ()
    assert session.attachment_names() == ("giay-chung-sinh.jpg", "giay-ket-hon.jpg")
    unasked = set(asked(session)) - set(answers)
    left_out = {f"{F}/ask_id_no", f"{P}/marriage_cert", f"{P}/signature/sign"}
    assert unasked == left_out, "only what may be left out was left out"


def test_what_the_mother_said_of_herself_is_not_asked_again(session, answers):
    fill(session, answers)

    assert {ref for ref in asked(session) if ref.startswith(M)} == {f"{M}/ethnic"}
    expected = {
        "full_name": "Quàng Thị Ơn",
        "birth": "1998-03-12",
        "id_no": "011198004512",
        "id_doc_no": "011198004512",
        "id_issue_date": "2024-08-20",
        "id_issuer": "Bộ Công an",
        "nationality": "VN",
        "residence/kind": "permanent",
        "residence/province": "11",
        "residence/commune": "03316",
        "residence/detail": "bản Nậm Cứm",
    }
    assert {name: session.value(f"{M}/{name}") for name in expected} == expected


def test_the_father_may_be_known_by_his_year_alone(session, answers):
    fill(session, answers)

    assert session.value(f"{F}/birth") == "1994"
    assert session.value(f"{F}/residence/commune") == "03316"
    assert session.value(f"{F}/residence/kind") == "permanent"
    assert session.answer(f"{F}/ask_birth", "2094").problem is not None
    assert session.answer(f"{F}/ask_birth", "năm 1994").problem is not None
    assert session.answer(f"{F}/ask_birth", "1994-02").problem is None


def test_the_child_gets_what_follows_from_the_answers(session, answers):
    fill(session, answers)

    expected = {
        "full_name": "Lò Thị Mai An",
        "birth_date": "2026-11-02",
        "birth_date_words": "ngày mùng hai tháng mười một năm hai nghìn không trăm hai mươi sáu",
        "ethnic": "03",
        "nationality": "VN",
        "birth_place/facility": "Trạm y tế Xã Nà Tấu",
        "birth_place/commune": "03316",
        "hometown/detail": "bản Nậm Cứm",
    }
    assert {name: session.value(f"{C}/{name}") for name in expected} == expected
    assert session.value(f"{P}/statement/date") == "2026-11-23"
    assert session.value(f"{P}/statement/place") == "Xã Nà Tấu"


def test_a_home_birth_with_witnesses(session, answers):
    fill(session, home_birth(answers, "witness"))

    assert f"{C}/birth_place/ask_facility" not in asked(session)
    assert session.value(f"{C}/birth_place/facility") in {None, ""}
    assert session.value(f"{C}/birth_place/detail") == "bản Nậm Cứm"
    pages = [page for page in session.pages() if page.kind is PageKind.REPEAT]
    assert [page.ref for page in pages] == [f"{P}/witness"]
    while session.pages()[session.page_index(pages[0].ref)].repeat_count < 2:
        session.add_repeat(f"{P}/witness")
    fill(session, {f"{P}/witness[1]/full_name": "Lò Thị Pó", f"{P}/witness[1]/village": "bản Nậm Cứm"})
    assert {problem.ref for problem in session.validate()} == {
        f"{P}/witness[2]/full_name",
        f"{P}/witness[2]/village",
    }
    session.remove_repeat(f"{P}/witness[2]")
    assert session.validate() == ()
    assert session.attachment_names() == ("giay-ket-hon.jpg",)


def test_a_home_birth_that_nobody_saw_needs_a_commitment(session, answers):
    fill(session, home_birth(answers, "commitment"))

    assert [problem.ref for problem in session.validate()] == [f"{P}/commitment"]
    fill(session, {f"{P}/commitment": "OK"})
    assert session.validate() == ()


def test_only_the_mother_skips_the_father_and_the_marriage(session, answers):
    alone = {
        ref: value
        for ref, value in answers.items()
        if not ref.startswith(F) and not ref.startswith(f"{P}/marriage")
    } | {f"{C}/birth_case": "mother_only"}
    fill(session, alone)

    refs = set(asked(session))
    assert not any(ref.startswith(F) for ref in refs)
    assert f"{P}/marriage" not in refs
    assert session.value(f"{C}/ethnic") == "03"
    assert session.validate() == ()
    assert b"<father>" not in session.to_xml()


def test_a_father_alone_registers_from_what_he_said_of_himself(session, answers):
    own = {ref: value for ref, value in answers.items() if not ref.startswith("/data/parents")}
    own |= {f"{R}/relation": "father", f"{C}/birth_case": "father_only"}
    fill(session, {ref: value for ref, value in own.items() if not ref.startswith(f"{P}/marriage")})
    assert [problem.ref for problem in session.validate()] == [f"{F}/ethnic"]
    fill(session, {f"{F}/ethnic": "29"})
    assert session.validate() == ()
    assert not any(ref.startswith(M) for ref in asked(session))
    assert session.value(f"{F}/id_no") == "011198004512"
    assert session.value(f"{C}/ethnic") == "29"


def test_a_grandmother_is_asked_for_both_parents(session, answers):
    fill(session, {f"{R}/relation": "other", f"{R}/kinship": "grandparent", f"{C}/birth_case": "both"})
    refs = set(asked(session))
    assert {f"{M}/scan", f"{M}/ask_full_name", f"{F}/scan", f"{F}/ask_full_name"} <= refs
    assert f"{P}/authorisation_photo" not in refs, "close family needs no authorisation"


def test_choosing_only_the_mother_later_drops_what_was_said_of_the_father(session, answers):
    fill(session, answers)
    assert "Lò Văn Bun".encode() in session.to_xml()
    session.answer(f"{C}/birth_case", "mother_only")
    assert "Lò Văn Bun".encode() not in session.to_xml()
    assert session.attachment_names() == ("giay-chung-sinh.jpg",)


def test_an_abandoned_child_has_no_parents_section(session, answers):
    session.answer(f"{R}/relation", "other")
    session.answer(f"{C}/birth_case", "abandoned")
    refs = set(asked(session))
    assert not any(ref.startswith("/data/parents") for ref in refs)
    assert {f"{C}/ask_ethnic", f"{P}/case_photo", f"{R}/kinship"} <= refs
    assert f"{P}/birth_notice" not in refs


def test_a_dead_parent_is_not_asked_for_papers_or_address(session, answers):
    kept = {
        ref: value
        for ref, value in answers.items()
        if ref not in {f"{F}/ask_id_doc_type", f"{F}/residence/where"}
    } | {f"{F}/alive": "dead"}
    fill(session, kept)
    assert session.validate() == ()
    assert session.value(f"{F}/residence/detail") == "Đã chết"
    assert session.value(f"{F}/residence/kind") == "other"


def test_parents_of_two_peoples_choose_for_the_child(session, answers):
    fill(session, answers | {f"{F}/ethnic": "08"})
    assert [problem.ref for problem in session.validate()] == ["/data/parents/child_ethnic_from"]
    session.answer("/data/parents/child_ethnic_from", "father")
    assert session.value(f"{C}/ethnic") == "08"
    assert session.validate() == ()


def test_an_adult_registers_himself(session):
    fill(session, {f"{R}/relation": "self", f"{R}/full_name": "Cà Văn Sơn", f"{R}/birth_date": "1985"})
    refs = set(asked(session))
    assert not refs & {f"{C}/ask_full_name", f"{C}/ask_birth_date", f"{C}/late_note"}
    assert session.value(f"{C}/full_name") == "Cà Văn Sơn"
    assert session.value(f"{C}/birth_date") == "1985"
    assert session.value(f"{C}/birth_date_words") == "năm một nghìn chín trăm tám mươi lăm"


def test_sections_are_few_and_in_the_order_of_the_talk(session, answers):
    fill(session, answers)
    titles = list(dict.fromkeys(page.section for page in session.pages()))
    assert titles == ["Người đi khai", "Em bé", "Bố mẹ", "Giấy tờ"]
    assert {page.section_count for page in session.pages()} == {4}
    assert [section.title for section in session.outline()] == titles


def test_a_submission_comes_back_as_it_was(definition, session, answers):
    fill(session, answers)
    xml = session.to_xml()

    again = FormSession.from_xml(definition, xml, clock=FixedClock(VISIT))

    assert again.to_xml() == xml
    assert again.validate() == ()
    assert again.instance_id == session.instance_id
    assert {ref: again.value(ref) for ref in answers} == {ref: session.value(ref) for ref in answers}


def test_the_server_reads_the_same_months_later(definition, session, answers):
    fill(session, answers)
    later = FormSession.from_xml(
        definition, session.to_xml(), clock=FixedClock(datetime(2027, 3, 1, 2, 0, tzinfo=UTC))
    )
    assert later.validate() == ()
    assert asked(later) == asked(session)
    for ref in (f"{C}/late", f"{P}/statement/date", f"{P}/office/late", f"{C}/birth_date_words"):
        assert later.value(ref) == session.value(ref), ref
