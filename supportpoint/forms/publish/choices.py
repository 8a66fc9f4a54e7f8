"""The lists of the choices sheet, and the select questions that use them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from supportpoint.forms.publish.faults import Fault, make_fault, make_hint
from supportpoint.forms.publish.outline import Outline
from supportpoint.forms.publish.tables import Row, Workbook
from supportpoint.forms.publish.vocabulary import FILE_SELECTS, SELECTS

Lists = dict[str, list[Row]]


def read_choices(workbook: Workbook) -> Lists:
    """Return list name → its rows, in the order of the sheet."""
    lists: Lists = {}
    for _, row in workbook.rows("choices"):
        if "list_name" in row:
            lists.setdefault(row["list_name"], []).append(row)
    return lists


def list_of(row: Row) -> str:
    """Return the list that a select question names, "" when it names none."""
    words = row.get("type", "").split()
    return words[1] if len(words) > 1 else ""


def find_choice_faults(workbook: Workbook, outline: Outline) -> Iterator[Fault]:
    """Yield what is wrong with the lists, and with the questions that name one."""
    seen: dict[tuple[str, str], int] = {}
    for number, row in workbook.rows("choices"):
        yield from _row_faults(workbook, number, row, seen)
    lists = read_choices(workbook)
    for place in outline.places:
        if place.kind in SELECTS:
            yield from _select_faults(place.number, place.row, lists)


def _row_faults(
    workbook: Workbook, number: int, row: Row, seen: dict[tuple[str, str], int]
) -> Iterator[Fault]:
    if "list_name" not in row:
        yield make_fault("choices", number, "list_name", "missing_choice_list")
        return
    if "name" not in row:
        yield make_fault("choices", number, "name", "missing_choice_name")
        return
    name = row["name"]
    if len(name.split()) > 1:
        yield make_fault("choices", number, "name", "choice_space", name=name)
    first = seen.setdefault((row["list_name"], name), number)
    if first != number:
        where = workbook.origin("choices", first)[1]
        yield make_fault(
            "choices", number, "name", "choice_twice", list=row["list_name"], name=name, row=where
        )


def _select_faults(number: int, row: Row, lists: Mapping[str, object]) -> Iterator[Fault]:
    words = row["type"].split()
    name = list_of(row)
    if not name:
        yield make_fault("survey", number, "type", "list_missing")
        return
    if words[2:]:
        is_other = "other" in " ".join(words[2:]).lower()
        code = "or_other" if is_other else "unsupported_type"
        yield make_fault("survey", number, "type", code, type=row["type"])
    if words[0] not in FILE_SELECTS and not name.startswith("${") and name not in lists:
        near = get_close_matches(name, lists, 1)
        yield make_fault("survey", number, "type", "unknown_list", name=name, hint=make_hint(near))
