"""Copies of the database while it is in use: sealed items and what the server said, never an answer.

Drafts are left out. They would outlive the moment their person sent them or went away, and the
folder with its keys would give them back. Source: docs/decisions/0013-store-repair.md
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from supportpoint.clock import Clock
from supportpoint.errors import SupportPointError
from supportpoint.store.driver import Database, connect_to_fill, connect_to_read
from supportpoint.store.files import TMP_SUFFIX, Folder, make_folder, publish_tmp, saving, sync_folder
from supportpoint.store.lock import FileLock
from supportpoint.store.migrations import MIGRATIONS, migrate

EVERY_S = 3600.0
KEPT = 3
DEADLINE_S = 60.0
COPIED: dict[str, str] = {
    "device": "",
    "incarnation": "",
    "epoch": "",
    "locked": " WHERE kind = 'receipt'",
    "item": "",
    "blob": "",
    "box": "",
    "change": "",
}
"""Which tables a backup holds, and which of their rows: all but drafts, what is read from packages, sealed
drops (their mirrors are beside the database) and audit rows (the province has them within a day)."""

GiveUp = Callable[[], bool]

logger = logging.getLogger(__name__)


def list_backups(folder: Folder) -> list[Path]:
    """Return the backups of a folder, the newest first. Their order is a number and not a clock."""
    if not folder.backups.is_dir():
        return []
    return sorted(folder.backups.glob("*.db"), key=lambda path: path.stem, reverse=True)


def find_age_s(folder: Folder, clock: Clock) -> float | None:
    """Return how old the newest backup is, None without one. Negative where the clock went back."""
    found = list_backups(folder)
    return clock.now().timestamp() - found[0].stat().st_mtime if found else None


def is_due(folder: Folder, clock: Clock) -> bool:
    """Tell whether the newest backup is an hour old, missing, or from a time to come."""
    age_s = find_age_s(folder, clock)
    return age_s is None or not 0 <= age_s < EVERY_S


def make_backup(
    folder: Folder, key: bytes, clock: Clock, *, kept: int = KEPT, give_up: GiveUp = lambda: False
) -> Path:
    """Copy the database, read the copy whole, and only then count it; return where it is.

    Runs beside the store, on any thread, with connections of its own.
    Shape:  the newest `kept` backups stay, this one among them.
    Errors: SP-201 when it took longer than a minute or `give_up` said so; SP-202 when there is no room;
            SP-210 when the database cannot be read whole. The backups that were there stay.
    """
    make_folder(folder.backups)
    older = list_backups(folder)
    path = folder.backups / f"{int(older[0].stem) + 1 if older else 1:08}.db"
    tmp = path.with_name(path.name + TMP_SUFFIX)
    with _in_use(folder):
        _refuse_without_room(folder)
        try:
            with saving():
                tmp.unlink(missing_ok=True)
            _fill(folder, key, tmp, give_up)
            _check(tmp, key)
            with saving(), tmp.open("rb+") as file:
                os.fsync(file.fileno())
            publish_tmp(path)
        except SupportPointError as error:
            with suppress(OSError):
                tmp.unlink(missing_ok=True)
            logger.warning("no backup was made: %s", error.code)
            raise
    now_s = clock.now().timestamp()
    with saving():
        os.utime(path, (now_s, now_s))
    _rotate(folder, kept)
    logger.info("backup %s made, %d bytes", path.stem, path.stat().st_size)
    return path


@contextmanager
def open_newest_good(folder: Folder, key: bytes) -> Iterator[tuple[Database | None, str]]:
    """Give the newest backup that can be read from end to end, with its name; (None, "") without one."""
    for path in list_backups(folder):
        try:
            db = _open_checked(path, key)
        except SupportPointError as error:
            logger.warning("backup %s cannot be used: %s", path.stem, error.code)
            continue
        try:
            yield db, path.stem
        finally:
            db.close()
        return
    yield None, ""


def is_key_of_backups(folder: Folder, key: bytes) -> bool:
    """Tell whether a backup opens with `key`: then the key is right, and what does not open is damaged."""
    for path in list_backups(folder):
        with suppress(SupportPointError):
            connect_to_read(path, key).close()
            return True
    return False


def _open_checked(path: Path, key: bytes) -> Database:
    db = connect_to_read(path, key)
    try:
        db.check()
        _refuse_newer(db)
    except BaseException:
        db.close()
        raise
    return db


def _refuse_newer(db: Database) -> None:
    (version,) = db.tuples("PRAGMA user_version")[0]
    if not 0 < version <= len(MIGRATIONS):
        raise SupportPointError("SP-205", found=version, known=len(MIGRATIONS))


@contextmanager
def _in_use(folder: Folder) -> Iterator[None]:
    with FileLock(folder.use_lock, code="SP-201", shared=True):
        yield


def _refuse_without_room(folder: Folder) -> None:
    with saving():
        size = folder.database.stat().st_size
        if shutil.disk_usage(folder.root).free < 2 * size:
            raise SupportPointError("SP-202", reason="no room for a backup", size_bytes=size)


def _fill(folder: Folder, key: bytes, tmp: Path, give_up: GiveUp) -> None:
    """Copy the rows in one read transaction of the live database; writers go on beside it."""
    db = connect_to_fill(tmp, key)
    try:
        migrate(db, folder)
        ends_at = time.monotonic() + DEADLINE_S
        db.give_up_when(lambda: give_up() or time.monotonic() >= ends_at)
        db.execute("ATTACH DATABASE ? AS live KEY ?", (str(folder.database), f"x'{key.hex()}'"))
        db.execute("BEGIN")
        for table, only in COPIED.items():
            columns = ", ".join(f'"{name}"' for name in column_names(db, table))
            rows = f"SELECT {columns} FROM live.{table}{only}"  # noqa: S608 -- names are ours
            db.execute(f"INSERT OR REPLACE INTO main.{table} ({columns}) {rows}")
        is_whole = db.tuples("SELECT count(*) FROM main.item") == db.tuples("SELECT count(*) FROM live.item")
        db.execute("COMMIT")
        is_whole = is_whole and not db.has_broken_seals("live")
    finally:
        db.close()
    if not is_whole:
        raise SupportPointError("SP-210", file="backup")


def column_names(db: Database, table: str) -> list[str]:
    """Return the columns of a table of the main database, in order."""
    return [row["name"] for row in db.rows(f"PRAGMA main.table_info({table})")]


def _check(tmp: Path, key: bytes) -> None:
    _open_checked(tmp, key).close()


def _rotate(folder: Folder, kept: int) -> None:
    for path in list_backups(folder)[kept:]:
        with saving():
            path.unlink()
    with saving():
        sync_folder(folder.backups)
