"""The CSV lists a form chooses from: found beside the form, or among the lists shipped with the product."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from supportpoint.config import shipped_dir
from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.outline import read_type
from supportpoint.forms.publish.parameters import split_parameters
from supportpoint.forms.publish.tables import Workbook
from supportpoint.forms.publish.vocabulary import FILE_SELECTS, MAX_FILE_BYTES

MAX_LIST_ROWS = 10_000
_PULLDATA = re.compile(r"pulldata\(\s*'([^']+)'")
_NAME = re.compile(r"[A-Za-z0-9_-]+\.csv")
Parameters = dict[str, str]


def find_list_uses(workbook: Workbook) -> Iterator[tuple[int, str, str, Parameters]]:
    """Yield (row, column, file name, parameters) of each use of a CSV list in the survey."""
    for number, row in workbook.rows("survey"):
        words = row.get("type", "").split()
        if read_type(row) in FILE_SELECTS and len(words) > 1:
            yield number, "type", words[1], split_parameters(row.get("parameters", ""))[0]
        elif read_type(row) == "csv-external":
            yield number, "type", f"{row.get('name', '')}.csv", {}
        for column, cell in row.items():
            for name in _PULLDATA.findall(cell):
                yield number, column, f"{name.removesuffix('.csv')}.csv", {}


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
    tables: dict[str, list[list[str]]] = {}
    for number, column, name, parameters in find_list_uses(workbook):
        path = find_list(workbook, name)
        if path is None:
            yield make_fault("survey", number, column, "missing_list", file=name)
            continue
        if path.stat().st_size > MAX_FILE_BYTES:
            yield make_fault("survey", number, column, "list_too_long", file=name, rows=MAX_LIST_ROWS)
            continue
        if name not in tables:
            try:
                tables[name] = read_list(path)
            except (UnicodeDecodeError, csv.Error):
                yield make_fault("survey", number, column, "not_utf8", file=name)
                continue
        if len(tables[name]) - 1 > MAX_LIST_ROWS:
            yield make_fault("survey", number, column, "list_too_long", file=name, rows=MAX_LIST_ROWS)
        elif column == "type" and read_type(workbook.sheets["survey"].rows[number - 2]) in FILE_SELECTS:
            yield from _column_faults(number, name, tables[name], parameters)


def read_list(path: Path) -> list[list[str]]:
    """Return the cells of a list as the engine reads it, with commas or semicolons.

    Errors: UnicodeDecodeError, csv.Error.
    """
    text = path.read_bytes().decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return [row for row, _ in zip(rows, range(MAX_LIST_ROWS + 2), strict=False)]


def _column_faults(number: int, name: str, table: list[list[str]], parameters: Parameters) -> Iterator[Fault]:
    headers = [header.strip() for header in table[0]] if table else []
    for key, usual in (("value", "name"), ("label", "label")):
        wanted = parameters.get(key, usual)
        if wanted not in headers:
            yield make_fault("survey", number, "type", "list_column", file=name, name=wanted)
        elif key == "value":
            index = headers.index(wanted)
            values = Counter(line[index].strip() for line in table[1:] if len(line) > index)
            for value in [value for value, count in values.most_common(1) if count > 1]:
                yield make_fault("survey", number, "type", "list_value_twice", file=name, value=value)
