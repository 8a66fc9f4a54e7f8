"""The tables of a form, whatever file they came from: rows of cells, and where each row was written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from supportpoint.errors import SupportPointError
from supportpoint.forms.publish.faults import Fault

FIRST_ROW = 2

#: Column header → cell, empty cells left out.
Row = dict[str, str]
#: The sheet and the row number that the clerk sees.
Origin = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `rows[i]` is row `i + 2`, blank rows are {}; `origins[i]` is where it was written."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    origins: tuple[Origin, ...] = ()

    def lines(self, name: str = "") -> Iterator[tuple[Row, Origin]]:
        """Yield each row with its origin; a sheet `name` read from a file numbers its own rows."""
        for index, row in enumerate(self.rows):
            yield row, self.origins[index] if self.origins else (name, index + FIRST_ROW)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The tables of one form, the folder where its lists lie, and the faults of the file itself."""

    sheets: dict[str, Sheet]
    folder: Path
    faults: tuple[Fault, ...] = field(default=())

    def rows(self, sheet: str) -> Iterable[tuple[int, Row]]:
        """Return (row number, cells) of every row that is not blank, blocks expanded."""
        if sheet not in self.sheets:
            return ()
        return ((n, row) for n, row in enumerate(self.sheets[sheet].rows, start=FIRST_ROW) if row)

    def settings(self) -> Row:
        """Return the cells of the settings sheet, {} when it has no row."""
        return next((row for _, row in self.rows("settings")), {})

    def origin(self, sheet: str, row: int) -> Origin:
        """Return where the clerk finds a row of an expanded sheet: (sheet or block, row number there)."""
        origins = self.sheets[sheet].origins if sheet in self.sheets else ()
        return origins[row - FIRST_ROW] if 0 <= row - FIRST_ROW < len(origins) else (sheet, row)


def read_csv(path: Path) -> list[list[str]]:
    """Return the cells of a UTF-8 CSV file.

    Errors: SP-311 when it is not UTF-8 or no CSV.
    """
    try:
        return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise SupportPointError("SP-311", file=path.name, reason="not a UTF-8 CSV") from error
