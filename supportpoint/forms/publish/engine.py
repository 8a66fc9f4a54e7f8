"""The last word of the check: the kiosk's own engine loads the form, or says what it cannot run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition
from supportpoint.forms.publish.convert import ROOT
from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.lists import read_lists
from supportpoint.forms.publish.rules import read_type
from supportpoint.forms.publish.tables import Workbook

EXPRESSIONS = (
    "relevant",
    "constraint",
    "required",
    "calculation",
    "choice_filter",
    "readonly",
    "repeat_count",
)


def find_engine_faults(xform: bytes, workbook: Workbook) -> Iterator[Fault]:
    """Yield what the engine refuses, or would show in a poorer way, at the cell where that can be told."""
    try:
        definition = FormDefinition.load(xform, files=read_lists(workbook))
    except SupportPointError as error:
        row, column = find_place(workbook, error.facts)
        yield make_fault("survey", row, column, "engine", words=str(error))
        return
    rows = dict(find_rows(workbook))
    for path, what in definition.unsupported:
        yield make_fault("survey", rows.get(path, 0), "", "engine", words=what)


def find_place(workbook: Workbook, facts: dict[str, object]) -> tuple[int, str]:
    """Return the (row, column) that an error's facts point at: a path, an expression or a function."""
    texts = {str(value) for value in facts.values()}
    call = re.compile(rf"(?<![\w-]){re.escape(str(facts.get('function', '')))}\s*\(")
    paths = {number: path for path, number in find_rows(workbook)}
    for number, row in workbook.rows("survey"):
        for column in EXPRESSIONS:
            cell = row.get(column, "")
            if cell in texts or ("function" in facts and call.search(cell)):
                return number, column
    return next((number for number, path in paths.items() if path in texts), 0), ""


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
