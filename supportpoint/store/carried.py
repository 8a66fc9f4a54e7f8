"""What travels on a stick: the items that the server does not hold whole, and its answers that come back.

An answer may be old, come twice or in the wrong order. So it moves an item only forwards, and only under
the server's signed receipt in our own epoch.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from supportpoint.courier_messages import CourierAnswer, CourierVerdict
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Change, Item, Status, Stream, SyncReply
from supportpoint.records import DeviceIdentity, ItemState
from supportpoint.store.identity import get_cursor, get_identity, mirror_identity, set_cursor
from supportpoint.store.incarnations import UNFINISHED, build_item, rewrap_unfinished
from supportpoint.store.opening import Opened
from supportpoint.store.pulled import apply_changes
from supportpoint.store.replies import apply_reply, apply_result, read_receipt
from supportpoint.store.values import Applied, BlobToSend

_FORWARD = {
    ItemState.QUEUED: {Status.STORED, Status.HELD, Status.COMPLETE, Status.REJECTED, Status.FORKED},
    ItemState.STORED: {Status.COMPLETE, Status.REJECTED, Status.FORKED},
}
_PLACED = frozenset({Status.REJECTED, Status.FORKED})
"""Verdicts without a receipt: they count for the place they name and for no later one."""

_HELD_THERE = frozenset({ItemState.STORED, ItemState.COMPLETE})


@dataclass(frozen=True, slots=True)
class ToCarry:
    """An item that the server does not hold whole, and the attachments it lacks."""

    item: Item
    blobs: tuple[BlobToSend, ...]


def list_to_carry(opened: Opened, limit: int) -> tuple[ToCarry, ...]:
    """Return QUEUED and STORED items, urgent ones first, then the older, whatever the network waits for."""
    rows = opened.db.rows(
        "SELECT * FROM item WHERE state IN (?, ?) ORDER BY lane, number LIMIT ?", (*UNFINISHED, limit)
    )
    found = []
    for row in rows:
        blobs = opened.db.rows(
            "SELECT sha256, len, acked_offset FROM blob WHERE item_number = ? AND acked_offset < len"
            " ORDER BY position",
            (row["number"],),
        )
        lacking = tuple(
            BlobToSend(
                one["sha256"],
                one["len"],
                one["acked_offset"],
                opened.folder.blob_path(one["sha256"]),
                row["id"],
            )
            for one in blobs
        )
        found.append(ToCarry(build_item(opened, row), lacking))
    return tuple(found)


def apply_answer(opened: Opened, answer: CourierAnswer) -> Applied:
    """Apply an answer whose signature was checked; applying it again changes nothing more.

    Of another epoch only boxes and keysets are taken, which carry their own order and signatures.
    Unless the server was restored since our letter: then its new epoch is adopted, as in a sync.
    Errors: SP-102; SP-906 for another device's; SP-502 when its receipt is not our server's.
    """
    identity = get_identity(opened)
    if answer.device != identity.device:
        raise SupportPointError("SP-906", reason="another device")
    requeued = 0
    if _was_restored(opened, identity, answer):
        reply = SyncReply(
            epoch=answer.epoch, now=answer.now, have=answer.have, have_through=answer.have_through
        )
        requeued = apply_reply(opened, reply).requeued
    with opened.db.immediate():
        applied = _apply(opened, get_identity(opened), answer)
    mirror_identity(opened)
    return Applied(
        stored=applied[ItemState.STORED],
        completed=applied[ItemState.COMPLETE],
        needs_person=applied[ItemState.NEEDS_PERSON],
        requeued=requeued,
        changes=applied["changes"],
        ignored=applied["ignored"],
        is_forked=applied[Status.FORKED] > 0,
        is_new_epoch=get_identity(opened).epoch != identity.epoch,
    )


def _was_restored(opened: Opened, identity: DeviceIdentity, answer: CourierAnswer) -> bool:
    """Tell whether this answers what we know now with an epoch that never was ours."""
    if identity.epoch in {answer.epoch, ""} or identity.epoch != answer.asked_epoch or not answer.epoch:
        return False
    return opened.db.find_row("SELECT 1 FROM epoch WHERE id = ?", (answer.epoch,)) is None


def _apply(opened: Opened, identity: DeviceIdentity, answer: CourierAnswer) -> Counter[str]:
    tally = Counter[str]()
    if answer.epoch != identity.epoch:
        tally["changes"], tally["ignored"] = apply_changes(opened, _signed_ones(answer.changes))
        return tally
    receipted = read_receipt(answer.receipt, identity, answer.epoch)
    for verdict in answer.verdicts:
        tally[_apply_verdict(opened, verdict, receipted)] += 1
    if tally[Status.FORKED]:
        rewrap_unfinished(opened, identity.device, "forked")
    cursor = get_cursor(opened)
    if answer.cursor > cursor:  # all of an older answer's rows are known here, or what replaced them
        tally["changes"], tally["ignored"] = apply_changes(opened, answer.changes)
        if answer.after <= cursor:
            set_cursor(opened, answer.cursor)
    return tally


def _signed_ones(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    return tuple(one for one in changes if one.stream in {Stream.BOX, Stream.KEYSET} and not one.tombstone)


def _apply_verdict(opened: Opened, verdict: CourierVerdict, receipted: dict[str, tuple[str, bytes]]) -> str:
    """Apply one verdict forwards; return the state it led to, or "" when nothing changed."""
    result = verdict.result
    row = opened.db.find_row("SELECT state, incarnation, seq FROM item WHERE id = ?", (result.id,))
    if row is None or result.status not in _FORWARD.get(row["state"], set()):
        return ""
    is_same_place = (row["incarnation"], row["seq"]) == (verdict.incarnation, verdict.seq)
    if result.status in _PLACED and not is_same_place:
        return ""
    state = apply_result(opened, result, receipted)
    if state in _HELD_THERE and is_same_place and result.status != Status.HELD:
        # the server lists this place from now on: should it ever be gone, the next sync sends it again
        opened.db.execute("UPDATE item SET is_listed = 1 WHERE id = ?", (result.id,))
    return state
