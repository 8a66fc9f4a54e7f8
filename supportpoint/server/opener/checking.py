"""Reads a submission again with the forms engine: the server never trusts the kiosk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from supportpoint.errors import SupportPointError
from supportpoint.forms.definition import FormDefinition
from supportpoint.forms.session import FormSession
from supportpoint.forms.view import Problem, Question
from supportpoint.server.opener.additions import find_number
from supportpoint.server.opener.strays import find_strays
from supportpoint.server.registry.bundles import get_form, load_form
from supportpoint.server.registry.keys import ORDINARY
from supportpoint.server.registry.models.cases import COMMUNE_OFFICE
from supportpoint.server.registry.moment import CLOCK
from supportpoint.server.registry.names import mask_name

LANGUAGE = "vi"


class Line(TypedDict):
    """One question of the outline, as stored with the case. `part` is answer, scan or consent."""

    ref: str
    label: str
    display: str
    type: str
    answered: bool
    private: bool
    part: str


class Section(TypedDict):
    """The lines of one outermost group."""

    title: str
    rows: list[Line]


@dataclass(frozen=True, slots=True)
class CheckedCase:
    """What the office sees of a submission. `outline` and `findings` are plain JSON values.

    `route` and `service` come from the signed form, never from an answer. `adds_to` is the case number
    that the submission brings more to, "" for most.
    findings: [{"ref", "code", "label", "message"}]
    """

    service: str
    route: str
    deadline: str
    masked_name: str
    outline: list[Section]
    findings: list[dict[str, str]]
    adds_to: str = ""


def check_submission(form_id: str, form_version: str, xml: bytes) -> CheckedCase:
    """Return the submission as its own form version reads it.

    Errors: SP-804 form version never published here; SP-309, SP-310 when the answers do not belong
            to that form or cannot be read; SP-810 when the form belongs to another purpose.
    """
    settings = get_form(form_id, form_version).manifest.settings
    if settings.get("purpose", ORDINARY) != ORDINARY:
        raise SupportPointError("SP-810", form=form_id)
    return check_answers(load_form(form_id, form_version), settings.get("route", COMMUNE_OFFICE), xml)


def check_answers(definition: FormDefinition, route: str, xml: bytes) -> CheckedCase:
    """Return a submission as a form reads it, everything recomputed, with all that is wrong with it.

    Errors: SP-309, SP-310.
    """
    session = FormSession.from_xml(definition, xml, clock=CLOCK)
    session.set_language(LANGUAGE)
    questions = {question.ref: question for page in session.pages() for question in page.questions}
    problems = [*session.validate(), *find_strays(session, xml)]
    return CheckedCase(
        service=definition.title(LANGUAGE),
        route=route,
        deadline=definition.settings.deadline,
        masked_name=mask_name(next(_names(questions), "") or _instance_name(session)),
        outline=_make_outline(session, questions),
        findings=[_as_finding(problem, questions) for problem in problems],
        adds_to=find_number(questions.values()),
    )


def _names(questions: dict[str, Question]) -> Iterator[str]:
    for question in questions.values():
        is_name = question.attributes.get("scan") == "full_name" or "sp:name" in question.appearance
        if is_name and question.value:
            yield str(question.value)


def _instance_name(session: FormSession) -> str:
    """Return what the form itself calls this submission: what a case without a person is known by."""
    try:
        return str(session.value(f"/{session.definition.blank.name}/meta/instanceName") or "")
    except SupportPointError:
        return ""


def _make_outline(session: FormSession, questions: dict[str, Question]) -> list[Section]:
    return [
        {
            "title": section.title,
            "rows": [
                {
                    "ref": row.ref,
                    "label": row.label,
                    "display": row.display,
                    "type": row.type.value,
                    "answered": row.answered,
                    "private": row.ref in questions and _is_private(questions[row.ref]),
                    "part": _part(questions[row.ref]) if row.ref in questions else "answer",
                }
                for row in section.rows
            ],
        }
        for section in session.outline()
    ]


def _part(question: Question) -> str:
    """A scan only says that a card was read; a consent is about the answers, not one of them."""
    if "sp:id-scan" in question.appearance:
        return "scan"
    return "consent" if question.attributes.get("consent") else "answer"


def _is_private(question: Question) -> bool:
    """Numbers that identify a person are shown only while somebody asks to see them."""
    return question.attributes.get("scan") in {"id_no", "old_id_no"}


def _as_finding(problem: Problem, questions: dict[str, Question]) -> dict[str, str]:
    question = questions.get(problem.ref)
    label = question.label if question is not None else problem.ref.rpartition("/")[2]
    return {"ref": problem.ref, "code": problem.code, "label": label, "message": problem.message}
