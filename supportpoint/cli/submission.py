"""Answers from a JSON file into a form, in the order a person would give them."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from supportpoint.clock import Clock, make_case_id
from supportpoint.content.package import Package
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.forms.view import Page, PageKind, QuestionType, Value
from supportpoint.protocol import JSON, decode
from supportpoint.records import Attachment

FILE_TYPES = frozenset({QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.FILE})


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form that stands: every rule holds, every named file is there."""

    case_id: str
    xml: bytes
    attachments: tuple[Attachment, ...]


def read_answers(content: bytes) -> dict[str, Value]:
    """Return answers by ref, or by path below the root where the file nests objects.

    Shape:  `{"/data/child/sex": "female"}` or `{"child": {"sex": "female"}, "witness": [{"name": …}]}`;
            a list of objects is a repeat, a list of texts a choice of several.
    Errors: SP-310 when it is no JSON object of such values.
    """
    try:
        return dict(_flatten("", decode(content, dict[str, object], JSON)))
    except (msgspec.DecodeError, RecursionError) as error:
        raise SupportPointError("SP-310", reason="no JSON object") from error


def _flatten(path: str, value: object) -> Iterator[tuple[str, Value]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flatten(name if name.startswith("/") else f"{path}/{name}".lstrip("/"), inner)
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for position, inner in enumerate(value, start=1):
            yield from _flatten(f"{path}[{position}]", inner)
    elif isinstance(value, list):
        yield path, tuple(str(inner) for inner in value)
    elif value is None or isinstance(value, str | bool | int | float):
        yield path, value if value is None or isinstance(value, str) else _lexical(value)


def _lexical(value: float) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Filling:
    """Walks the form from its first page, because every answer may change what comes after it."""

    def __init__(self, session: FormSession, answers: Mapping[str, Value]) -> None:
        self._session = session
        root = session.pages()[0].ref.split("/")[1]
        self._left = {
            (
                path
                if path.startswith("/")
                else f"/{path}"
                if path.startswith(f"{root}/")
                else f"/{root}/{path}"
            ): value
            for path, value in answers.items()
        }

    def run(self) -> None:
        """Give all answers. Errors: SP-305 unknown question, SP-306 answer of another type."""
        while self._step():
            pass
        for ref, value in self._left.items():  # not asked as the others stand: kept, and not sent
            self._session.answer(ref, value)

    def _step(self) -> bool:
        """Go on until an answer changes the pages; False when no page takes one any more."""
        for page in self._session.pages():
            if self._grow(page):
                return True
            for question in page.questions:
                if question.ref in self._left:
                    changes = self._session.answer(question.ref, self._left.pop(question.ref))
                    if changes.pages:
                        return True
        return False

    def _grow(self, page: Page) -> bool:
        """Add a repeat while there are answers for one more."""
        if page.kind is not PageKind.REPEAT or not page.can_add:
            return False
        start = re.compile(re.escape(page.ref) + r"\[(\d+)\]")
        positions = [int(match[1]) for ref in self._left if (match := start.match(ref))]
        if max(positions, default=0) <= page.repeat_count:
            return False
        self._session.add_repeat(page.ref)
        return True


def _place_files(
    session: FormSession, given: Mapping[str, bytes], suffixes: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the files by the name that an answer holds; a file may be given by its question too."""
    placed: dict[str, bytes] = {}
    for name, content in given.items():
        if name in session.attachment_names():
            placed[name] = content
            continue
        questions = [question for page in session.pages() for question in page.questions]
        found = [each for each in questions if each.type in FILE_TYPES and name in {each.name, each.ref}]
        if len(found) != 1:
            raise SupportPointError("SP-104", attach=name, reason="no answer names it")
        stored_name = found[0].name + suffixes[name].lower()
        session.answer(found[0].ref, stored_name)
        placed[stored_name] = content
    return placed


def _refuse_problems(session: FormSession) -> None:
    problems = session.validate()
    if problems:
        listed = ",".join(f"{problem.ref}:{problem.code}" for problem in problems)
        raise SupportPointError(problems[0].code, count=len(problems), questions=listed)


def fill_form(
    package: Package,
    answers: Mapping[str, Value],
    given: Mapping[str, bytes],
    suffixes: Mapping[str, str],
    clock: Clock,
) -> FilledForm:
    """Return the submission of a form under a new case id.

    Errors: SP-305, SP-306 for an answer that the form cannot take; SP-307, SP-308 with the refs that
            break a rule; SP-104 for a file that no answer names, or an answer without its file.
    """
    case_id = make_case_id(package.manifest.settings, clock.now())
    definition = FormDefinition.load(package.files["form.xml"], files=package.files)
    session = FormSession(definition, clock=clock, instance_id=case_id)
    _Filling(session, answers).run()
    files = _place_files(session, given, suffixes)
    _refuse_problems(session)
    names = session.attachment_names()
    missing = [name for name in names if name not in files]
    if missing:
        raise SupportPointError("SP-104", reason="file not given", attach=",".join(missing))
    attachments = tuple(
        Attachment(name, files[name], mimetypes.guess_type(name)[0] or "application/octet-stream")
        for name in names
    )
    return FilledForm(case_id, session.to_xml(), attachments)
