"""What the server tells every kiosk: keysets, mailbox boxes, bundles, and streams still unknown here."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import msgspec

from supportpoint.errors import SupportPointError
from supportpoint.protocol import BoxBody, Change, Seen, Stream, decode, encode, row_digest, row_key
from supportpoint.sealing.keyset import Keyset
from supportpoint.sealing.mailbox import verify_box
from supportpoint.store.driver import Row
from supportpoint.store.identity import get_identity, get_keyset, mirror_identity, set_cursor, take_keyset
from supportpoint.store.opening import Opened

logger = logging.getLogger(__name__)


def apply_changes(opened: Opened, changes: Iterable[Change]) -> tuple[int, int]:
    """Apply rows of the pull streams inside the caller's transaction; return (changed, ignored).

    Keysets first, oldest first: they may name the next root, and the signer of a box beside them. A box
    whose signer is not known yet is kept apart and tried again with the next keyset.
    """
    rows = list(changes)
    keysets = sorted((row for row in rows if row.stream == Stream.KEYSET), key=lambda row: row.rev)
    outcome = [_apply_keyset(opened, row) for row in keysets]
    if any(outcome):
        _retry_boxes(opened)
    epoch = get_identity(opened).epoch
    for row in rows:
        if row.stream == Stream.BOX:
            outcome.append(_apply_box(opened, row, epoch))
        elif row.stream != Stream.KEYSET:
            outcome.append(_keep(opened, row, epoch))
    return sum(outcome), len(outcome) - sum(outcome)


def list_known(opened: Opened) -> dict[bytes, bytes]:
    """Return what is held of the pull streams as a manifest names it: row key → digest of its body.

    Not the keyset: it is small, and only a newer one is ever taken.
    """
    rows = opened.db.rows("SELECT stream, id, body FROM change")
    known = {row_key(row["stream"], row["id"]): row_digest(row["body"]) for row in rows}
    for row in opened.db.rows("SELECT change_id, receipt_hash, box FROM box"):
        body = encode(BoxBody(receipt_hash=row["receipt_hash"], box=row["box"]))
        known[row_key(Stream.BOX, row["change_id"])] = row_digest(body)
    return known


def list_seen(opened: Opened) -> tuple[Seen, ...]:
    """Return which boxes are held, the newest first: they tell a restored server what it has lost."""
    rows = opened.db.rows("SELECT receipt_hash, epoch, rev FROM box ORDER BY received_at DESC, change_id")
    return tuple(Seen(**row) for row in rows)


def apply_rows(opened: Opened, changes: Iterable[Change], cursor: int) -> tuple[int, int]:
    """Apply fetched rows and store the cursor in one transaction; return (changed, ignored)."""
    with opened.db.immediate():
        outcome = apply_changes(opened, changes)
        set_cursor(opened, cursor)
    mirror_identity(opened)
    return outcome


def find_box(opened: Opened, receipt_hash: bytes) -> BoxBody | None:
    """Return the box of a receipt, None when there is none."""
    row = opened.db.find_row("SELECT receipt_hash, box FROM box WHERE receipt_hash = ?", (receipt_hash,))
    return None if row is None else BoxBody(**row)


def pending_bundles(opened: Opened) -> tuple[Change, ...]:
    """Return the announced bundles that are not noted as installed, in order of their rev."""
    rows = opened.db.rows(
        "SELECT stream, id, rev, body FROM change WHERE stream = ? AND NOT is_installed ORDER BY rev",
        (Stream.BUNDLE,),
    )
    return tuple(Change(**row) for row in rows)


def note_bundle_installed(opened: Opened, bundle_id: str, rev: int) -> None:
    """Remember that this announcement needs no fetching; a newer one is not touched."""
    with opened.db.immediate():
        opened.db.execute(
            "UPDATE change SET is_installed = 1 WHERE stream = ? AND id = ? AND rev <= ?",
            (Stream.BUNDLE, bundle_id, rev),
        )


def _apply_keyset(opened: Opened, change: Change) -> bool:
    try:
        take_keyset(opened, change.body)
    except SupportPointError as error:
        logger.warning("keyset ignored: %s", error.code)
        return False
    return True


def _apply_box(opened: Opened, change: Change, epoch: str) -> bool:
    if change.tombstone:
        return opened.db.execute("DELETE FROM box WHERE change_id = ?", (change.id,)) > 0
    try:
        keyset = get_keyset(get_identity(opened))
    except SupportPointError as error:
        logger.warning("no keyset to check boxes with: %s", error.code)
        _keep(opened, change, epoch)
        return False
    return _take_box(opened, change, keyset, epoch)


def _take_box(opened: Opened, change: Change, keyset: Keyset, epoch: str) -> bool:
    try:
        body = decode(change.body, BoxBody)
        clear = verify_box(body, keyset)
    except msgspec.DecodeError:
        logger.warning("box ignored: unreadable")
        return False
    except SupportPointError as error:
        logger.warning("box ignored: %s", error.code)
        if error.code == "SP-406":
            _keep(opened, change, epoch)
        return False
    held = opened.db.find_row("SELECT epoch, rev FROM box WHERE receipt_hash = ?", (body.receipt_hash,))
    if held is not None and not _is_newer(opened, (clear.epoch, clear.rev), held, epoch):
        return False
    opened.db.execute(
        "INSERT OR REPLACE INTO box (receipt_hash, change_id, epoch, rev, box, received_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (body.receipt_hash, change.id, clear.epoch, clear.rev, body.box, opened.now()),
    )
    return True


def _is_newer(opened: Opened, offered: tuple[str, int], held: Row, epoch: str) -> bool:
    """Compare (epoch, rev).

    Epochs have no order of their own: the server's present one beats all, then one that passed
    while this machine was away, then those it met, in that order.
    """
    offered_epoch, rev = offered
    if offered_epoch == held["epoch"]:
        return rev > int(held["rev"])
    met = [row["id"] for row in opened.db.rows("SELECT id FROM epoch ORDER BY number")]

    def rank(name: str) -> int:
        if name == epoch:
            return len(met) + 1
        return met.index(name) if name in met else len(met)

    return rank(offered_epoch) > rank(str(held["epoch"]))


def _retry_boxes(opened: Opened) -> None:
    """Try the boxes again whose signer was not known; those still unknown are kept again."""
    identity = get_identity(opened)
    keyset = get_keyset(identity)
    for row in opened.db.rows("SELECT stream, id, rev, body FROM change WHERE stream = ?", (Stream.BOX,)):
        opened.db.execute("DELETE FROM change WHERE stream = ? AND id = ?", (Stream.BOX, row["id"]))
        _take_box(opened, Change(**row), keyset, identity.epoch)


def _keep(opened: Opened, change: Change, epoch: str) -> bool:
    """Keep a row of a stream as it came. The same body again stays installed."""
    if change.tombstone:
        return (
            opened.db.execute("DELETE FROM change WHERE stream = ? AND id = ?", (change.stream, change.id))
            > 0
        )
    changed = opened.db.execute(
        "INSERT INTO change (stream, id, epoch, rev, body) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (stream, id) DO UPDATE SET epoch = excluded.epoch, rev = excluded.rev,"
        " body = excluded.body, is_installed = is_installed AND body = excluded.body"
        " WHERE change.epoch <> excluded.epoch OR change.rev < excluded.rev",
        (change.stream, change.id, epoch, change.rev, change.body),
    )
    return changed > 0
