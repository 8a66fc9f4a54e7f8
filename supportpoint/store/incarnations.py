"""Incarnations and sequence numbers: how the server tells this database from a copy of it.

An incarnation is 64 random bits, drawn when a database is made, rebuilt, or told that its numbers
were used by somebody else. `seq` counts within it from 1 without gaps.
"""

from __future__ import annotations

import logging
import secrets

from supportpoint.errors import SupportPointError
from supportpoint.protocol import BlobRef, Item, identity_hash
from supportpoint.records import ItemState
from supportpoint.sealing.item import sign_item
from supportpoint.store import audit
from supportpoint.store.driver import Row
from supportpoint.store.opening import Opened

UNFINISHED = (ItemState.QUEUED, ItemState.STORED)

logger = logging.getLogger(__name__)


def draw(opened: Opened, reason: str) -> str:
    """Make a new incarnation the current one, inside the caller's transaction, and return it."""
    drawn = secrets.token_hex(8)
    opened.db.execute(
        "INSERT INTO incarnation (id, reason, started_at) VALUES (?, ?, ?)", (drawn, reason, opened.now())
    )
    opened.db.execute("UPDATE device SET incarnation = ?", (drawn,))
    audit.add(opened, "incarnation", {"reason": reason})
    logger.info("new incarnation: %s", reason)
    return drawn


def current(opened: Opened) -> str:
    """Return the current incarnation, "" when none was drawn yet."""
    return str(opened.db.tuples("SELECT incarnation FROM device")[0][0])


def last_place(opened: Opened, device: str) -> tuple[str, int]:
    """Return the current incarnation and the last seq given out in it: no row of an item ever goes."""
    ((incarnation, seq),) = opened.db.tuples(
        "SELECT d.incarnation, (SELECT max(i.seq) FROM item i WHERE i.device = ?"
        " AND i.incarnation = d.incarnation) FROM device d",
        (device,),
    )
    return incarnation, seq or 0


def next_place(opened: Opened, device: str) -> tuple[str, int]:
    """Return the next free (incarnation, seq); the caller puts an item there in the same transaction."""
    incarnation, seq = last_place(opened, device)
    return incarnation or draw(opened, "created"), seq + 1


def rewrap_unfinished(opened: Opened, device: str, reason: str) -> str:
    """Draw an incarnation and wrap QUEUED and STORED items in it, oldest first; all are QUEUED then.

    Same id, same envelope bytes, new place and signature. Inside the caller's transaction.
    """
    drawn = draw(opened, reason)
    rows = opened.db.rows("SELECT number FROM item WHERE state IN (?, ?) ORDER BY number", UNFINISHED)
    for row in rows:
        rewrap(opened, row["number"], device)
    return drawn


def rewrap(opened: Opened, number: int, device: str) -> None:
    """Give one item the next place under `device` and queue it, inside the caller's transaction."""
    row = opened.db.rows("SELECT * FROM item WHERE number = ?", (number,))[0]
    incarnation, seq = next_place(opened, device)
    fields = {**row, "device": device, "incarnation": incarnation, "seq": seq}
    signed = sign_item(build_item(opened, fields), opened.keys.sign)
    opened.db.execute(
        "UPDATE item SET device = ?, incarnation = ?, seq = ?, signature = ? WHERE number = ?",
        (device, incarnation, seq, signed.signature, number),
    )
    requeue(opened, number)


def requeue(opened: Opened, number: int) -> None:
    """Queue one item from the start, inside the caller's transaction."""
    opened.db.execute(
        "UPDATE item SET state = ?, is_listed = 0, must_confirm = 0, completed_at = NULL, next_at = '',"
        " receipted_at = '' WHERE number = ?",
        (ItemState.QUEUED, number),
    )
    opened.db.execute("UPDATE blob SET acked_offset = 0 WHERE item_number = ?", (number,))


def build_item(opened: Opened, row: Row) -> Item:
    """Return the wire item of a row of `item`.

    Errors: SP-210 when it is no longer what was sealed: the server would refuse it for good.
    """
    blobs = opened.db.rows(
        "SELECT sha256, len FROM blob WHERE item_number = ? ORDER BY position", (row["number"],)
    )
    item = Item(
        kind=row["kind"],
        id=row["id"],
        device=row["device"],
        incarnation=row["incarnation"],
        seq=row["seq"],
        envelope=row["envelope"],
        blobs=tuple(BlobRef(sha256=blob["sha256"], len=blob["len"]) for blob in blobs),
        signature=row["signature"],
    )
    if identity_hash(item) != row["identity_hash"]:
        opened.db.is_doubted = True
        raise SupportPointError("SP-210", item=item.id)
    return item
