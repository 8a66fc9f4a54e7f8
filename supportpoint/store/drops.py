"""Sealed drops on their way: no counter, no signature, no moment finer than a day.

A drop leaves after a random wait that counts only while the link is up, so that neither the hour at which
somebody stood here nor the end of an outage shows in when it arrives. A stick may take it at once. What
the server signed for is kept for 30 of the server's days and offered again to a server of another epoch.
Source: docs/decisions/0017-drops-and-audit.md
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from secrets import SystemRandom

import msgspec

from supportpoint.clock import VIETNAM, local_day
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Drop, DropReceipt, Message, decode, encode, unsigned
from supportpoint.records import ItemState
from supportpoint.sealing.drops import SealedDrops
from supportpoint.sealing.keys import verify
from supportpoint.store.drafts import drop_draft
from supportpoint.store.driver import Row
from supportpoint.store.files import TMP_SUFFIX, publish_tmp, write_durably, write_tmp
from supportpoint.store.identity import get_identity
from supportpoint.store.locked import delete_locked
from supportpoint.store.opening import Opened
from supportpoint.store.spool import remove
from supportpoint.store.values import DropCounts, OutboxRow

LONGEST_WAIT_S = 2 * 3600.0
LONGEST_GAP_S = 1200.0
"""Between two answers of the server that lie further apart, the link may have been down."""
SHORT_CREDIT_S = 60.0
LATEST_DAYS = 3
KEPT_DAYS = 30
DAMAGED_SUFFIX = ".damaged"

_chance = SystemRandom()
logger = logging.getLogger(__name__)


class DropEntry(Message, frozen=True):
    """The mirror of a drop on disk. `count` is how many drops its submission has."""

    drop: Drop
    day: str
    count: int
    case_id: str
    case_number: str
    receipt_hash: bytes


def queue_drops(opened: Opened, sealed: SealedDrops, draft_id: str | None) -> None:
    """Keep a submission until the server has it, and delete its draft: all or nothing, durably.

    The same submission again changes nothing.
    Errors: SP-102; SP-201; SP-202; SP-210.
    """
    get_identity(opened)
    entries = [
        DropEntry(
            drop=drop,
            day=sealed.day,
            count=len(sealed.drops),
            case_id=sealed.case_id,
            case_number=sealed.case_number,
            receipt_hash=sealed.receipt_hash,
        )
        for drop in sealed.drops
    ]
    with opened.write_lock():
        written: list[Path] = []
        try:
            with opened.db.immediate():
                if find_drop_state(opened, sealed.receipt_hash) is None:
                    for entry in sorted(entries, key=lambda one: one.drop.id):
                        written.append(_write_mirror_tmp(opened, entry))
                        _insert(opened, entry)
                if draft_id is not None:
                    drop_draft(opened, draft_id)
                    delete_locked(opened, draft_id)
        except BaseException:
            remove(written)
            raise
        for path in written:
            with suppress(SupportPointError):  # committed: the next opening gives the mirror its name
                publish_tmp(path.with_name(path.stem))


def take_drops(  # noqa: PLR0913 - the wishes of two roads
    opened: Opened,
    max_bytes: int,
    *,
    skip: Collection[str] = (),
    server_now: str = "",
    again: bool = False,
    waits: bool = True,
) -> tuple[Drop, ...]:
    """Return drops to hand over now, shuffled, without removing them.

    Shape:  `skip` are ids to leave out; `server_now` is the server's word on the time, by which what is
            kept long enough ends; `again` offers everything anew, as to a server of another epoch. With
            `waits=False`, for a stick, no drop is held back.
    Units:  `max_bytes` counts envelope bytes; the first drop comes whatever its size.
    Errors: SP-102; SP-201; SP-202; SP-210.
    """
    epoch = get_identity(opened).epoch
    if not opened.db.rows("SELECT 1 FROM sealed_drop LIMIT 1"):
        return ()  # nothing to write down: a pass without drops costs the disk nothing
    with opened.db.immediate():
        if waits:
            _credit_link(opened)
        opened.db.execute(
            "UPDATE sealed_drop SET delivered_on = '', epoch = ''"
            " WHERE delivered_on != '' AND (epoch != ? OR ?)",
            (epoch, int(again)),
        )
        _end_old(opened, server_now)
        today = local_day(opened.clock.now())
        rows = opened.db.rows(
            "SELECT id, length(envelope) AS size FROM sealed_drop"
            " WHERE delivered_on = '' AND (? OR wait_s <= 0 OR day <= ? OR day > ?)",
            (int(not waits), _text(today - timedelta(LATEST_DAYS)), _text(today + timedelta(1))),
        )
    _chance.shuffle(rows)
    taken: list[str] = []
    size_bytes = 0
    for row in rows:
        size_bytes += row["size"]
        if row["id"] in skip or (taken and size_bytes > max_bytes):
            size_bytes -= row["size"]
        else:
            taken.append(row["id"])
    return tuple(_get_drop(opened, drop_id) for drop_id in taken)


def note_drops(opened: Opened, receipt: DropReceipt, server_now: str) -> int:
    """Remember which drops the server signed for, by its day; return how many that is news of.

    A receipt of another epoch, or for other bytes, changes nothing.
    Errors: SP-102; SP-502 when our server did not sign it; SP-201; SP-202.
    """
    identity = get_identity(opened)
    try:
        verify(identity.server_public, unsigned(receipt), receipt.signature)
    except SupportPointError as error:
        raise SupportPointError("SP-502", reason="drop receipt") from error
    if receipt.epoch != identity.epoch:
        return 0
    day = _server_day(opened, server_now)
    with opened.db.immediate():
        return sum(
            opened.db.execute(
                "UPDATE sealed_drop SET delivered_on = ?, epoch = ?"
                " WHERE id = ? AND sha256 = ? AND delivered_on = ''",
                (_text(day), receipt.epoch, drop_id, sha256),
            )
            for drop_id, sha256 in receipt.drops
        )


def count_drops(opened: Opened) -> DropCounts:
    """Return how many drops wait, and how many are kept after delivery."""
    row = opened.db.rows(
        "SELECT count(*) FILTER (WHERE delivered_on = '') AS waiting,"
        " count(*) FILTER (WHERE delivered_on != '') AS delivered FROM sealed_drop"
    )[0]
    return DropCounts(row["waiting"], row["delivered"])


def find_drop_state(opened: Opened, receipt_hash: bytes) -> OutboxRow | None:
    """Return how far the feedback of a receipt is, None when this machine holds none."""
    row = opened.db.find_row(
        "SELECT case_id, case_number, day, sum(delivered_on = '') AS waiting FROM sealed_drop"
        " WHERE receipt_hash = ? GROUP BY receipt_hash",
        (receipt_hash,),
    )
    if row is None:
        return None
    return OutboxRow(
        id=row["case_id"],
        kind="drop",
        state=ItemState.QUEUED if row["waiting"] else ItemState.COMPLETE,
        created_at=_midnight(row["day"]),
        blobs_done=0,
        blobs_total=0,
        last_error="",
        case_number=row["case_number"],
    )


def mend_drops(opened: Opened) -> None:
    """Bring rows and mirrors together again after a crash, or after a database was lost or came back older.

    A submission of which only mirrors without a name are left is sent when it is whole and deleted when
    it is not: then it was never acknowledged.
    Errors: SP-201; SP-202; SP-210.
    """
    rows = opened.db.rows("SELECT id FROM sealed_drop")
    known = {opened.folder.drop_path(row["id"]).name for row in rows}
    unknown: dict[bytes, list[tuple[Path, DropEntry]]] = {}
    for path in sorted(opened.folder.drops.iterdir()):
        name = path.stem if path.suffix == TMP_SUFFIX else path.name
        if path.suffix not in {TMP_SUFFIX, ".drop"} or path.name in known:
            continue
        if name in known:
            publish_tmp(path.with_name(name))
        elif (entry := _read_mirror(path)) is not None:
            unknown.setdefault(entry.receipt_hash, []).append((path, entry))
    for group in unknown.values():
        _take_back(opened, group)
    for row in opened.db.rows("SELECT * FROM sealed_drop"):
        path = opened.folder.drop_path(row["id"])
        if not path.exists():
            write_durably(path, encode(_entry_of(opened, row)))
            _blur(path, row["day"])


def _take_back(opened: Opened, group: list[tuple[Path, DropEntry]]) -> None:
    is_named = any(path.suffix != TMP_SUFFIX for path, _ in group)
    ids = {entry.drop.id for _, entry in group}
    if not is_named and len(ids) < group[0][1].count:
        remove(path for path, _ in group)
        return
    with opened.db.immediate():
        for drop_id, entry in {entry.drop.id: entry for _, entry in group}.items():
            logger.warning("a sealed drop was taken back from its mirror")
            if not opened.db.find_row("SELECT 1 FROM sealed_drop WHERE id = ?", (drop_id,)):
                _insert(opened, entry)
    for path, _ in group:
        if path.suffix == TMP_SUFFIX:
            publish_tmp(path.with_name(path.stem))


def _insert(opened: Opened, entry: DropEntry) -> None:
    opened.db.execute(
        "INSERT INTO sealed_drop (id, sha256, envelope, day, wait_s, case_id, case_number, receipt_hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.drop.id,
            hashlib.sha256(entry.drop.envelope).digest(),
            entry.drop.envelope,
            entry.day,
            _chance.uniform(0.0, LONGEST_WAIT_S),
            entry.case_id,
            entry.case_number,
            entry.receipt_hash,
        ),
    )


def _credit_link(opened: Opened) -> None:
    """Let the waits run on by the time that the link was up since it was last seen up.

    The machine's clock may lie; it is believed for 20 minutes at most, and never backwards.
    """
    row = opened.db.rows("SELECT linked_at FROM device")[0]
    now = opened.clock.now()
    gap_s = (now - datetime.fromisoformat(row["linked_at"])).total_seconds() if row["linked_at"] else 0.0
    credit_s = max(gap_s, 0.0) if gap_s <= LONGEST_GAP_S else SHORT_CREDIT_S
    opened.db.execute("UPDATE device SET linked_at = ?", (opened.now(),))
    opened.db.execute("UPDATE sealed_drop SET wait_s = wait_s - ? WHERE delivered_on = ''", (credit_s,))


def _end_old(opened: Opened, server_now: str) -> None:
    """Delete what the server has had for longer than 30 of its own days, inside the caller's transaction."""
    if not server_now:
        return
    oldest = _text(_server_day(opened, server_now) - timedelta(KEPT_DAYS))
    rows = opened.db.rows(
        "SELECT id FROM sealed_drop WHERE delivered_on != '' AND delivered_on < ?", (oldest,)
    )
    remove(opened.folder.drop_path(row["id"]) for row in rows)
    for row in rows:
        opened.db.execute("DELETE FROM sealed_drop WHERE id = ?", (row["id"],))


