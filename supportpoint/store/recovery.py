"""Open a folder and mend what a crash left in it, or rebuild the outbox from `spool/` alone.

| found                              | meaning                       | done                         |
|------------------------------------|-------------------------------|------------------------------|
| mirror without name, row there     | died after COMMIT             | the mirror gets its name     |
| mirror without name, no row        | died before COMMIT            | deleted; the draft is there  |
| mirror with name, no row           | the database is new or older  | queued again                 |
| blob that no row names             | died before COMMIT            | deleted                      |
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import msgspec

from supportpoint.clock import Clock
from supportpoint.errors import SupportPointError
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.item import sign_item, verify_item
from supportpoint.store.drops import mend_drops
from supportpoint.store.files import TMP_SUFFIX, Folder, make_folder, publish_tmp, saving, sync_folder
from supportpoint.store.identity import find_identity, mirror_identity, restore_identity
from supportpoint.store.incarnations import current, draw, next_place
from supportpoint.store.keys import DeviceKeys
from supportpoint.store.opening import Opened, check_key, lock_writes, open_database
from supportpoint.store.queueing import insert_entry
from supportpoint.store.spool import SpoolEntry, read_entry, remove

DAMAGED_SUFFIX = ".damaged"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Mirrors:
    """Spool files whose items have no row. `named` were committed once, `unnamed` perhaps not."""

    named: list[Path]
    unnamed: list[Path]


def open_folder(data_dir: Path, clock: Clock, keys: DeviceKeys, floor_bytes: int) -> Opened:
    """Open or make a data folder, whole again after any crash.

    Errors: SP-201 to SP-203, SP-205, SP-206, SP-210.
    """
    folder = Folder(data_dir)
    for path in (folder.root, folder.spool, folder.blobs, folder.drops):
        make_folder(path)
    with lock_writes(folder):
        opened = open_database(folder, clock, keys, floor_bytes)
        try:
            _mend(opened)
            mend_drops(opened)
        except BaseException:
            opened.db.close()
            raise
    return opened


def set_damaged_aside(data_dir: Path, clock: Clock, keys: DeviceKeys) -> tuple[Path, ...]:
    """Move a damaged database away; the next opening makes a new one and rebuilds the outbox from `spool/`.

    Returns where its files are now; nothing is deleted. Drafts stay behind in them; boxes come again
    with the next sync. Call after SP-210 only, with the kiosk lock held and no store open.
    Errors: SP-201; SP-202; SP-203 when `keys` are not the database's: then nothing is damaged.
    """
    folder = Folder(data_dir)
    mark = clock.now().strftime("%Y%m%dT%H%M%S%fZ")
    names = (folder.database.name, folder.log.name, f"{folder.database.name}-shm")
    with lock_writes(folder), saving():
        check_key(folder, keys.database_key)
        moved = tuple(
            (data_dir / name).replace(data_dir / f"{name}{DAMAGED_SUFFIX}-{mark}")
            for name in names
            if (data_dir / name).exists()
        )
        sync_folder(data_dir)
    logger.error("damaged database set aside: %d files", len(moved))
    return moved


def _mend(opened: Opened) -> None:
    unknown = _find_unknown(opened)
    is_new = current(opened)[0] == ""
    if is_new or unknown.named:
        _rebuild(opened, unknown, is_new=is_new)
    else:
        remove(unknown.unnamed)
        mirror_identity(opened)
        _remove_orphan_blobs(opened)


def _find_unknown(opened: Opened) -> _Mirrors:
    """Name the mirrors that have a row and lack a name; return those that have no row."""
    known = {opened.folder.spool_path(row["id"]).name for row in opened.db.rows("SELECT id FROM item")}
    named, unnamed = [], []
    for path in sorted(opened.folder.spool.iterdir()):
        if path.suffix == ".item" and path.name not in known:
            named.append(path)
        elif path.suffix == TMP_SUFFIX and path.stem in known:
            publish_tmp(path.with_name(path.stem))
        elif path.suffix == TMP_SUFFIX:
            unnamed.append(path)
    return _Mirrors(named, unnamed)


def _rebuild(opened: Opened, unknown: _Mirrors, *, is_new: bool) -> None:
    """Queue what only the mirrors know, under a new incarnation; the server knows what it has by id.

    An unnamed mirror may hold a place that was given out again later, so it gets a new one.
    """
    named = _read(unknown.named)
    known = {entry.item.id for entry in named}
    unnamed = [entry for entry in _read(unknown.unnamed) if entry.item.id not in known]
    with opened.db.immediate():
        if is_new:
            restore_identity(opened)
        draw(opened, "salvaged" if named or unnamed else "created")
        identity = find_identity(opened)
        for entry in sorted(named, key=lambda one: (one.created_at, one.item.id)):
            insert_entry(
                opened, entry if _is_ours(opened, entry, identity) else _move(opened, entry, identity)
            )
        for entry in unnamed:
            insert_entry(opened, _move(opened, entry, identity))
    for entry in unnamed:
        publish_tmp(opened.folder.spool_path(entry.item.id))
    if named or unnamed:
        logger.warning("outbox rebuilt from spool: %d items", len(named) + len(unnamed))


def _is_ours(opened: Opened, entry: SpoolEntry, identity: DeviceIdentity | None) -> bool:
    """Tell whether the item may go on as it is. Before enrolment nothing can be signed anew."""
    if identity is None:
        return True
    try:
        verify_item(entry.item, opened.keys.sign.public)
    except SupportPointError:
        return False
    return entry.item.device == identity.device


def _move(opened: Opened, entry: SpoolEntry, identity: DeviceIdentity | None) -> SpoolEntry:
    """Return the entry in the next place, signed by this device: same id, same envelope bytes."""
    incarnation, seq = next_place(opened)
    device = entry.item.device if identity is None else identity.device
    moved = msgspec.structs.replace(entry.item, device=device, incarnation=incarnation, seq=seq)
    return msgspec.structs.replace(entry, item=sign_item(moved, opened.keys.sign))


def _read(paths: list[Path]) -> list[SpoolEntry]:
    """Return the readable entries; a damaged file is kept aside under another name."""
    entries = []
    for path in paths:
        entry = read_entry(path)
        if entry is None:
            path.replace(path.with_name(path.name + DAMAGED_SUFFIX))
            logger.error("damaged spool file kept aside: %s", path.name)
        else:
            entries.append(entry)
    return entries


def _remove_orphan_blobs(opened: Opened) -> None:
    known = {row["sha256"].hex() for row in opened.db.rows("SELECT sha256 FROM blob")}
    remove(path for path in opened.folder.blobs.iterdir() if path.name not in known)
