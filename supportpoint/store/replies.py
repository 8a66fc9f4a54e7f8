"""Apply one reply of the server: verdicts, received ranges, epoch and changes, in one transaction.

State machine: docs/decisions/0001-outbox.md
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from supportpoint.errors import SupportPointError
from supportpoint.protocol import (
    COMPARE,
    BatchReceipt,
    Range,
    Result,
    Status,
    SyncReply,
    range_digest,
    unsigned,
)
from supportpoint.records import DeviceIdentity, ItemState
from supportpoint.sealing.keys import verify
from supportpoint.store.driver import Row
from supportpoint.store.have import Have
from supportpoint.store.identity import (
    get_cursor,
    get_identity,
    mirror_identity,
    set_cursor,
    write_identity,
)
from supportpoint.store.incarnations import last_place, requeue, rewrap, rewrap_unfinished
from supportpoint.store.opening import Opened
from supportpoint.store.outbox import skip_until
from supportpoint.store.pulled import apply_changes
from supportpoint.store.retention import note_server
from supportpoint.store.values import Applied

HELD_SKIP_S = 24 * 3600.0
CONFIRM_SKIP_S = 900.0

_HAS_IT = {
    Status.STORED: ItemState.STORED,
    Status.HELD: ItemState.STORED,
    Status.COMPLETE: ItemState.COMPLETE,
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Verdicts:
    """The results of one reply, by item id. `receipted` holds what the signed receipt says of each."""

    results: dict[str, Result]
    receipted: dict[str, tuple[str, bytes]]


def apply_reply(opened: Opened, reply: SyncReply) -> Applied:
    """Apply a reply, all or nothing.

    Errors: SP-102; SP-201; SP-202; SP-502 when the reply names no epoch or its receipt is not our server's.
    """
    with opened.db.immediate():
        identity = get_identity(opened)
        receipted = read_receipt(reply.receipt, identity, reply.epoch)
        verdicts = _Verdicts({result.id: result for result in reply.results}, receipted)
        is_new_epoch = _follow_epoch(opened, identity, reply)
        have = Have(reply.have, reply.have_through, _find_doubted(opened, identity.device, reply.have))
        tally = Counter[str]()
        for result in reply.results:
            tally[apply_result(opened, result, verdicts.receipted)] += 1
        _note_listed(opened, identity.device, have)
        tally["requeued"] += _requeue_missing(
            opened, identity.device, have, verdicts, is_restored=is_new_epoch or reply.only_complete
        )
        is_forked = tally[Status.FORKED] > 0 or _is_overrun(opened, identity.device, have)
        if is_forked:
            rewrap_unfinished(opened, identity.device, "forked")
        changed, ignored = apply_changes(opened, reply.changes)
        set_cursor(opened, COMPARE if reply.resync else 0 if is_new_epoch else reply.cursor)
        note_server(opened, reply.now, reply.backed_up_through)
    mirror_identity(opened)
    return Applied(
        stored=tally[ItemState.STORED],
        completed=tally[ItemState.COMPLETE],
        needs_person=tally[ItemState.NEEDS_PERSON],
        requeued=tally["requeued"],
        changes=changed,
        ignored=ignored,
        is_forked=is_forked,
        is_new_epoch=is_new_epoch,
    )


def read_receipt(
    receipt: BatchReceipt | None, identity: DeviceIdentity, epoch: str
) -> dict[str, tuple[str, bytes]]:
    """Return (status, identity hash) by item id as the server signed them; empty without a receipt.

    Errors: SP-502 when there is no epoch, or the receipt is of another server, device or epoch.
    """
    if not epoch:
        raise SupportPointError("SP-502", reason="no epoch")
    if receipt is None:
        return {}
    if (receipt.epoch, receipt.device) != (epoch, identity.device):
        raise SupportPointError("SP-502", reason="receipt of another device or epoch")
    try:
        verify(identity.server_public, unsigned(receipt), receipt.signature)
    except SupportPointError as error:
        raise SupportPointError("SP-502", reason="receipt signature") from error
    return {item_id: (status, identity_hash) for item_id, status, identity_hash in receipt.results}


def _follow_epoch(opened: Opened, identity: DeviceIdentity, reply: SyncReply) -> bool:
    """Adopt the reply's epoch; True when the server was restored, so that nothing counts as held.

    A head below our cursor in the same epoch means the same, unless we are only told to compare.
    """
    if reply.epoch != identity.epoch:
        write_identity(opened, replace(identity, epoch=reply.epoch))
        logger.warning("the server has a new epoch")
        return True
    if not reply.resync and reply.cursor < get_cursor(opened):
        logger.warning("the server's head is below our cursor")
        return True
    return False


def apply_result(opened: Opened, result: Result, receipted: dict[str, tuple[str, bytes]]) -> str:
    """Apply one verdict; return the state it led to, "forked", or "" when nothing changed."""
    row = opened.db.find_row("SELECT number, state, identity_hash FROM item WHERE id = ?", (result.id,))
    if row is None or row["state"] in {ItemState.NEEDS_PERSON, ItemState.ARCHIVED}:
        return ""
    if result.status == Status.FORKED:
        return Status.FORKED
    if result.status == Status.REJECTED:
        return _reject(opened, row, result)
    state = _HAS_IT.get(Status(result.status)) if result.status in set(Status) else None
    if state is None or receipted.get(result.id) != (result.status, row["identity_hash"]):
        logger.warning("verdict %s on %s does not count", result.status, result.id)
        return ""
    _accept(opened, row["number"], result, state)
    return state


def _reject(opened: Opened, row: Row, result: Result) -> str:
    if row["state"] == ItemState.COMPLETE:
        return ""
    opened.db.execute(
        "UPDATE item SET state = ?, must_confirm = 0, last_error = ? WHERE number = ?",
        (ItemState.NEEDS_PERSON, result.code or result.status, row["number"]),
    )
    return ItemState.NEEDS_PERSON


def _accept(opened: Opened, number: int, result: Result, state: ItemState) -> None:
    """Store that the server has the item, and which of its blobs from where on it lacks."""
    opened.db.execute("UPDATE blob SET acked_offset = len WHERE item_number = ?", (number,))
    is_complete = state == ItemState.COMPLETE
    lacking = 0
    for need in () if is_complete else result.need:
        lacking += opened.db.execute(  # one that has all its bytes lacks nothing that we could send
            "UPDATE blob SET acked_offset = max(0, ?) WHERE item_number = ? AND sha256 = ? AND len > ?",
            (need.offset, number, need.sha256, need.offset),
        )
    # nothing lacking and yet not complete: ask again, but not in the same pass
    asks_again = not is_complete and not lacking
    skip_s = HELD_SKIP_S if result.status == Status.HELD else CONFIRM_SKIP_S
    opened.db.execute(
        "UPDATE item SET state = ?, must_confirm = ?, next_at = ?, last_error = ?, completed_at = ?"
        " WHERE number = ?",
        (
            state,
            int(asks_again),
            skip_until(opened, skip_s) if asks_again else "",
            result.code or ("" if is_complete or result.status == Status.STORED else result.status),
            opened.now() if is_complete else None,
            number,
        ),
    )


def _note_listed(opened: Opened, device: str, have: Have) -> None:
    """Remember which held items the server lists under the place we gave them.

    After a fork it may hold an item under an earlier place and never list the present one; only what
    was listed once can be missing later.
    """
    rows = opened.db.rows(
        "SELECT number, incarnation, seq FROM item WHERE state IN (?, ?) AND NOT is_listed AND device = ?",
        (ItemState.STORED, ItemState.COMPLETE, device),
    )
    for row in rows:
        if have.holds(row["incarnation"], row["seq"]):
            opened.db.execute("UPDATE item SET is_listed = 1 WHERE number = ?", (row["number"],))


def _requeue_missing(
    opened: Opened, device: str, have: Have, verdicts: _Verdicts, *, is_restored: bool
) -> int:
    """Queue again what the server no longer holds; return how many.

    After a restore, and in the answer to a check, that is all it does not list as complete.
    """
    rows = opened.db.rows(
        "SELECT number, id, device, incarnation, seq, is_listed FROM item"
        " WHERE state IN (?, ?) ORDER BY number",
        (ItemState.STORED, ItemState.COMPLETE),
    )
    missing = [
        row
        for row in rows
        if row["id"] not in verdicts.results
        and not (row["device"] == device and have.holds(row["incarnation"], row["seq"]))
        and (
            is_restored
            or (
                row["device"] == device
                and row["is_listed"]
                and have.speaks_of(row["incarnation"], row["seq"])
            )
        )
    ]
    for row in missing:
        if row["device"] == device:
            requeue(opened, row["number"])
        else:  # enrolled anew since: it can only be sent as who we are now
            rewrap(opened, row["number"], device)
    return len(missing)


def _find_doubted(opened: Opened, device: str, ranges: Iterable[Range]) -> list[Range]:
    """Return the ranges under whose numbers the server has other items than we do."""
    doubted = []
    for one in ranges:
        if not one.digest:
            continue
        rows = opened.db.rows(
            "SELECT id FROM item WHERE device = ? AND incarnation = ? AND seq BETWEEN ? AND ? ORDER BY seq",
            (device, one.incarnation, one.first, one.last),
        )
        if range_digest(row["id"] for row in rows) != one.digest:
            doubted.append(one)
    return doubted


def _is_overrun(opened: Opened, device: str, have: Have) -> bool:
    """Tell whether the server has numbers of our incarnation that were never given out here."""
    incarnation, seq = last_place(opened, device)
    return have.highest(incarnation) > seq
