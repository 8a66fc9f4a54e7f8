"""The tree that the survey's rows make: which question stands in which group, and what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.tables import Row, Workbook
from supportpoint.forms.publish.vocabulary import (
    ASKED,
    RESERVED_BEGINNINGS,
    RESERVED_NAMES,
    ROOT,
    SELECTS,
    TYPES,
)

Names = tuple[str, ...]

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
#: Rows whose label pyxform may leave out and that get a name by themselves.
_NAMELESS = frozenset({"note"})


@dataclass(frozen=True, slots=True)
class Place:
    """A named row of the survey: its number, cells, first word of the type, and its path in the instance."""

    number: int
    row: Row
    kind: str
    names: Names

    @property
    def path(self) -> str:
        """The absolute path, `/data/child/full_name`."""
        return "/" + "/".join(self.names)


@dataclass(slots=True)
class Outline:
    """The named rows in order, and the faults of names and groups."""

    places: list[Place] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def named(self, name: str) -> list[Place]:
        """Return the places of that name."""
        return [place for place in self.places if place.names[-1] == name]


@dataclass(frozen=True, slots=True)
class _Open:
    number: int
    kind: str
    name: str


def read_type(row: Row) -> str:
    """Return the first word of the type cell, with `begin group` written `begin_group`."""
    words = row.get("type", "").split()
    if len(words) > 1 and words[0] in {"begin", "end"}:
        return f"{words[0]}_{words[1]}"
    return words[0] if words else ""


def read_outline(workbook: Workbook) -> Outline:
    """Return the tree of the survey; a wrong row is a fault, and the rows after it are still placed."""
    outline = Outline()
    stack: list[_Open] = []
    seen: dict[Names, int] = {}
    for number, row in workbook.rows("survey"):
        kind = read_type(row)
        if kind.startswith("end_"):
            outline.faults += _close(workbook, stack, number, kind)
        elif kind in TYPES or "name" in row:
            above = (ROOT, *(group.name for group in stack))
            name = row.get("name", "")
            outline.faults += _name_faults(workbook, number, kind, name, seen.get((*above, name)))
            if not name:
                name = f"generated_{number}"
            seen.setdefault((*above, name), number)
            outline.places.append(Place(number, row, kind, (*above, name)))
            if kind.startswith("begin_"):
                stack.append(_Open(number, kind, name))
    for group in stack:
        end = group.kind.replace("begin", "end")
        outline.faults.append(
            make_fault("survey", group.number, "type", "not_closed", name=group.name, end=end)
        )
    if "survey" in workbook.sheets and not any(place.kind in ASKED | SELECTS for place in outline.places):
        outline.faults.append(make_fault("survey", 0, "", "empty_survey"))
    return outline


def _close(workbook: Workbook, stack: list[_Open], number: int, kind: str) -> Iterator[Fault]:
    if not stack:
        yield make_fault("survey", number, "type", "end_without_begin")
        return
    group = stack.pop()
    end, begin = kind.removeprefix("end_"), group.kind.removeprefix("begin_")
    if end != begin:
        row = workbook.origin("survey", group.number)[1]
        yield make_fault("survey", number, "type", "end_mismatch", end=end, begin=begin, row=row)


def _name_faults(workbook: Workbook, number: int, kind: str, name: str, first: int | None) -> Iterator[Fault]:
    if not name:
        if kind not in _NAMELESS:
            yield make_fault("survey", number, "name", "missing_name")
    elif not _NAME.fullmatch(name):
        yield make_fault("survey", number, "name", "bad_name", name=name, example=make_name(name))
    elif name in RESERVED_NAMES or name.lower().startswith(RESERVED_BEGINNINGS):
        yield make_fault("survey", number, "name", "reserved_name", name=name)
    elif first is not None:
        row = workbook.origin("survey", first)[1]
        yield make_fault("survey", number, "name", "name_twice", name=name, row=row)


def make_name(text: str) -> str:
    """Return a text as a name: `Họ và tên` → `ho_va_ten`."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    name = re.sub(r"[^A-Za-z0-9]+", "_", letters).strip("_").lower()[:40]
    return name if name and not name[0].isdigit() else f"q_{name}".rstrip("_")
