"""Reads the tables of a form: an .xlsx workbook or a folder of CSV files, into the same shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from supportpoint.errors import SupportPointError
from supportpoint.forms.publish.blocks import expand_blocks
from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.headers import read_header
from supportpoint.forms.publish.spreadsheet import RefusedError, Table, read_xlsx
from supportpoint.forms.publish.tables import FIRST_ROW, Sheet, Workbook, read_csv
from supportpoint.forms.publish.vocabulary import (
    KNOWN_SHEETS,
    MAX_CELL_CHARS,
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    MAX_ROWS,
    SHEETS,
)

#: What no XML document may hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def read_workbook(path: Path) -> Workbook:
    """Return the tables of a form, its blocks expanded; without tables when the file was refused.

    Errors: SP-104 when there is nothing at `path`; SP-311 when it is no workbook and no folder of tables.
    """
    if path.is_dir():
        return expand_blocks(_read_folder(path))
    if not path.is_file():
        raise SupportPointError("SP-104", file=path.name)
    return expand_blocks(_read_file(path))


def _read_folder(path: Path) -> Workbook:
    tables: dict[str, Table] = {}
    faults: list[Fault] = []
    for file in sorted(path.glob("*.csv")):
        if not _sheet_of(file.stem):
            continue
        if file.stat().st_size > MAX_FILE_BYTES:
            faults.append(make_fault(file.stem, 0, "", "too_large"))
            continue
        try:
            tables[file.stem] = read_csv(file)
        except SupportPointError:
            faults.append(make_fault(file.stem, 0, "", "not_utf8", file=file.name))
    if not tables and not faults:
        raise SupportPointError("SP-311", file=path.name, reason="no survey.csv")
    if faults:
        return Workbook({}, path, tuple(faults))
    return _make_workbook(_name_sheets(tables, faults), path, faults)


def _read_file(path: Path) -> Workbook:
    faults: list[Fault] = []
    try:
        found = read_xlsx(path, _sheet_of, faults)
    except RefusedError as refusal:
        code = str(refusal)
        if code == "not_a_workbook":
            raise SupportPointError("SP-311", file=path.name, reason="not a workbook") from refusal
        return Workbook({}, path.parent, (make_fault("", 0, "", code),))
    tables = {title: table for title, table in found.items() if _sheet_of(title)}
    if not tables:
        raise SupportPointError("SP-311", file=path.name, reason="no survey sheet")
    return _make_workbook(_name_sheets(tables, faults), path.parent, faults)


def _name_sheets(tables: dict[str, Table], faults: list[Fault]) -> dict[str, Table]:
    """Return the tables by their right names. One with a name nearly right is a fault, and is read."""
    named = {title: table for title, table in tables.items() if title in KNOWN_SHEETS}
    for title, table in tables.items():
        name = _sheet_of(title)
        if name in named:
            continue
        if title.strip().lower() != name:
            faults.append(make_fault(title, 0, "", "sheet_name", sheet=title, known=name))
        named[name] = table
    missing = [name for name in ("survey", "settings") if name not in named]
    faults += [make_fault(name, 0, "", "missing_sheet", sheet=name) for name in missing]
    return named


def _sheet_of(title: str) -> str:
    """Return the known sheet that a title names or nearly names, "" when it means none."""
    name = title.strip().lower()
    return name if name in KNOWN_SHEETS else next(iter(get_close_matches(name, SHEETS, 1, 0.75)), "")


def _make_workbook(tables: dict[str, Table], folder: Path, faults: list[Fault]) -> Workbook:
    sheets: dict[str, Sheet] = {}
    for name, table in tables.items():
        first = table[0] if table else []
        if len(first) > MAX_COLUMNS:
            faults.append(make_fault(name, 1, "", "too_many_columns", most=MAX_COLUMNS))
            continue
        if len(table) - 1 > MAX_ROWS and any(any(line) for line in table[MAX_ROWS + 1 :]):
            faults.append(make_fault(name, MAX_ROWS + 2, "", "too_large"))
            continue
        headers = tuple(read_header(name, cell, frozenset(first)) for cell in first)
        twice = {header for header in headers if header and headers.count(header) > 1}
        faults += [make_fault(name, 1, header, "column_twice") for header in sorted(twice)]
        rows = [_make_row(headers, line) for line in table[1:]]
        while rows and not rows[-1]:
            rows.pop()
        for number, cells in enumerate(rows, start=FIRST_ROW):
            faults += _find_cell_faults(name, number, cells)
        sheets[name] = Sheet(headers, tuple(rows))
    return Workbook(sheets, folder, tuple(faults))


def _find_cell_faults(name: str, number: int, cells: dict[str, str]) -> Iterator[Fault]:
    for header, cell in cells.items():
        if len(cell) > MAX_CELL_CHARS:
            yield make_fault(name, number, header, "cell_too_long")
        if _UNWRITABLE.search(cell):
            yield make_fault(name, number, header, "control_character")


def _make_row(headers: tuple[str, ...], line: list[str]) -> dict[str, str]:
    return {h: c.strip() for h, c in zip(headers, line, strict=False) if h and c.strip()}
