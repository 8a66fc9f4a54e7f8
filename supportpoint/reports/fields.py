"""The answers of a form by the ids of its field sheet (`sp:field`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from supportpoint.errors import SupportPointError
from supportpoint.forms import FormSession, Question
from supportpoint.forms.parts import Spec
from supportpoint.forms.view import Value
from supportpoint.reports.labels import find_label
from supportpoint.reports.words import clean_text, find_date

CALCULATED = "calculate"
MAX_ROWS = 1_000
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)
_WHOLE_DATE = 10


@dataclass(frozen=True, slots=True)
class Field:
    """One answer. `value` is as stored ("2026-11-02"), `display` is words ("02/11/2026", "Con gái").

    `type` is the type of the question, or "calculate" for what the form worked out.
    """

    value: str
    display: str
    type: str


Row = dict[str, Field]


@dataclass(frozen=True, slots=True)
class Fields:
    """`single` by field id; `rows` by the id of a repeat, each row by the rest of the field id."""

    single: Row = field(default_factory=dict)
    rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)


def read_fields(session: FormSession) -> Fields:
    """Return the relevant answers that have a field id, in the language of the session.

    Shape: empty answers are left out; where two nodes answer one field, the first with an answer counts; a
           repeat inside a repeat is not read.
    """
    return _Reader(session).read()


class _Reader:
    def __init__(self, session: FormSession) -> None:
        self._session = session
        self._definition = session.definition
        self._questions = {each.ref: each for page in session.pages() for each in page.questions}

    def read(self) -> Fields:
        fields = Fields()
        root = self._definition.specs[(self._definition.blank.name,)]
        for spec, ref in _leaves(root, root.path):
            if spec.repeat is None:
                self._add(fields.single, spec.attributes["field"], spec, ref)
                continue
            inner = list(_leaves(spec, "", in_repeat=True))
            if inner:
                name = _repeat_name([leaf.attributes["field"] for leaf, _ in inner])
                rows = tuple(row for row in self._rows(inner, ref, name) if row)
                fields.rows[name] = fields.rows.get(name, ()) + rows
        return fields

    def _rows(self, inner: list[tuple[Spec, str]], ref: str, name: str) -> Iterator[Row]:
        for position in range(1, MAX_ROWS + 1):
            here = f"{ref}[{position}]"
            try:
                relevant = self._session.is_relevant(here)
            except SupportPointError:  # SP-305: that was the last one
                return
            row: Row = {}
            for spec, below in inner if relevant else ():
                self._add(row, spec.attributes["field"].removeprefix(f"{name}."), spec, here + below)
            yield row

    def _add(self, row: Row, name: str, spec: Spec, ref: str) -> None:
        if name in row or not self._session.is_relevant(ref):
            return
        value = clean_text(_lexical(self._session.value(ref)))
        if value:
            row[name] = self._field(spec, value, self._questions.get(ref))

    def _field(self, spec: Spec, value: str, question: Question | None) -> Field:
        if question is not None:
            return Field(value, clean_text(question.display), question.type.value)
        label = None
        if _CODE.fullmatch(value):
            label = find_label(self._definition, spec, value, self._session.language)
        if label is None and len(value) == _WHOLE_DATE:
            day = find_date(value)
            label = day.text if day is not None else None
        return Field(value, clean_text(label or value), CALCULATED)


def _leaves(spec: Spec, ref: str, *, in_repeat: bool = False) -> Iterator[tuple[Spec, str]]:
    """Yield (spec, ref below `ref`) of every node with a field id, and of every repeat as a whole."""
    for name, child in spec.children.items():
        here = f"{ref}/{name}"
        if child.repeat is not None:
            if not in_repeat:
                yield child, here
            continue
        if "field" in child.attributes and not child.children:
            yield child, here
        yield from _leaves(child, here, in_repeat=in_repeat)


def _repeat_name(names: list[str]) -> str:
    """Return what the ids of a repeat have in common: "members" for members.full_name and members.sex."""
    shared: list[str] = []
    for steps in zip(*(name.split(".")[:-1] for name in names), strict=False):
        if len(set(steps)) > 1:
            break
        shared.append(steps[0])
    return ".".join(shared)


def _lexical(value: Value) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
