"""Reads the sheets of an .xlsx file that may have been made to do harm.

The archive is looked through before a library opens it: macros, document types (entities), and anything
that unpacks too large are refused. What is read is bounded in rows, columns and cells.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from zlib import error as ZlibError  # noqa: N812 -- the library's own name says nothing

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from supportpoint.forms.publish.faults import Fault, make_fault
from supportpoint.forms.publish.vocabulary import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    MAX_ROWS,
    MAX_TAGS,
    MAX_UNPACKED_BYTES,
)

Table = list[list[str]]

_OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_DOCTYPE = b"<!DOCTYPE"
#: What zip, both XML parsers (whose errors are SyntaxError) and the workbook library raise over damage.
_UNREADABLE = (
    *(InvalidFileException, zipfile.BadZipFile, ZlibError, EOFError, OSError, SyntaxError),
    *(RuntimeError, KeyError, ValueError, TypeError, AttributeError, IndexError),
)
_CHUNK_BYTES = 1 << 20


class RefusedError(Exception):
    """The file cannot be read at all; the one argument is the fault's code."""


def read_xlsx(path: Path, choose: Callable[[str], str], faults: list[Fault]) -> dict[str, Table]:
    """Return the cells of each sheet by its title; no cells of one for which `choose` gives no name.

    Errors: RefusedError. What can be told apart from the rest is added to `faults`.
    """
    _look_inside(path)
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library tells of looks it does not keep
            book = openpyxl.load_workbook(file, read_only=True)
            names = {title: choose(title) for title in book.sheetnames}
            return {
                title: _read_sheet(name, book[title].iter_rows(), faults) if name else []
                for title, name in names.items()
            }
    except _UNREADABLE as error:
        raise RefusedError("not_a_workbook") from error


def _look_inside(path: Path) -> None:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise RefusedError("too_large")
    with path.open("rb") as file:
        if file.read(len(_OLD_EXCEL)) == _OLD_EXCEL:
            raise RefusedError("encrypted")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                raise RefusedError("too_large")
            names = [part.filename.lower() for part in parts]
            if path.suffix.lower() != ".xlsx" or any("vbaproject" in n or "macrosheet" in n for n in names):
                raise RefusedError("macros")
            xml = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
            if sum(_count_tags(archive, part) for part in xml) > MAX_TAGS:
                raise RefusedError("too_large")
    except _UNREADABLE as error:
        raise RefusedError("not_a_workbook") from error


def _count_tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Return how many tags a part holds, each of which costs memory.

    Errors: RefusedError at a document type, which entities need and no spreadsheet program writes. UTF-16
            would hide it.
    """
    tags = 0
    with archive.open(part) as file:
        end = b""
        is_first = True
        while chunk := file.read(_CHUNK_BYTES):
            if (is_first and chunk.startswith(_UTF16)) or _DOCTYPE in (end + chunk).upper():
                raise RefusedError("entities")
            tags += chunk.count(b"<")
            end, is_first = chunk[-len(_DOCTYPE) :], False
    return tags


def _read_sheet(name: str, rows: Iterable[Sequence[object]], faults: list[Fault]) -> Table:
    table: Table = []
    cells_read = 0
    for number, cells in enumerate(rows, start=1):
        cells_read += 1 + len(cells)
        line = [_write_cell(getattr(cell, "value", None)) for cell in cells[:MAX_COLUMNS]]
        if any(getattr(cell, "value", None) is not None for cell in cells[MAX_COLUMNS:]):
            faults.append(make_fault(name, number, "", "too_many_columns", most=MAX_COLUMNS))
            return table
        if cells_read > MAX_CELLS or (number > MAX_ROWS + 1 and any(line)):
            faults.append(make_fault(name, number, "", "too_large"))
            return table
        if number <= MAX_ROWS + 1:
            for index, cell in enumerate(cells[:MAX_COLUMNS]):
                if getattr(cell, "data_type", "n") == "f":
                    faults.append(make_fault(name, number, _header(table, index), "formula"))
            table.append(line)
    return table


def _header(table: Table, index: int) -> str:
    return table[0][index] if table and index < len(table[0]) else ""


def _write_cell(value: object) -> str:
    """Return what the clerk sees: whole numbers without `.0`, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute) else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
