"""Save the case and queue it: one transaction, with its files durable before it commits."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path

from supportpoint.clock import moment_of_case
from supportpoint.errors import SupportPointError
from supportpoint.protocol import BlobRef, Item, identity_hash
from supportpoint.records import DeviceIdentity, ItemState, SealedCase
from supportpoint.sealing.item import sign_item
from supportpoint.store.drafts import drop_draft
from supportpoint.store.files import TMP_SUFFIX, saving
from supportpoint.store.identity import get_identity
from supportpoint.store.incarnations import build_item, next_place
from supportpoint.store.lanes import find_lane
from supportpoint.store.locked import delete_locked
from supportpoint.store.opening import Opened
from supportpoint.store.spool import SpoolEntry, mirroring, remove, write_blobs

logger = logging.getLogger(__name__)


def queue_case(opened: Opened, sealed: SealedCase, draft_id: str | None) -> Item:
    """Put a sealed case into the outbox and delete its draft.

    Order: blobs durable, then in one transaction the mirror in a room of `spool/`, which the disk writes
    while the row is added and the draft ends, locked or not; then the mirror is durable, then COMMIT, then
    it gets its name. Whatever dies in between, `recovery` knows.
    Errors: SP-102; SP-201; SP-202; SP-210; ValueError when another envelope has this id.
    """
    with opened.write_lock():
        written = write_blobs(opened.folder, sealed.blobs)
        mirror = opened.folder.spool_path(sealed.id)
        room: Path | None = None
        is_placed = False
        try:
            with opened.db.immediate():
                item = _find_queued(opened, sealed)
                if item is None:
                    identity = get_identity(opened)
                    entry = _place(opened, sealed, identity)
                    item = entry.item
                    with mirroring(opened.folder, entry) as room:
                        insert_entry(opened, entry, identity)
                        _end_draft(opened, draft_id)
                else:
                    _end_draft(opened, draft_id)
                is_placed = True
        except BaseException:
            if not is_placed or _is_undone(opened):
                remove([*written, *([room] if room else [])])
            elif room is not None:
                with suppress(OSError):  # the room is needed, and the mirror perhaps too
                    room.replace(mirror.with_name(mirror.name + TMP_SUFFIX))
            raise
        if room is not None:
            with suppress(OSError):  # committed: the next opening gives the mirror its name
                room.replace(mirror)
    logger.info("queued %s seq %d with %d blobs", item.id, item.seq, len(item.blobs))
    return item


def _is_undone(opened: Opened) -> bool:
    """Tell whether a COMMIT that failed stays failed, whatever happens next.

    When only its sync failed it stands whole in the log, and a start after a crash would take it for
    done. Until the log is empty its files must stay; what is left over is found at the next opening.
    """
    with suppress(SupportPointError), saving():
        if opened.db.empty_log():
            with opened.folder.log.open("rb+") as log:
                os.fsync(log.fileno())
            return True
    return False


def insert_entry(opened: Opened, entry: SpoolEntry, identity: DeviceIdentity | None) -> None:
    """Add the rows of an item, QUEUED, inside the caller's transaction; `identity` is this machine's."""
    item = entry.item
    opened.db.execute(
        "INSERT INTO item (id, kind, device, incarnation, seq, signature, identity_hash, receipt_hash,"
        " case_number, created_at, state, envelope, lane)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            item.id,
            item.kind,
            item.device,
            item.incarnation,
            item.seq,
            item.signature,
            identity_hash(item),
            entry.receipt_hash,
            entry.case_number,
            entry.created_at,
            ItemState.QUEUED,
            item.envelope,
            find_lane(identity, item.envelope),
        ),
    )
    for position, blob in enumerate(item.blobs):
        opened.db.execute(
            "INSERT INTO blob (item_number, position, sha256, len)"
            " SELECT number, ?, ?, ? FROM item WHERE id = ?",
            (position, blob.sha256, blob.len, item.id),
        )


def build_entry(opened: Opened, number: int) -> SpoolEntry:
    """Return what the mirror of an item in the outbox holds.

    Errors: SP-210 when the row is no longer what was sealed.
    """
    row = opened.db.rows("SELECT * FROM item WHERE number = ?", (number,))[0]
    return SpoolEntry(
        item=build_item(opened, row),
        case_number=row["case_number"],
        receipt_hash=row["receipt_hash"],
        created_at=row["created_at"],
    )


def _end_draft(opened: Opened, draft_id: str | None) -> None:
    if draft_id is not None:
        drop_draft(opened, draft_id)
        delete_locked(opened, draft_id)


def _place(opened: Opened, sealed: SealedCase, identity: DeviceIdentity) -> SpoolEntry:
    """Return a case in the next place, signed."""
    incarnation, seq = next_place(opened, identity.device)
    unsigned = Item(
        kind=sealed.kind,
        id=sealed.id,
        device=identity.device,
        incarnation=incarnation,
        seq=seq,
        envelope=sealed.envelope,
        blobs=tuple(BlobRef(sha256=blob.sha256, len=len(blob.content)) for blob in sealed.blobs),
    )
    item = sign_item(unsigned, opened.keys.sign)
    return SpoolEntry(
        item=item,
        case_number=sealed.case_number,
        receipt_hash=sealed.receipt_hash,
        created_at=moment_of_case(sealed.id, opened.clock.now()).isoformat(timespec="milliseconds"),
    )


def _find_queued(opened: Opened, sealed: SealedCase) -> Item | None:
    found = opened.db.tuples("SELECT number, envelope FROM item WHERE id = ?", (sealed.id,))
    if not found:
        return None
    ((number, envelope),) = found
    if envelope != sealed.envelope:
        raise ValueError("another envelope has this id")
    return build_entry(opened, number).item
