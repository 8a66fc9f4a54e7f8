"""Choice filters: what they name without `${}` are columns of the list, and must be there."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from difflib import get_close_matches

from supportpoint.forms.publish.choices import list_of
from supportpoint.forms.publish.expressions import Expressions
from supportpoint.forms.publish.faults import Fault, make_fault, make_hint
from supportpoint.forms.publish.lists import find_list, read_list
from supportpoint.forms.publish.outline import Outline
from supportpoint.forms.publish.tables import Workbook
from supportpoint.forms.publish.vocabulary import FILE_SELECTS

FILTER = "choice_filter"
#: What pyxform puts into every item of a list.
_ALWAYS = frozenset({"name", "label", "itextId"})


def find_filter_faults(workbook: Workbook, outline: Outline, expressions: Expressions) -> Iterator[Fault]:
    """Yield a fault for each column that a choice filter names and its list lacks."""
    sheet = workbook.sheets.get("choices")
    headers = frozenset(sheet.headers if sheet is not None else ())
    for place in outline.places:
        name = list_of(place.row)
        columns = expressions.columns.get(place.number, ())
        if not name or name.startswith("${") or not columns:
            continue
        known = _file_columns(workbook, name) if place.kind in FILE_SELECTS else headers | _ALWAYS
        for column in columns:
            if known and column not in known:
                near = make_hint(get_close_matches(column, known, 1))
                facts = {"list": name, "name": column, "hint": near}
                yield make_fault("survey", place.number, FILTER, "filter_column", **facts)


def _file_columns(workbook: Workbook, name: str) -> frozenset[str]:
    """Return the columns of a list file, none when it cannot be read: that is told at the type."""
    path = find_list(workbook, name)
    try:
        table = read_list(path) if path is not None else []
    except (UnicodeDecodeError, csv.Error):
        return frozenset()
    return frozenset(header.strip() for header in table[0]) if table else frozenset()
