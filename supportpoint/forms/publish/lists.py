"""The CSV lists a form chooses from: found beside the form, or among the lists shipped with the product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from supportpoint.config import shipped_dir
from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.rules import SELECTS, read_type
from supportpoint.forms.publish.tables import Workbook, read_csv

MAX_LIST_ROWS = 10_000
_PULLDATA = re.compile(r"pulldata\(\s*'([^']+)'")
_NAME = re.compile(r"[A-Za-z0-9_-]+\.csv")


def find_list_uses(workbook: Workbook) -> Iterator[tuple[int, str, str, dict[str, str]]]:
    """Yield (row, column, file name, parameters) of each use of a CSV list in the survey."""
    for number, row in workbook.rows("survey"):
        words = row.get("type", "").split()
        if read_type(row) in SELECTS and words[0].endswith("_from_file") and len(words) > 1:
            pairs = (part.partition("=") for part in re.split(r"[,;\s]\s*", row.get("parameters", "")))
            yield number, "type", words[1], {key.strip(): value.strip() for key, _, value in pairs}
        elif read_type(row) == "csv-external":
            yield number, "type", f"{row.get('name', '')}.csv", {}
        for column, cell in row.items():
            for name in _PULLDATA.findall(cell):
                yield number, column, f"{name}.csv", {}


def find_list(workbook: Workbook, name: str) -> Path | None:
    """Return the file of a list, None when there is none by that name."""
    if not _NAME.fullmatch(name):
        return None
    for folder in (workbook.folder, shipped_dir("assets") / "lists"):
        if (folder / name).is_file():
            return folder / name
    return None


def read_lists(workbook: Workbook) -> dict[str, bytes]:
    """Return the bytes of every list the form uses that exists, by file name."""
    names = {name for _, _, name, _ in find_list_uses(workbook)}
    found = {name: find_list(workbook, name) for name in sorted(names)}
    return {name: path.read_bytes() for name, path in found.items() if path is not None}


def find_list_faults(workbook: Workbook) -> Iterator[Fault]:
    """Yield a fault for each list that is missing, too long, or lacks the columns a question names."""
    for number, column, name, parameters in find_list_uses(workbook):
        path = find_list(workbook, name)
        if path is None:
            yield make_fault("survey", number, column, "missing_list", file=name)
            continue
        table = read_csv(path)
        if len(table) - 1 > MAX_LIST_ROWS:
            yield make_fault("survey", number, column, "list_too_long", file=name, rows=MAX_LIST_ROWS)
        headers = table[0] if table else []
        is_select = read_type(workbook.sheets["survey"].rows[number - 2]) in SELECTS and column == "type"
        for key, usual in (("value", "name"), ("label", "label")) if is_select else ():
            wanted = parameters.get(key, usual)
            if wanted not in headers:
                yield make_fault("survey", number, column, "list_column", file=name, name=wanted)
            elif key == "value":
                values = [line[headers.index(wanted)] for line in table[1:] if line]
                twice = sorted({value for value in values if values.count(value) > 1})[:1]
                for value in twice:
                    yield make_fault("survey", number, column, "list_value_twice", file=name, value=value)
