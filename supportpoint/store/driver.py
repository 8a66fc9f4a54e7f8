"""The one connection to SQLCipher, durable or refused, and its errors by our codes.

This module must be the first to import `sqlite_utils`: with Python's own sqlite3 behind it, the
library does not recognise SQLCipher's exceptions and loses writes without a word.
Source: docs/decisions/0002-store-driver.md
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # ships no stubs

sys.modules["pysqlite3"] = sys.modules["sqlcipher3"]
sys.modules["pysqlite3.dbapi2"] = dbapi2

import sqlite_utils  # noqa: E402  the two lines above must run first
import sqlite_utils.utils  # noqa: E402

from supportpoint.errors import SupportPointError  # noqa: E402
from supportpoint.store.lock import BUSY_S  # noqa: E402

if sqlite_utils.utils.OperationalError is not dbapi2.OperationalError:
    raise ImportError("sqlite_utils was imported before supportpoint.store.driver")

Row = dict[str, Any]
Values = Sequence[Any] | dict[str, Any]

_SYNCHRONOUS_FULL = 2
_STEPS_BETWEEN_LOOKS = 10_000
_LOOKS_AT_A_BROKEN_SEAL = 3
_WORDS = {
    "SP-201": ("locked", "busy", "interrupted"),
    "SP-202": ("disk is full", "disk i/o error", "unable to open", "readonly"),
    "SP-210": ("malformed", "not a database", "corrupt"),
}
_SCHEMA_ACTIONS = frozenset(
    getattr(dbapi2, f"SQLITE_{verb}_{what}")
    for verb in ("CREATE", "DROP")
    for what in (
        "TABLE",
        "INDEX",
        "TRIGGER",
        "VIEW",
        "VTABLE",
        "TEMP_TABLE",
        "TEMP_INDEX",
        "TEMP_TRIGGER",
        "TEMP_VIEW",
    )
    if hasattr(dbapi2, f"SQLITE_{verb}_{what}")
) | {dbapi2.SQLITE_ALTER_TABLE, dbapi2.SQLITE_ATTACH, dbapi2.SQLITE_DETACH}


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors inside the block into ours; a mistake in our SQL passes unchanged.

    Errors: SP-201 busy, SP-202 not written, SP-210 damaged.
    """
    try:
        yield
    except dbapi2.Error as error:
        if code := _code_of(error):
            raise SupportPointError(code) from error
        raise


def _code_of(error: dbapi2.Error) -> str:
    text = str(error).lower()
    return next((code for code, words in _WORDS.items() if any(word in text for word in words)), "")


