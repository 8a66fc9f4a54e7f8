"""Words, gates and the supplement builder."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.http import QueryDict

import supportpoint.server.office
from supportpoint.errors import SupportPointError
from supportpoint.server.intake.gates import MAX_RETRY_S, Gate
from supportpoint.server.office.answers import list_blocks, mask_number
from supportpoint.server.office.decisions import OPEN, TRANSITIONS
from supportpoint.server.office.supplement import lacks_reason, list_candidates, read_missing
from supportpoint.server.office.times import working_days_between
from supportpoint.server.office.words import LANGUAGES, read_words
from supportpoint.server.registry.models import Case, CaseState

OFFICE = Path(supportpoint.server.office.__file__).parent


def test_both_languages_have_every_word_that_a_page_uses():
    assert read_words("vi").keys() == read_words("en").keys()
    used = {
        key
        for page in OFFICE.glob("templates/office/*.html")
        for key in re.findall(r'{% word "(\w+)" %}', page.read_text("utf-8"))
    }
    used |= {f"state_{state}" for state in [*CaseState.values, "late"]}
    used |= {f"event_{what}" for what in [*TRANSITIONS, "arrived", "opened", "photo", "addition", "adds_to"]}
    assert used <= read_words("vi").keys()
    assert all(words.strip() for language in LANGUAGES for words in read_words(language).values())


def test_pages_hold_no_script_and_no_inline_style():
    for page in OFFICE.glob("templates/office/*.html"):
        assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", page.read_text("utf-8")), page.name


def test_a_gate_refuses_what_does_not_fit_and_says_when():
    gate = Gate(2)
    with gate.admitted(), gate.admitted():
        assert gate.load == 1
        with pytest.raises(SupportPointError, match="SP-505") as refused, gate.admitted():
            pass
        assert 0 < refused.value.facts["retry_after_s"] <= MAX_RETRY_S
    assert gate.load == 0
    with gate.admitted():
        assert gate.load == 0.5


def test_a_closed_case_stays_closed():
    closed = {CaseState.ACCEPTED, CaseState.REFUSED}
    assert all(not (allowed & closed) for allowed, _ in TRANSITIONS.values())
    assert CaseState.NEED not in OPEN


@pytest.fixture
def case():
    def row(ref, kind, *, answered=True, private=False):
        display = {"barcode": "none", "acknowledge": "OK", "image": "a.jpg"}.get(kind, "x")
        known = {"display": "011199000123" if private else display, "answered": answered, "private": private}
        return {"ref": ref, "label": f"L {ref}", "type": kind} | known

    rows = [row("/a", "text"), row("/n", "text", private=True), row("/s", "barcode")]
    rows += [row("/p", "image", answered=False), row("/i", "note"), row("/k", "acknowledge")]
    rows.append(row("/c", "select_one") | {"part": "consent"})
    return Case(
        outline=[
            {"title": "S", "rows": [row("/t", "text") | {"part": "scan"}]},
            {"title": "T", "rows": rows},
        ],
        findings=[{"ref": "/p", "code": "SP-308", "label": "", "message": ""}],
    )


def test_what_the_machine_found_is_picked_from_the_start(case):
    photo, *answers = list_candidates(case)
    assert (photo.ref, photo.picked, photo.reason) == ("/p", True, "reason_photo_absent")
    assert [(one.ref, one.picked, one.display) for one in answers] == [
        ("/a", False, "x"),
        ("/n", False, "•••• 0123"),
        ("/k", False, ""),
    ]


def test_a_case_shows_answers_only_and_its_consents_apart(case):
    answers, consents = list_blocks(case)
    assert [(one.ref, one.kind, one.label) for one in answers.rows] == [
        ("/a", "words", "L /a"),
        ("/n", "private", "L /n"),
        ("/p", "photo", "L /p"),
        ("/k", "agreed", "L /k"),
    ]
    assert (answers.title, answers.rows[1].masked) == ("T", "•••• 0123")
    assert (consents.is_consent, [one.ref for one in consents.rows]) == (True, ["/c"])
    assert mask_number("12345678") == "••••"


def test_only_picked_things_with_a_reason_are_asked_for(case):
    posted = QueryDict(mutable=True)
    posted.update(
        {
            "q0-pick": "1",
            "q0-reason": "reason_answer_unclear",
            "q0-note": " Nói lại. ",
            "q1-pick": "1",
            "q2-reason": "reason_photo_cut",
            "other1-label": "Giấy khác",
            "q0-reason-forged": "x",
        }
    )
    asked = read_missing(case, posted)
    assert lacks_reason(case, posted)
    assert [(one.kind, one.ref, one.label) for one in asked] == [
        ("answer", "/a", "L /a"),
        ("photo", "", "Giấy khác"),
    ]
    assert asked[0].reason.endswith("Nói lại.")
    posted["q0-reason"] = "reason_made_up"
    posted["q0-note"] = ""
    assert [one.label for one in read_missing(case, posted)] == ["Giấy khác"]


def test_working_days_between_counts_both_ways():
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 23)) == 1
    assert working_days_between(date(2026, 11, 23), date(2026, 11, 20)) == -1
    assert working_days_between(date(2026, 11, 23), date(2026, 11, 23)) == 0
