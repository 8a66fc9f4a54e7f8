"""Build a whole database out of a damaged one: what it still holds, then the newest good backup.

The outbox items that neither knows come back from `spool/` at the opening that follows, and everything
goes on under a new incarnation. The damaged files are kept apart, and the repair goes on where it was
when the power fails in its middle. Source: docs/decisions/0013-store-repair.md
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from supportpoint.clock import Clock
from supportpoint.protocol import JSON, decode
from supportpoint.records import ItemState
from supportpoint.store.backups import COPIED, column_names, open_newest_good
from supportpoint.store.driver import Database, Row, connect_to_fill
from supportpoint.store.files import TMP_SUFFIX, Folder, make_folder, saving, sync_folder, write_durably
from supportpoint.store.lock import BUSY_S, FileLock
from supportpoint.store.migrations import migrate
from supportpoint.store.opening import confirm_key
from supportpoint.store.salvage import Salvaged, salvage

#: Table: what tells its rows apart. Parents stand before their children.
KEYS: dict[str, tuple[str, ...]] = {
    "incarnation": ("id",),
    "epoch": ("id",),
    "locked": ("id",),
    "box": ("receipt_hash",),
    "change": ("stream", "id"),
    "draft": ("id",),
    "draft_file": ("draft_id", "name"),
}
_TABLES = ("device", "item", "blob", *KEYS)

logger = logging.getLogger(__name__)


class TableReport(msgspec.Struct, kw_only=True):
    """Rows of one table by where they came from, and how many nothing holds.

    Exactly that many where `is_counted`; otherwise no index could be read either, and it is a bound.
    """

    salvaged: int = 0
    from_backup: int = 0
    from_spool: int = 0
    lost_at_most: int = 0
    is_counted: bool = False


class RepairReport(msgspec.Struct, kw_only=True):
    """What a repair brought back and what it did not. Counts and file names only, nothing of a person.

    Shape:  `backup` is the number of the one used, "" without; `is_readable` says whether the damaged
            database gave anything at all; where it did not, `lost_at_most` cannot count drafts.
            `kept_in` is the folder of the damaged files, "" when there were none. `is_finished` once the
            spool was held against it.
    """

    at: str
    is_finished: bool = False
    backup: str = ""
    is_readable: bool = False
    tables: dict[str, TableReport] = {}
    damaged_mirrors: int = 0
    missing_blobs: int = 0
    kept_in: str = ""


def find_report(folder: Folder) -> RepairReport | None:
    """Return the report of the last repair, None when there was none."""
    try:
        return decode(folder.repair_report.read_bytes(), RepairReport, JSON)
    except (OSError, msgspec.DecodeError):
        return None


def repair(folder: Folder, key: bytes, clock: Clock) -> None:
    """Put a whole database in the place of a damaged one, while the caller holds the write lock.

    Errors: SP-203 when nothing confirms that `key` is the database's: then nothing was touched;
            SP-210 when somebody else has the database open; SP-202. Called again, it goes on.
    """
    confirm_key(folder, key)
    with FileLock(folder.use_lock, wait_s=BUSY_S, code="SP-210"):
        kept = _set_aside(folder, clock)
        tmp = folder.database.with_name(folder.database.name + TMP_SUFFIX)
        with saving():
            tmp.unlink(missing_ok=True)
        with open_newest_good(folder, key) as (backup, name):
            found = _salvage(kept / folder.database.name, key, backup)
            report = _build(tmp, key, folder, found, backup)
        report.at = clock.now().isoformat(timespec="seconds")
        report.backup = name
        report.kept_in = kept.name if any(kept.iterdir()) else ""
        write_report(folder, report)
        with saving():
            with tmp.open("rb+") as file:
                os.fsync(file.fileno())
            tmp.replace(folder.database)
            sync_folder(folder.root)
            folder.doubt.unlink()
            sync_folder(folder.root)
    logger.error("database repaired: backup %s, readable %s", name or "-", found.is_readable)


def write_report(folder: Folder, report: RepairReport) -> None:
    """Keep the report for `status`. Errors: SP-202."""
    write_durably(folder.repair_report, msgspec.json.encode(report))


def _set_aside(folder: Folder, clock: Clock) -> Path:
    """Move the database and its log into a folder of their own, or finish doing so; return the folder.

    The mark names the folder before the first file moves, and the database moves first: what a power cut
    leaves is never a database without its log.
    """
    name = folder.doubt.read_text(encoding="ascii") if folder.doubt.exists() else ""
    is_done = folder.database.exists() and (folder.quarantine / name / folder.database.name).exists()
    if not name or is_done:
        name = clock.now().strftime("%Y%m%dT%H%M%S%fZ")
        write_durably(folder.doubt, name.encode())
    kept = folder.quarantine / name
    make_folder(kept)
    with saving():
        for file in (folder.database, folder.log, folder.database.with_name(f"{folder.database.name}-shm")):
            if file.exists():
                file.replace(kept / file.name)
        sync_folder(kept)
        sync_folder(folder.root)
    return kept


def _salvage(path: Path, key: bytes, backup: Database | None) -> Salvaged:
    known = dict.fromkeys(_TABLES, 0)
    if backup is not None:
        for table in COPIED:
            (last,) = backup.tuples(f"SELECT max(rowid) FROM {table}")[0]  # noqa: S608 -- names are ours
            known[table] = int(last or 0)
    return salvage(path, key, known)


def _build(tmp: Path, key: bytes, folder: Folder, found: Salvaged, backup: Database | None) -> RepairReport:
    """Fill a new database: rows that were salvaged first, then what only the backup has."""
    kept = _read_backup(backup) if backup is not None else {}
    db = connect_to_fill(tmp, key)
    try:
        migrate(db, folder)
        db.execute("BEGIN")
        _put_device(db, [*found.rows.get("device", []), *kept.get("device", [])])
        tables = {"item": _put_items(db, found, kept)}
        for table, names in KEYS.items():
            tables[table] = TableReport(
                salvaged=_put_rows(db, table, names, filter(_is_as_saved, found.rows.get(table, []))),
                from_backup=_put_rows(db, table, names, kept.get(table, [])),
            )
        torn = _drop_torn_drafts(db)
        db.execute("COMMIT")
    finally:
        db.close()
    for table, counted in tables.items():
        counted.is_counted = table in found.counted
        counted.lost_at_most = max(0, found.unread.get(table, 0) - counted.from_backup)
    tables["draft"].salvaged -= torn
    tables["draft"].lost_at_most += torn
    return RepairReport(at="", is_readable=found.is_readable, tables=tables)


def _read_backup(backup: Database) -> dict[str, list[Row]]:
    query = "SELECT rowid AS _number, * FROM"
    return {table: backup.rows(f"{query} {table}") for table in COPIED}


def _put_device(db: Database, rows: list[Row]) -> None:
    """Keep who we are. Numbers and place begin anew: the next opening draws an incarnation."""
    identity = next((row["identity"] for row in rows if row["identity"] is not None), None)
    db.execute("UPDATE device SET identity = ?", (identity,))


def _put_items(db: Database, found: Salvaged, kept: dict[str, list[Row]]) -> TableReport:
    """Add the items whose envelope and attachments are those they were sealed with, oldest first."""
    sources = (
        _whole_items(found.rows.get("item", []), found.rows.get("blob", [])),
        _whole_items(kept.get("item", []), kept.get("blob", [])),
    )
    chosen = {item["id"]: (item, blobs, rank) for rank in (1, 0) for item, blobs in sources[rank]}
    counted = [0, 0]
    for item, blobs, rank in sorted(chosen.values(), key=lambda one: (one[0]["_number"], one[0]["id"])):
        fresh = {name: value for name, value in item.items() if name != "number"}
        if not _put(db, "item", fresh):
            continue  # its place is taken; the spool brings it under a new one
        number = db.tuples("SELECT number FROM item WHERE id = ?", (item["id"],))[0][0]
        for blob in blobs:
            _put(db, "blob", {**blob, "item_number": number})
        counted[rank] += 1
    return TableReport(salvaged=counted[0], from_backup=counted[1])


def _whole_items(items: list[Row], blobs: list[Row]) -> list[tuple[Row, list[Row]]]:
    """Return the items with their attachments, without those of which something could not be read."""
    by_item: dict[int, list[Row]] = {}
    for blob in sorted(blobs, key=lambda row: (row["item_number"], row["position"])):
        by_item.setdefault(blob["item_number"], []).append(blob)
    return [(item, by_item.get(item["number"], [])) for item in items if _is_whole(item, by_item)]


def _is_whole(item: Row, by_item: dict[int, list[Row]]) -> bool:
    if item["state"] == ItemState.ARCHIVED:
        return True  # only its place and its name are left
    digest = hashlib.sha256(item["envelope"])
    for blob in by_item.get(item["number"], []):
        digest.update(blob["sha256"] + blob["len"].to_bytes(8, "big"))
    return digest.digest() == bytes(item["identity_hash"])


def _is_as_saved(row: Row) -> bool:
    """Tell whether the picture in a row, if there is one, is the one that was saved."""
    return "content" not in row or hashlib.sha256(row["content"]).digest() == row["sha256"]


def _put_rows(db: Database, table: str, names: tuple[str, ...], rows: Iterable[Row]) -> int:
    """Add the rows whose key is not there yet; return how many."""
    places = " AND ".join(f'"{name}" = ?' for name in names)
    count = 0
    for row in rows:
        key = tuple(row[name] for name in names)
        if not db.rows(f"SELECT 1 FROM {table} WHERE {places}", key):  # noqa: S608 -- names are ours
            count += _put(db, table, {name: value for name, value in row.items() if name != "number"})
    return count


def _put(db: Database, table: str, row: Row) -> int:
    columns = [name for name in column_names(db, table) if name in row]
    names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    return db.execute(
        f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 -- names are ours
        [row[name] for name in columns],
    )


def _drop_torn_drafts(db: Database) -> int:
    """Drop drafts that lack one of their files, and those whose case is sealed; return how many lack one."""
    db.execute("DELETE FROM draft WHERE id IN (SELECT id FROM item)")
    files = "(SELECT count(*) FROM draft_file f WHERE f.draft_id = draft.id)"
    torn = db.execute(f"DELETE FROM draft WHERE file_count <> {files}")  # noqa: S608 -- no value in it
    db.execute("DELETE FROM draft_file WHERE draft_id NOT IN (SELECT id FROM draft)")
    return torn
