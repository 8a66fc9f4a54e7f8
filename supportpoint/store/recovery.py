"""Open a folder and mend what a crash left in it, or rebuild the outbox from `spool/` alone.

| found                              | meaning                       | done                         |
|------------------------------------|-------------------------------|------------------------------|
| entry in a room, row there         | died or cut after COMMIT      | the mirror gets its name     |
| entry in a room, no row            | died before COMMIT            | deleted; the draft is there  |
| room half made or torn             | died before COMMIT            | deleted                      |
| `.item.tmp`                        | a COMMIT in doubt, or a       | as an entry in a room        |
|                                    | version before rooms          |                              |
| mirror with name, no row           | the database is new or older  | queued again                 |
| row with an envelope, no mirror    | the spool lost it             | mirrored again               |
| blob that no row names             | died before COMMIT            | deleted                      |
| database damaged, gone or cut off  | `opening` says SP-210         | `repair`, then all of this   |

Where rows are queued again from mirrors, an entry in a room is taken too when its signature says that it
is whole. At the end the rooms that lack are made.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from supportpoint.clock import Clock
from supportpoint.errors import SupportPointError
from supportpoint.protocol import encode
from supportpoint.records import DeviceIdentity, ItemState
from supportpoint.sealing.item import sign_item, verify_item
from supportpoint.store.drops import mend_drops
from supportpoint.store.files import Folder, make_folder, saving, sync_folder, write_durably
from supportpoint.store.identity import find_identity, mirror_identity, restore_identity
from supportpoint.store.incarnations import current, draw, next_place
from supportpoint.store.keys import DeviceKeys
from supportpoint.store.opening import Opened, lock_writes, open_database
from supportpoint.store.queueing import build_entry, insert_entry
from supportpoint.store.repair import find_report, repair, write_report
from supportpoint.store.spool import (
    DAMAGED_SUFFIX,
    ITEM_SUFFIX,
    SpoolEntry,
    is_free,
    is_unnamed,
    make_rooms,
    read_entry,
    remove,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Mirrors:
    """Spool files of items that have no row, and numbers of rows that have no file.

    `named` were committed once, `unnamed` perhaps not; those may be torn.
    """

    named: list[Path]
    unnamed: list[Path]
    lacking: list[int]


@dataclass
class _Mended:
    """What an opening brought back: items from the spool, and spool files that could not be read."""

    from_spool: int = 0
    damaged_mirrors: int = 0


def open_folder(data_dir: Path, clock: Clock, keys: DeviceKeys, floor_bytes: int) -> Opened:
    """Open or make a data folder, whole again after any crash; a damaged database is repaired.

    Errors: SP-201 to SP-203, SP-205, SP-206; SP-210 when it is damaged while somebody else has it open.
    """
    folder = Folder(data_dir)
    for path in (folder.root, folder.spool, folder.blobs, folder.drops):
        make_folder(path)
    with lock_writes(folder):
        try:
            opened, mended = _open_whole(folder, clock, keys, floor_bytes)
        except SupportPointError as error:
            if error.code != "SP-210":
                raise
            repair(folder, keys.database_key, clock)
            opened, mended = _open_whole(folder, clock, keys, floor_bytes)
        _finish_report(opened, mended)
        with suppress(SupportPointError):  # a save that finds no room makes it
            make_rooms(folder)
    return opened


def _open_whole(folder: Folder, clock: Clock, keys: DeviceKeys, floor_bytes: int) -> tuple[Opened, _Mended]:
    opened = open_database(folder, clock, keys, floor_bytes)
    try:
        return opened, _mend(opened)
    except BaseException:
        opened.close()
        raise


def _finish_report(opened: Opened, mended: _Mended) -> None:
    """Add what the spool brought to the report of a repair; a disk that refuses keeps nothing closed."""
    report = find_report(opened.folder)
    if report is None or report.is_finished:
        return
    report.is_finished = True
    items = report.tables["item"]
    items.from_spool = mended.from_spool
    items.lost_at_most = max(0, items.lost_at_most - mended.from_spool)
    report.damaged_mirrors = mended.damaged_mirrors
    there = set(os.listdir(opened.folder.blobs))  # noqa: PTH208 -- see `_compare`
    blobs = opened.db.tuples(
        "SELECT DISTINCT b.sha256 FROM blob b JOIN item i ON i.number = b.item_number WHERE i.state <> ?",
        (ItemState.ARCHIVED,),
    )
    report.missing_blobs = sum(sha256.hex() not in there for (sha256,) in blobs)
    with suppress(SupportPointError):
        write_report(opened.folder, report)


def _mend(opened: Opened) -> _Mended:
    mirrors = _compare(opened)
    is_new = current(opened) == ""
    mended = _Mended()
    if is_new or mirrors.named:
        mended = _rebuild(opened, mirrors, is_new=is_new)
    else:
        remove(mirrors.unnamed)
        mirror_identity(opened)
    _mirror_lost(opened, mirrors.lacking)
    if not (is_new or mirrors.named):
        _remove_orphan_blobs(opened)
    mend_drops(opened)
    _end_saved_drafts(opened)
    return mended


def _compare(opened: Opened) -> _Mirrors:
    """Hold the spool against the rows, and name the mirrors that have a row and lack a name.

    An unnamed one beside a mirror with its name, or with another place than its row has, is of an attempt
    before the one that was committed.
    """
    folder = opened.folder
    rows = opened.db.tuples("SELECT id, number FROM item")
    known = {folder.spool_name(item_id): number for item_id, number in rows}
    archived = opened.db.tuples("SELECT id FROM item WHERE state = ?", (ItemState.ARCHIVED,))
    spent = {folder.spool_name(item_id) for (item_id,) in archived}
    names = os.listdir(folder.spool)  # noqa: PTH208 -- ten thousand paths are ten times slower than names
    there = {name for name in names if name.endswith(ITEM_SUFFIX)}
    unnamed = []
    for path in (folder.spool / name for name in sorted(names) if is_unnamed(name)):
        if is_free(path):
            continue
        entry = read_entry(path)
        final = "" if entry is None else folder.spool_name(entry.item.id)
        if final not in known:
            unnamed.append(path)
        elif final not in there | spent and entry == build_entry(opened, known[final]):
            with saving():
                path.replace(folder.spool / final)
            there.add(final)
        else:
            remove([path])
    remove(folder.spool / name for name in spent & there)  # a power cut undid their end
    named = [folder.spool / name for name in there - known.keys()]
    lacking = sorted(known[name] for name in known.keys() - there - spent)
    return _Mirrors(sorted(named), unnamed, lacking)


def _mirror_lost(opened: Opened, lacking: list[int]) -> None:
    """Mirror the items again that lost their mirror: a power cut may take it before its folder was durable.

    The folder is made durable first: whoever put a mirror there may have been killed before that.
    """
    with suppress(OSError):
        sync_folder(opened.folder.spool)
    with suppress(SupportPointError):  # the row is safe; the next opening tries again
        for number in lacking:
            entry = build_entry(opened, number)
            write_durably(opened.folder.spool_path(entry.item.id), encode(entry))


def _end_saved_drafts(opened: Opened) -> None:
    """Delete the drafts whose cases are saved: an older or half-ruined database has them still."""
    with opened.db.immediate():
        for table in ("draft", "locked"):
            opened.db.execute(
                f"DELETE FROM {table} WHERE id IN (SELECT id FROM item)"  # noqa: S608 - two names
                " OR id IN (SELECT case_id FROM sealed_drop)"
            )


def _rebuild(opened: Opened, mirrors: _Mirrors, *, is_new: bool) -> _Mended:
    """Queue what only the mirrors know, under a new incarnation; the server knows what it has by id.

    An unnamed mirror may hold a place that was given out again later, so it gets a new one. Without its
    attachments it was deleted once, before COMMIT and never promised, and a cut brought it back; torn it was
    not promised either, and need not look so where the rest of a room is read as zeroes of the entry.
    """
    named = [entry for _, entry in _read(mirrors.named)]
    known = {entry.item.id for entry in named}
    unnamed = {}
    for path, entry in _read(mirrors.unnamed):
        if entry.item.id not in known and _is_signed(opened, entry) and _has_blobs(opened, entry):
            unnamed[path] = entry
            known.add(entry.item.id)
        else:
            remove([path])
    count = len(named) + len(unnamed)
    with opened.db.immediate():
        if is_new and find_identity(opened) is None:
            restore_identity(opened)
        had_items = bool(opened.db.rows("SELECT 1 FROM incarnation LIMIT 1"))
        draw(opened, "salvaged" if count or had_items else "created")
        identity = find_identity(opened)
        for entry in sorted(named, key=lambda one: (one.created_at, one.item.id)):
            stays = _is_ours(opened, entry, identity) and _is_free(opened, entry)
            insert_entry(opened, entry if stays else _move(opened, entry, identity), identity)
        for entry in unnamed.values():
            insert_entry(opened, _move(opened, entry, identity), identity)
    with saving():
        for path, entry in unnamed.items():
            path.replace(opened.folder.spool_path(entry.item.id))
    if count:
        logger.warning("outbox rebuilt from spool: %d items", count)
    return _Mended(count, sum(1 for _ in opened.folder.spool.glob(f"*{DAMAGED_SUFFIX}")))


def _has_blobs(opened: Opened, entry: SpoolEntry) -> bool:
    return all(opened.folder.blob_path(blob.sha256).exists() for blob in entry.item.blobs)


def _is_free(opened: Opened, entry: SpoolEntry) -> bool:
    item = entry.item
    return not opened.db.tuples(
        "SELECT 1 FROM item WHERE device = ? AND incarnation = ? AND seq = ?",
        (item.device, item.incarnation, item.seq),
    )


def _is_ours(opened: Opened, entry: SpoolEntry, identity: DeviceIdentity | None) -> bool:
    """Tell whether the item may go on as it is. Before enrolment nothing can be signed anew."""
    return identity is None or (_is_signed(opened, entry) and entry.item.device == identity.device)


def _is_signed(opened: Opened, entry: SpoolEntry) -> bool:
    try:
        verify_item(entry.item, opened.keys.sign.public)
    except SupportPointError:
        return False
    return True


def _move(opened: Opened, entry: SpoolEntry, identity: DeviceIdentity | None) -> SpoolEntry:
    """Return the entry in the next place, signed by this device: same id, same envelope bytes."""
    device = entry.item.device if identity is None else identity.device
    incarnation, seq = next_place(opened, device)
    moved = msgspec.structs.replace(entry.item, device=device, incarnation=incarnation, seq=seq)
    return msgspec.structs.replace(entry, item=sign_item(moved, opened.keys.sign))


def _read(paths: list[Path]) -> list[tuple[Path, SpoolEntry]]:
    """Return the readable entries; a damaged file is kept aside under another name."""
    entries = []
    for path in paths:
        entry = read_entry(path)
        if entry is None:
            path.replace(path.with_name(path.name + DAMAGED_SUFFIX))
            logger.error("damaged spool file kept aside: %s", path.name)
        else:
            entries.append((path, entry))
    return entries


def _remove_orphan_blobs(opened: Opened) -> None:
    names = os.listdir(opened.folder.blobs)  # noqa: PTH208 -- see `_compare`
    if names:
        wanted = "SELECT b.sha256 FROM blob b JOIN item i ON i.number = b.item_number WHERE i.state <> ?"
        known = {sha256.hex() for (sha256,) in opened.db.tuples(wanted, (ItemState.ARCHIVED,))}
        remove(opened.folder.blobs / name for name in names if name not in known)
