"""Puts the tables of a folder into one .xlsx workbook, for people who edit in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from supportpoint.errors import SupportPointError
from supportpoint.forms.publish.tables import read_csv
from supportpoint.forms.publish.vocabulary import SHEETS


def write_xlsx(folder: Path, target: Path) -> None:
    """Write `survey`, `choices` and `settings` of `folder` as sheets of `target`; every cell is text.

    The CSV lists stay files: a workbook looks for them beside itself.
    Errors: SP-104 when `folder` holds no survey.csv; SP-311 when a table is no CSV.
    """
    if not (folder / "survey.csv").is_file():
        raise SupportPointError("SP-104", file="survey.csv")
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in SHEETS:
        path = folder / f"{name}.csv"
        if path.is_file():
            sheet = book.create_sheet(name)
            for row, line in enumerate(read_csv(path), start=1):
                for column, text in enumerate(line, start=1):
                    if text:
                        cell = sheet.cell(row, column, text)
                        cell.data_type = "s"  # `=` at the start would make it a formula
                        cell.number_format = "@"
            sheet.freeze_panes = "C2"
    book.save(target)
