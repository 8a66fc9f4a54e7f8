"""The last word of the check: the kiosk's own engine loads the form, or says what it cannot run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition
from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.lists import read_lists
from supportpoint.forms.publish.outline import Outline
from supportpoint.forms.publish.tables import Workbook
from supportpoint.forms.publish.vocabulary import EXPRESSIONS


def find_engine_faults(xform: bytes, workbook: Workbook, outline: Outline) -> Iterator[Fault]:
    """Yield what the engine refuses, or would show in a poorer way, at the cell where that can be told."""
    try:
        definition = FormDefinition.load(xform, files=read_lists(workbook))
    except SupportPointError as error:
        row, column = find_place(workbook, outline, error.facts)
        yield make_fault("survey", row, column, "engine", words=str(error))
        return
    rows = {place.path: place.number for place in outline.places}
    for path, what in definition.unsupported:
        yield make_fault("survey", rows.get(path, 0), "", "engine", words=what)


def find_place(workbook: Workbook, outline: Outline, facts: dict[str, object]) -> tuple[int, str]:
    """Return the (row, column) that an error's facts point at: a path, an expression or a function."""
    texts = {str(value) for value in facts.values()}
    call = re.compile(rf"(?<![\w-]){re.escape(str(facts.get('function', '')))}\s*\(")
    for number, row in workbook.rows("survey"):
        for column in EXPRESSIONS:
            cell = row.get(column, "")
            if cell in texts or ("function" in facts and call.search(cell)):
                return number, column
    return next((place.number for place in outline.places if place.path in texts), 0), ""