def _get_drop(opened: Opened, drop_id: str) -> Drop:
    row = opened.db.rows("SELECT id, envelope FROM sealed_drop WHERE id = ?", (drop_id,))[0]
    return Drop(id=row["id"], envelope=row["envelope"])


def _entry_of(opened: Opened, row: Row) -> DropEntry:
    count = opened.db.rows(
        "SELECT count(*) AS n FROM sealed_drop WHERE receipt_hash = ?", (row["receipt_hash"],)
    )[0]["n"]
    return DropEntry(
        drop=Drop(id=row["id"], envelope=row["envelope"]),
        day=row["day"],
        count=count,
        case_id=row["case_id"],
        case_number=row["case_number"],
        receipt_hash=row["receipt_hash"],
    )


def _write_mirror_tmp(opened: Opened, entry: DropEntry) -> Path:
    path = write_tmp(opened.folder.drop_path(entry.drop.id), encode(entry))
    _blur(path, entry.day)
    return path


def _blur(path: Path, day: str) -> None:
    """Let a file tell the day and not the moment, as far as the file system lets us."""
    moment_s = _midnight(day).timestamp()
    with suppress(OSError):
        os.utime(path, (moment_s, moment_s))


def _read_mirror(path: Path) -> DropEntry | None:
    try:
        return decode(path.read_bytes(), DropEntry)
    except (OSError, msgspec.DecodeError):
        logger.error("damaged drop file kept aside: %s", path.name)  # noqa: TRY400 - its bytes are not for a log
        with suppress(OSError):
            path.replace(path.with_name(path.name + DAMAGED_SUFFIX))
        return None


def _server_day(opened: Opened, server_now: str) -> date:
    try:
        return local_day(datetime.fromisoformat(server_now))
    except ValueError:
        return local_day(opened.clock.now())


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.min, VIETNAM)


def _text(day: date) -> str:
    return day.isoformat()
