"""Puts the tables of a folder into one .xlsx workbook, for people who edit in a spreadsheet."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl

from supportpoint.errors import SupportPointError
from supportpoint.forms.publish.lists import find_list, find_list_uses
from supportpoint.forms.publish.media import FOLDER, list_uses
from supportpoint.forms.publish.tables import Sheet, Workbook
from supportpoint.forms.publish.vocabulary import SHEETS
from supportpoint.forms.publish.workbook import read_workbook

#: Where a row of a shared block or list says it comes from.
SHARED = "blocks/"


def write_xlsx(folder: Path, target: Path) -> tuple[str, ...]:
    """Write `survey`, `choices` and `settings` of `folder` as sheets of `target`, blocks expanded.

    Shape:  every cell is text. The folder's own CSV lists and media go beside the workbook, where it looks
            for them; their names are returned. Shared choice lists are left out: each form has them already.
    Errors: SP-104 when `folder` holds no survey.csv; SP-312 when a table cannot be read; SP-202.
    """
    if not (folder / "survey.csv").is_file():
        raise SupportPointError("SP-104", file="survey.csv")
    workbook = read_workbook(folder)
    if workbook.faults:
        first = workbook.faults[0]
        raise SupportPointError("SP-312", faults=len(workbook.faults), first=first.code, sheet=first.sheet)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in SHEETS:
        if name in workbook.sheets:
            _write_sheet(book, name, workbook.sheets[name])
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        book.save(target)
        return _copy_files(workbook, target.parent)
    except OSError as error:
        raise SupportPointError("SP-202", file=target.name) from error


def _write_sheet(book: openpyxl.Workbook, name: str, table: Sheet) -> None:
    rows = [row for row, (sheet, _) in table.lines(name) if name != "choices" or not sheet.startswith(SHARED)]
    if not any(rows):
        return
    sheet = book.create_sheet(name)
    lines = [table.headers, *([row.get(header, "") for header in table.headers] for row in rows)]
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            if text:
                cell = sheet.cell(number, column, text)
                cell.data_type = "s"  # `=` at the start would make it a formula
                cell.number_format = "@"
    sheet.freeze_panes = "C2"


def _copy_files(workbook: Workbook, target: Path) -> tuple[str, ...]:
    lists = {name for _, _, name, _ in find_list_uses(workbook)}
    found = {name for name in lists if (path := find_list(workbook, name)) and path.parent == workbook.folder}
    media = {f"{FOLDER}/{name}" for _, _, _, name in list_uses(workbook)}
    names = sorted(found | {name for name in media if (workbook.folder / name).is_file()})
    for name in names:
        if workbook.folder.resolve() != target.resolve():
            (target / name).parent.mkdir(exist_ok=True)
            shutil.copyfile(workbook.folder / name, target / name)
    return tuple(names)
