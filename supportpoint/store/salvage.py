"""Read what can still be read of a damaged database: ranges of rows, halved down to the bad ones."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from pathlib import Path

from supportpoint.errors import SupportPointError
from supportpoint.store.driver import Database, Row, connect_to_read

BUDGET_S = 30.0
ROWS_AT_LEAST = 1000
"""How far to look where the end of a table cannot be read."""

_HASHED = frozenset({"envelope", "content"})
_LEAST_IN_ROW = 400
_ZEROES = bytes(4)

logger = logging.getLogger(__name__)


@dataclass
class Salvaged:
    """The rows of each table, and how many could not be read: exactly in `counted` tables, else at most.

    `is_readable` is False when not even the list of tables could be read.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)
    is_readable: bool = False


def salvage(path: Path, key: bytes, tables: dict[str, int], *, budget_s: float = BUDGET_S) -> Salvaged:
    """Return what a damaged database and its log still hold of `tables`; nothing in them is changed.

    Shape:  `tables` gives for each the highest row number known from elsewhere, 0 when none is.
    Units:  after `budget_s` seconds the rest counts as unread.
    """
    found = Salvaged(unread=dict.fromkeys(tables, 0))
    give_up_at = time.monotonic() + budget_s
    for table, known in tables.items():
        try:
            reader = _Reader(path, key, table, give_up_at)
        except SupportPointError:
            return found
        try:
            found.rows[table] = reader.read(known)
            found.unread[table] = reader.unread
            if reader.is_counted:
                found.counted.add(table)
        finally:
            reader.close()
        found.is_readable = True
    return found


def _is_cut(name: str, value: object) -> bool:
    """Tell whether the end of a value was on a destroyed page, which SQLCipher reads as zeroes.

    No text, sealed or signed value ends so. Envelopes and pictures are held against their hash later.
    """
    if isinstance(value, str):
        return "\0" in value
    return (
        isinstance(value, bytes)
        and name not in _HASHED
        and len(value) > _LEAST_IN_ROW
        and value.endswith(_ZEROES)
    )


class _Reader:
    """Reads one table by row numbers; after each error on a fresh connection."""

    def __init__(self, path: Path, key: bytes, table: str, give_up_at: float) -> None:
        self._path, self._key, self._table, self._give_up_at = path, key, table, give_up_at
        self._db: Database = connect_to_read(path, key)
        self.unread = 0
        self.is_counted = False
        if self._db.tuples("SELECT count(*) FROM sqlite_schema") == [(0,)]:
            self._db.close()
            raise SupportPointError("SP-210", reason="no tables")

    def read(self, known: int) -> list[Row]:
        """Return all rows that can be read, in order of their numbers."""
        if not self._db.rows("SELECT 1 FROM sqlite_schema WHERE name = ?", (self._table,)):
            return []  # made by an older version
        rows: list[Row] = []
        last = self._last_number(known)
        waiting = [(1, last)] if last else []
        while waiting:
            first, end = waiting.pop()
            found = self._try(first, end)
            if found is not None:
                rows += found
            elif first == end or time.monotonic() >= self._give_up_at:
                self.unread += end - first + 1
            else:
                middle = (first + end) // 2
                waiting += [(middle + 1, end), (first, middle)]
        self._count(len(rows))
        return rows

    def close(self) -> None:
        self._db.close()

    def _count(self, found: int) -> None:
        """Put the true number of unread rows in place of the bound, where an index still knows it."""
        try:
            (total,) = self._db.tuples(f"SELECT count(*) FROM {self._table}")[0]  # noqa: S608 -- names are ours
        except SupportPointError:
            self._reopen()
            return
        self.unread, self.is_counted = max(0, total - found), True

    def _last_number(self, known: int) -> int:
        try:
            (last,) = self._db.tuples(f"SELECT max(rowid) FROM {self._table}")[0]  # noqa: S608 -- names are ours
        except SupportPointError:
            self._reopen()
            return known + ROWS_AT_LEAST
        return int(last or 0)

    def _try(self, first: int, end: int) -> list[Row] | None:
        query = f"SELECT rowid AS _number, * FROM {self._table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"  # noqa: S608
        try:
            rows = self._db.rows(query, (first, end))
        except SupportPointError:
            self._reopen()
            return None
        whole = [row for row in rows if not any(_is_cut(name, value) for name, value in row.items())]
        self.unread += len(rows) - len(whole)
        return whole

    def _reopen(self) -> None:
        self._db.close()
        self._db = connect_to_read(self._path, self._key)
