"""Save the case and queue it: one transaction, with its files durable before it commits."""

from __future__ import annotations

import logging
import os
from contextlib import suppress

from supportpoint.clock import moment_of_case
from supportpoint.errors import SupportPointError
from supportpoint.protocol import BlobRef, Item, identity_hash
from supportpoint.records import ItemState, SealedCase
from supportpoint.sealing.item import sign_item
from supportpoint.store.drafts import drop_draft
from supportpoint.store.files import TMP_SUFFIX, publish_tmp, saving
from supportpoint.store.identity import get_identity
from supportpoint.store.incarnations import build_item, next_place
from supportpoint.store.lanes import find_lane
from supportpoint.store.locked import delete_locked
from supportpoint.store.opening import Opened
from supportpoint.store.spool import SpoolEntry, remove, write_blobs, write_entry_tmp

logger = logging.getLogger(__name__)


def queue_case(opened: Opened, sealed: SealedCase, draft_id: str | None) -> Item:
    """Put a sealed case into the outbox and delete its draft.

    Order: blobs durable, then in one transaction the row, the mirror in `spool/` and the end of the
    draft, locked or not, then COMMIT, then the mirror gets its name. Whatever dies in between, `recovery`
    knows.
    Errors: SP-102; SP-201; SP-202; SP-210; ValueError when another envelope has this id.
    """
    device = get_identity(opened).device
    with opened.write_lock():
        written = write_blobs(opened.folder, sealed.blobs)
        mirror = opened.folder.spool_path(sealed.id)
        is_placed = False
        try:
            with opened.db.immediate():
                item = _find_queued(opened, sealed)
                if item is None:
                    item = _place(opened, sealed, device)
                if draft_id is not None:
                    drop_draft(opened, draft_id)
                    delete_locked(opened, draft_id)
                is_placed = True
        except BaseException:
            if not is_placed or _is_undone(opened):
                remove([*written, mirror.with_name(mirror.name + TMP_SUFFIX)])
            raise
        with suppress(SupportPointError):  # committed: the next opening gives the mirror its name
            publish_tmp(mirror)
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


def insert_entry(opened: Opened, entry: SpoolEntry) -> None:
    """Add the rows of an item, QUEUED, inside the caller's transaction."""
    item = entry.item
    row = opened.db.rows(
        "INSERT INTO item (id, kind, device, incarnation, seq, signature, identity_hash, receipt_hash,"
        " case_number, created_at, state, envelope, lane)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
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
            find_lane(opened, item.envelope),
        ),
    )[0]
    for position, blob in enumerate(item.blobs):
        opened.db.execute(
            "INSERT INTO blob (item_number, position, sha256, len) VALUES (?, ?, ?, ?)",
            (row["number"], position, blob.sha256, blob.len),
        )


def mirror_again(opened: Opened, number: int) -> None:
    """Mirror an item that is in the outbox and has no mirror.

    Errors: SP-202.
    """
    row = opened.db.rows("SELECT * FROM item WHERE number = ?", (number,))[0]
    entry = SpoolEntry(
        item=build_item(opened, row),
        case_number=row["case_number"],
        receipt_hash=row["receipt_hash"],
        created_at=row["created_at"],
    )
    write_entry_tmp(opened.folder, entry)
    publish_tmp(opened.folder.spool_path(row["id"]))


def _place(opened: Opened, sealed: SealedCase, device: str) -> Item:
    incarnation, seq = next_place(opened)
    unsigned = Item(
        kind=sealed.kind,
        id=sealed.id,
        device=device,
        incarnation=incarnation,
        seq=seq,
        envelope=sealed.envelope,
        blobs=tuple(BlobRef(sha256=blob.sha256, len=len(blob.content)) for blob in sealed.blobs),
    )
    item = sign_item(unsigned, opened.keys.sign)
    entry = SpoolEntry(
        item=item,
        case_number=sealed.case_number,
        receipt_hash=sealed.receipt_hash,
        created_at=moment_of_case(sealed.id, opened.clock.now()).isoformat(timespec="milliseconds"),
    )
    insert_entry(opened, entry)
    write_entry_tmp(opened.folder, entry)
    return item


def _find_queued(opened: Opened, sealed: SealedCase) -> Item | None:
    row = opened.db.find_row("SELECT * FROM item WHERE id = ?", (sealed.id,))
    if row is None:
        return None
    if row["envelope"] != sealed.envelope:
        raise ValueError("another envelope has this id")
    return build_item(opened, row)
