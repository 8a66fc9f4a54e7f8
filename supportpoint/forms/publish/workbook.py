"""Reads the tables of a form: an .xlsx workbook or a folder of CSV files, into the same shape."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from supportpoint.errors import SupportPointError
from supportpoint.forms.publish.blocks import expand_blocks
from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.tables import FIRST_ROW, Sheet, Workbook, read_csv

SHEETS = ("survey", "choices", "settings")
KNOWN_SHEETS = (*SHEETS, "entities", "external_choices", "osm")
MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_ROWS = 5000
MAX_CELL_CHARS = 8000


def read_workbook(path: Path) -> Workbook:
    """Return the tables of a form, its blocks expanded.

    Errors: SP-104 when there is nothing at `path`; SP-311 when it is no workbook and no folder of tables.
    """
    if path.is_dir():
        return expand_blocks(_read_folder(path))
    if not path.is_file():
        raise SupportPointError("SP-104", file=path.name)
    return expand_blocks(_read_xlsx(path))


def _read_folder(path: Path) -> Workbook:
    tables = {name: path / f"{name}.csv" for name in KNOWN_SHEETS}
    if not tables["survey"].is_file():
        raise SupportPointError("SP-311", file=path.name, reason="no survey.csv")
    found = {name: table for name, table in tables.items() if table.is_file()}
    large = [name for name, table in found.items() if table.stat().st_size > MAX_FILE_BYTES]
    if large:
        return Workbook({}, path, tuple(make_fault(name, 0, "", "too_large") for name in large))
    return _make_workbook({name: read_csv(table) for name, table in found.items()}, path, [])


def _read_xlsx(path: Path) -> Workbook:
    refusal = _look_inside(path)
    if refusal:
        return Workbook({}, path.parent, (make_fault("", 0, "", refusal, file=path.name),))
    faults: list[Fault] = []
    try:
        book = openpyxl.load_workbook(path, read_only=True)
        names = [name for name in book.sheetnames if name in KNOWN_SHEETS]
        tables = {name: _read_sheet(name, book[name].iter_rows(), faults) for name in names}
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, ParseError) as error:
        raise SupportPointError("SP-311", file=path.name, reason="not a workbook") from error
    if "survey" not in tables:
        raise SupportPointError("SP-311", file=path.name, reason="no survey sheet")
    return _make_workbook(tables, path.parent, faults)


def _look_inside(path: Path) -> str:
    """Return the code of what forbids opening the file at all, "" when nothing does."""
    if path.stat().st_size > MAX_FILE_BYTES:
        return "too_large"
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise SupportPointError("SP-311", file=path.name, reason="not a workbook") from error
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        return "too_large"
    names = [part.filename.lower() for part in parts]
    if path.suffix.lower() != ".xlsx" or any("vbaproject" in n or "macrosheet" in n for n in names):
        return "macros"
    return ""


def _read_sheet(name: str, rows: Iterable[Sequence[object]], faults: list[Fault]) -> list[list[str]]:
    table: list[list[str]] = []
    for number, cells in enumerate(rows, start=1):
        if number > MAX_ROWS + 1:
            faults.append(make_fault(name, number, "", "too_large"))
            break
        line: list[str] = []
        for index, cell in enumerate(cells):
            if getattr(cell, "data_type", "n") == "f":
                faults.append(make_fault(name, number, table[0][index] if table else "", "formula"))
            line.append(_write_cell(getattr(cell, "value", None)))
        table.append(line)
    return table


def _write_cell(value: object) -> str:
    """Return what the clerk sees: whole numbers without `.0`, dates in ISO form, no outer spaces."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute) else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _make_workbook(tables: dict[str, list[list[str]]], folder: Path, faults: list[Fault]) -> Workbook:
    sheets: dict[str, Sheet] = {}
    for name, table in tables.items():
        headers = tuple(cell.strip() for cell in table[0]) if table else ()
        twice = {header for header in headers if header and headers.count(header) > 1}
        faults += [make_fault(name, 1, header, "column_twice") for header in sorted(twice)]
        rows: list[dict[str, str]] = []
        for number, line in enumerate(table[1:], start=FIRST_ROW):
            cells = {h: c.strip() for h, c in zip(headers, line, strict=False) if h and c.strip()}
            faults += [
                make_fault(name, number, h, "cell_too_long")
                for h, c in cells.items()
                if len(c) > MAX_CELL_CHARS
            ]
            rows.append(cells)
        while rows and not rows[-1]:
            rows.pop()
        if len(rows) > MAX_ROWS:
            faults.append(make_fault(name, MAX_ROWS, "", "too_large"))
        sheets[name] = Sheet(headers, tuple(rows))
    return Workbook(sheets, folder, tuple(faults))
