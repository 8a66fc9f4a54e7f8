"""The last word of the check: the kiosk's own engine loads the form, or says what it cannot run."""

from __future__ import annotations

from collections.abc import Iterator

from supportpoint.errors import SupportPointError
from supportpoint.forms.definition import FormDefinition
from supportpoint.forms.publish.convert import ROOT
from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.lists import read_lists
from supportpoint.forms.publish.rules import read_type
from supportpoint.forms.publish.workbook import Workbook


def find_engine_faults(xform: bytes, workbook: Workbook) -> Iterator[Fault]:
    """Yield what the engine refuses, at the row of the question where it says which."""
    try:
        FormDefinition.load(xform, files=read_lists(workbook))
    except SupportPointError as error:
        row, column = find_place(workbook, error.facts)
        yield make_fault("survey", row, column, "engine", words=str(error))


def find_place(workbook: Workbook, facts: dict[str, object]) -> tuple[int, str]:
    """Return the (row, column) that an error's facts point at, (0, "") when they name neither."""
    texts = [str(value) for value in facts.values()]
    row = next((n for path, n in find_rows(workbook) if path in texts), 0)
    cells = workbook.sheets["survey"].rows[row - 2] if row else {}
    for column, cell in cells.items():
        if "::" not in column and cell in texts:
            return row, column
    return row, ""


def find_rows(workbook: Workbook) -> Iterator[tuple[str, int]]:
    """Yield (path in the instance, row number) of every named row of the survey."""
    path = [f"/{ROOT}"]
    for number, row in workbook.rows("survey"):
        kind = read_type(row)
        if kind.startswith("end_"):
            path.pop()
        elif "name" in row:
            yield "/".join([*path, row["name"]]), number
            if kind.startswith("begin_"):
                path.append(row["name"])