class Database:
    """One connection, for one thread. Rows are dicts; nothing is ever left half read."""

    def __init__(self, connection: dbapi2.Connection) -> None:
        self._connection = connection
        self._queries = sqlite_utils.Database(connection, execute_plugins=False)
        self.is_doubted = False
        """Something in it was found damaged since it was opened."""

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all rows of a query."""
        try:
            return list(self._queries.query(sql, values))
        except dbapi2.Error as error:
            self._refuse(error)

    def tuples(self, sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query as tuples: a third of the time of `rows` where there are thousands."""
        try:
            return list(self._connection.execute(sql, values))
        except dbapi2.Error as error:
            self._refuse(error)

    def find_row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row of a query, None when there is none."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def execute(self, sql: str, values: Values = ()) -> int:
        """Run one statement and return how many rows it changed."""
        try:
            return int(self._connection.execute(sql, values).rowcount)
        except dbapi2.Error as error:
            self._refuse(error)

    @property
    def schema(self) -> str:
        """The SQL that makes the tables and indexes, in the order they were made."""
        return self._queries.schema

    @contextmanager
    def immediate(self) -> Iterator[None]:
        """Run the block as one write transaction that has the write lock from its first line.

        A deferred transaction could read first and then fail for ever with a stale snapshot.
        Errors: SP-201 after 5 s; SP-202; SP-210. Nothing changed then.
        """
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                with suppress(dbapi2.Error):
                    self._connection.execute("ROLLBACK")
            raise

    def freeze_schema(self) -> None:
        """Refuse every later CREATE, DROP, ALTER and ATTACH: a typing mistake must not make a table."""

        def allow(action: int, *_: object) -> int:
            denied = action in _SCHEMA_ACTIONS
            return int(dbapi2.SQLITE_DENY if denied else dbapi2.SQLITE_OK)

        self._connection.set_authorizer(allow)

    def empty_log(self) -> bool:
        """Move the write-ahead log into the database and cut it to zero bytes; False when in use."""
        found = self.find_row("PRAGMA wal_checkpoint(TRUNCATE)")
        return found is not None and found["busy"] == 0

    def check(self) -> None:
        """Read the whole database once: its order, and the seal of every page.

        The seals are read past the log: what a power cut tore is whole in there, so it is emptied first.
        Errors: SP-210 when anything in it is wrong.
        """
        is_whole = self.tuples("PRAGMA quick_check(1)") == [("ok",)]
        if not is_whole or (self.empty_log() and self.has_broken_seals()):
            self.is_doubted = True
            raise SupportPointError("SP-210")

    def has_broken_seals(self, schema: str = "main") -> bool:
        """Tell whether a page fails its HMAC.

        SQLCipher reads the end of a long value as zeroes, without an error, where its last page is
        destroyed. A page that is written to while it is looked at may fail once; a destroyed one stays so.
        """
        return all(
            self.tuples(f"PRAGMA {schema}.cipher_integrity_check") for _ in range(_LOOKS_AT_A_BROKEN_SEAL)
        )

    def give_up_when(self, is_over: Callable[[], bool]) -> None:
        """Let every statement that runs while `is_over` tells so fail with SP-201."""
        self._connection.set_progress_handler(lambda: int(is_over()), _STEPS_BETWEEN_LOOKS)

    def close(self) -> None:
        """Close the connection. A second call does nothing."""
        self._connection.close()

    def _refuse(self, error: dbapi2.Error) -> NoReturn:
        """Raise a driver's error as `translated` does, and remember damage."""
        code = _code_of(error)
        self.is_doubted = self.is_doubted or code == "SP-210"
        if code:
            raise SupportPointError(code) from error
        raise error


def connect(path: Path, key: bytes, *, busy_s: float = BUSY_S) -> Database:
    """Open or make the database under a raw 32-byte key.

    Errors: SP-201, SP-202; SP-206 when it is not WAL with synchronous=FULL; SP-210 when the key does
            not fit or the file is damaged (`opening` tells the two apart).
    """
    with translated():
        connection = dbapi2.connect(str(path), timeout=busy_s, isolation_level=None)
    try:
        _configure(connection, key)
        return Database(connection)
    except BaseException:
        connection.close()
        raise


def connect_to_read(path: Path, key: bytes) -> Database:
    """Open a database that is read once and never changed: a backup, or one that is damaged.

    Its log, if it has one, is read with it and stays. A file that is missing is not made.
    Errors: SP-202; SP-210 when the key does not fit or the first page is damaged.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with translated():
        connection = dbapi2.connect(uri, uri=True, isolation_level=None)
    try:
        with translated():
            _unlock(connection, key)
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return Database(connection)
    except BaseException:
        connection.close()
        raise


def connect_to_fill(path: Path, key: bytes) -> Database:
    """Make a database that nobody sees before it is whole; the caller syncs and renames it.

    Without a journal: what dies half made is made again.
    Errors: SP-202.
    """
    with translated():
        connection = dbapi2.connect(str(path), isolation_level=None)
        _unlock(connection, key)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    return Database(connection)


def _unlock(connection: dbapi2.Connection, key: bytes) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def _configure(connection: dbapi2.Connection, key: bytes) -> None:
    with translated():
        _unlock(connection, key)
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        for pragma in (
            "synchronous = FULL",
            "secure_delete = ON",
            "foreign_keys = ON",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
    if mode != "wal" or synchronous != _SYNCHRONOUS_FULL:
        raise SupportPointError("SP-206", journal_mode=mode, synchronous=synchronous)
