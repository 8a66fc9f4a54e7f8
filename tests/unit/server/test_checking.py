"""Submissions that no kiosk of ours sends: refused or flagged by code, and nothing of them is believed."""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache

import pytest
from lxml import etree

from supportpoint.clock import SystemClock
from supportpoint.config import shipped_dir
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.forms.parts import Spec
from supportpoint.forms.publish.convert import make_xform
from supportpoint.forms.publish.lists import read_lists
from supportpoint.forms.publish.workbook import read_workbook
from supportpoint.forms.view import QuestionType
from supportpoint.server.opener.checking import CheckedCase, check_answers
from tests.form_walks import cover_form

FORMS = ("study-support", "supervision-works")  # a simple one, and one of repeats
BOMB = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
Spoil = Callable[["Submission"], None]


@lru_cache
def read_form(name: str) -> tuple[FormDefinition, list[bytes]]:
    """Return a form and the submissions of its covering walks, from the shortest to the longest."""
    workbook = read_workbook(shipped_dir("assets") / "forms" / name)
    xform = make_xform(workbook)
    assert isinstance(xform, bytes), xform
    definition = FormDefinition.load(xform, files=read_lists(workbook))
    walks = cover_form(definition, seed=1, now=SystemClock().now()).walks
    return definition, sorted((walk.xml for walk in walks), key=len)


class Submission:
    """A good submission, to be spoiled. `where` is the last part of what was spoiled."""

    def __init__(self, name: str) -> None:
        self.definition, self.walks = read_form(name)
        self.root = etree.fromstring(self.walks[-1])
        self.where = ""

    def spec(self, element: etree._Element) -> Spec | None:
        names = [element, *element.iterancestors()][::-1]
        return self.definition.specs.get(tuple(etree.QName(one).localname for one in names))

    def find(self, fits: Callable[[Spec], bool]) -> etree._Element:
        """Return an answered question that fits, of the longest walk that has one; in a repeat if it can."""
        for xml in reversed(self.walks):
            self.root = etree.fromstring(xml)
            found = [element for element in self.root.iter(etree.Element) if self._is(element, fits)]
            if found:
                found.sort(key=lambda element: self.spec(element).single)  # type: ignore[union-attr]
                self.where = etree.QName(found[0]).localname
                return found[0]
        raise AssertionError("no such question was answered")

    def _is(self, element: etree._Element, fits: Callable[[Spec], bool]) -> bool:
        spec = self.spec(element)
        return spec is not None and spec.control is not None and bool(element.text) and fits(spec)

    def check(self) -> CheckedCase:
        return check_answers(self.definition, "commune_office", etree.tostring(self.root))


@pytest.fixture(params=FORMS)
def submission(request: pytest.FixtureRequest) -> Submission:
    return Submission(request.param)


def control_type(spec: Spec) -> QuestionType | None:
    return spec.control.type if spec.control is not None else None


def break_rule(it: Submission) -> None:
    limited = it.find(lambda spec: spec.constraint is not None and "string-length" in spec.constraint.source)
    limited.text = "x" * 5000


def unknown_choice(it: Submission) -> None:
    it.find(lambda spec: control_type(spec) is QuestionType.SELECT_ONE).text = "no-such-choice"


def wrong_type(it: Submission) -> None:
    it.find(lambda spec: spec.kind in {"int", "decimal", "date"}).text = "tomorrow"


def leave_out(it: Submission) -> None:
    missing = it.find(lambda spec: spec.required is not None and control_type(spec) is QuestionType.TEXT)
    missing.text = None


def answer_unasked(it: Submission) -> None:
    """Put an answer where the form, as it was answered, asks nothing."""
    texts = [spec for spec in it.definition.specs.values() if control_type(spec) is QuestionType.TEXT]
    for xml in it.walks:
        for spec in texts:
            it.root = etree.fromstring(xml)
            parent = it.root
            for name in spec.names[1:-1]:
                found = parent.find(name)
                parent = etree.SubElement(parent, name) if found is None else found
            if parent.find(spec.names[-1]) is not None:
                continue
            etree.SubElement(parent, spec.names[-1]).text = "never asked"
            session = FormSession.from_xml(it.definition, etree.tostring(it.root), clock=SystemClock())
            if not session.is_relevant(spec.path):
                it.where = spec.names[-1]
                return
    raise AssertionError("every question of this form was asked in every walk")


def test_a_good_submission_has_no_finding(submission: Submission) -> None:
    assert submission.check().findings == []


@pytest.mark.parametrize(
    ("spoil", "codes"),
    [
        (break_rule, {"SP-307"}),
        (unknown_choice, {"SP-306", "SP-308", "SP-811"}),
        (wrong_type, {"SP-306"}),
        (leave_out, {"SP-308"}),
        (answer_unasked, {"SP-811"}),
    ],
)
def test_what_contradicts_the_form_is_flagged_at_its_place(
    submission: Submission, spoil: Spoil, codes: set[str]
) -> None:
    before = submission.check()
    spoil(submission)
    after = submission.check()
    there = {one["code"] for one in after.findings if one["ref"].endswith("/" + submission.where)}
    assert there
    assert there <= codes
    assert (after.route, after.service, after.deadline) == (before.route, before.service, before.deadline)


def test_an_unasked_answer_is_shown_to_nobody(submission: Submission) -> None:
    answer_unasked(submission)
    shown = [row["display"] for section in submission.check().outline for row in section["rows"]]
    assert "never asked" not in shown


def other_form(it: Submission) -> None:
    it.root.set("id", "another-form")


def other_version(it: Submission) -> None:
    it.root.set("version", "1999010101")


def unknown_question(it: Submission) -> None:
    etree.SubElement(it.root, "route").text = "inspectorate"


def doubled_question(it: Submission) -> None:
    last = it.root.find("meta")
    assert last is not None
    it.root.append(deepcopy(last))


def deep(it: Submission) -> None:
    at = it.root
    for _ in range(300):
        at = etree.SubElement(at, "data")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (other_form, "SP-309"),
        (other_version, "SP-309"),
        (unknown_question, "SP-310"),
        (doubled_question, "SP-310"),
        (deep, "SP-310"),
    ],
)
def test_what_is_no_submission_of_this_form_is_refused(
    submission: Submission, spoil: Spoil, code: str
) -> None:
    spoil(submission)
    with pytest.raises(SupportPointError, match=code):
        submission.check()


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"\xff\xfe",
        b"<data",
        BOMB + b"<data>&b;</data>",
        b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><data/>',
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><data>&x;</data>',
    ],
)
def test_bombs_and_rubbish_are_refused_at_once(submission: Submission, xml: bytes) -> None:
    started_s = time.monotonic()
    with pytest.raises(SupportPointError, match=r"SP-309|SP-310"):
        check_answers(submission.definition, "commune_office", xml)
    assert time.monotonic() - started_s < 2


def test_more_repeats_than_a_form_may_hold_are_refused() -> None:
    submission = Submission("supervision-works")
    project = submission.root.find("projects")
    assert project is not None
    for _ in range(1001):
        project.addnext(deepcopy(project))
    with pytest.raises(SupportPointError, match="SP-310"):
        submission.check()


def test_no_answer_changes_the_route_or_the_readers() -> None:
    """The receiver comes from the signed form; a question of that name would change nothing."""
    for name in FORMS:
        definition, walks = read_form(name)
        for xml in walks:
            assert check_answers(definition, "supervision_board", xml).route == "supervision_board"
        again = FormSession.from_xml(definition, walks[0], clock=SystemClock())
        assert again.definition.settings.purpose == definition.settings.purpose == "ordinary"
