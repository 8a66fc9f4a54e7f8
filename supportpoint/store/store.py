"""The facade: every question and order that the rest of the product has for the store.

The work is in the sibling modules, one subject each. Open one `Store` per thread.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from supportpoint.clock import Clock
from supportpoint.config import Settings
from supportpoint.courier_messages import CourierAnswer
from supportpoint.errors import SupportPointError
from supportpoint.protocol import BoxBody, Change, Drop, DropReceipt, Item, Seen, SyncReply
from supportpoint.records import DeviceIdentity, Draft, QueueCounts, SealedCase
from supportpoint.sealing.drops import SealedDrops
from supportpoint.store import (
    audit,
    backups,
    ballast,
    carried,
    drafts,
    drops,
    identity,
    locked,
    outbox,
    pulled,
    queueing,
    replies,
    retention,
    search,
)
from supportpoint.store.carried import ToCarry
from supportpoint.store.health import Health, find_health
from supportpoint.store.keys import DeviceKeys
from supportpoint.store.lock import FileLock
from supportpoint.store.opening import Opened
from supportpoint.store.recovery import open_folder
from supportpoint.store.retention import Erased
from supportpoint.store.search import Entry
from supportpoint.store.values import Applied, AuditState, BlobToSend, DropCounts, Locked, OutboxRow

T = TypeVar("T")
BATCH_LIMIT = 50
BATCH_BYTES = 192 * 1024


class Store:
    """One open data folder: drafts, outbox, mailbox, identity. Belongs to the thread that opened it.

    Errors: every method may raise SP-201 (another program wrote for 5 s), SP-202 (disk full or
    failed: nothing changed) and SP-210 (damaged).
    Source: docs/decisions/0001-outbox.md
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    @classmethod
    def open(
        cls,
        data_dir: Path,
        clock: Clock,
        keys: DeviceKeys,
        *,
        free_space_floor_bytes: int = Settings().free_space_floor_bytes,
    ) -> Store:
        """Open the data folder, making or upgrading its database, and mend what a crash left behind.

        A damaged database is repaired; items that only `spool/` still knows go back into the outbox.
        Units:  below `free_space_floor_bytes` free, new attachments are refused (SP-207).
        Errors: SP-201, SP-202; SP-203 when `keys` are not the database's; SP-205 when a newer version
                made it; SP-206 when it cannot be made durable; SP-210 when it is damaged and open elsewhere.
        """
        return cls(open_folder(data_dir, clock, keys, free_space_floor_bytes))

    def close(self) -> None:
        """Close the database. A second call does nothing."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def sync_lock(self) -> FileLock:
        """Return the lock that makes one sync pass the only one of this data folder, not yet taken.

        Errors: `take` raises SP-508 when the kiosk or a command is syncing.
        """
        return self._opened.sync_lock()

    def find_identity(self) -> DeviceIdentity | None:
        """Return who this machine is to the server, with the epoch last seen; None before enrolment."""
        return identity.find_identity(self._opened)

    def get_identity(self) -> DeviceIdentity:
        """Return who this machine is to the server.

        Errors: SP-102 before enrolment.
        """
        return identity.get_identity(self._opened)

    def save_identity(self, new: DeviceIdentity) -> None:
        """Store the identity of an enrolment. As another device, what waits is wrapped and signed anew."""
        identity.save_identity(self._opened, new)

    def save_keyset(self, signed: bytes) -> None:
        """Store a root-signed keyset.

        Errors: SP-102; SP-406 when it is not signed by our root or not newer; nothing changed.
        """
        identity.save_keyset(self._opened, signed)

    def get_cursor(self) -> int:
        """Return the place in the pull streams; it counts within the epoch of the identity."""
        return identity.get_cursor(self._opened)

    def save_draft(self, draft: Draft) -> None:
        """Store an unfinished form and its attachments under its id, in place of what was there.

        Errors: SP-207 when there is too little room for a new attachment.
        """
        self._save(lambda: drafts.save_draft(self._opened, draft))

    def find_draft(self, draft_id: str) -> Draft | None:
        """Return a draft with its attachments in order, None when there is none."""
        return drafts.find_draft(self._opened, draft_id)

    def list_drafts(self) -> tuple[Draft, ...]:
        """Return all drafts, newest first, without their attachments: `attachments` is empty here."""
        return drafts.list_drafts(self._opened)

    def delete_draft(self, draft_id: str) -> None:
        """Delete a draft and its attachments, if it is there."""
        drafts.delete_draft(self._opened, draft_id)

    def save_locked(self, entry: Locked) -> None:
        """Store what three pictures open, in place of what was there under its id."""
        self._save(lambda: locked.save_locked(self._opened, entry))

    def list_locked_drafts(self) -> tuple[Locked, ...]:
        """Return the locked drafts that are still kept, the newest first; what is over is deleted."""
        return locked.list_locked_drafts(self._opened)

    def find_locked(self, entry_id: str) -> Locked | None:
        """Return the locked entry of an id, None when there is none."""
        return locked.find_locked(self._opened, entry_id)

    def note_wrong(self, entry_id: str) -> int:
        """Count wrong pictures; return how many tries are left. With the last the secret part is deleted."""
        return locked.note_wrong(self._opened, entry_id)

    def delete_locked(self, entry_id: str) -> None:
        """Delete a locked entry, if it is there."""
        locked.delete_locked(self._opened, entry_id)

    def empty_log(self) -> bool:
        """Empty the write-ahead log, so that nothing of a deleted draft stays in it.

        False when another program was reading and the log could not be emptied yet.
        """
        return drafts.empty_log(self._opened)

    def end_visit(self) -> bool:
        """Empty the write-ahead log as `empty_log` does, and make room for the saves of the next visit."""
        return drafts.end_visit(self._opened)

    def queue_case(self, sealed: SealedCase, *, draft_id: str | None = None) -> Item:
        """Put a sealed submission into the outbox and delete its draft, all or nothing, durably.

        When this returns, the case survives a power cut; when it raises, the draft is still there.
        The same case again is answered with the item that is there.
        Errors: SP-102; SP-201; SP-202; SP-210; ValueError when another envelope has this id.
        """
        return self._save(lambda: queueing.queue_case(self._opened, sealed, draft_id))

    def queue_drops(self, sealed: SealedDrops, *, draft_id: str | None = None) -> None:
        """Keep protected feedback until the server has it, and delete its draft, all or nothing, durably.

        Errors: SP-102; SP-201; SP-202; SP-210.
        """
        self._save(lambda: drops.queue_drops(self._opened, sealed, draft_id))

    def take_drops(
        self, max_bytes: int, *, skip: Collection[str] = (), server_now: str = "", again: bool = False
    ) -> tuple[Drop, ...]:
        """Return, shuffled, the drops whose wait is over; call it while the link is up: their waits run on.

        Shape:  `server_now` is the server's time, by which delivered ones end; `again` offers all anew.
        Units:  `max_bytes` counts envelope bytes; the first drop comes whatever its size.
        """
        return drops.take_drops(self._opened, max_bytes, skip=skip, server_now=server_now, again=again)

    def list_drops_to_carry(self, max_bytes: int) -> tuple[Drop, ...]:
        """Return, shuffled, every drop that the server has not signed for: a stick waits for nothing."""
        return drops.take_drops(self._opened, max_bytes, waits=False)

    def note_drops(self, receipt: DropReceipt, server_now: str = "") -> int:
        """Remember the drops that the server signed for; return how many that is news of.

        Errors: SP-102; SP-502 when it is not our server's word.
        """
        return drops.note_drops(self._opened, receipt, server_now)

    def count_drops(self) -> DropCounts:
        """Return how many sealed drops wait and how many are kept after delivery."""
        return drops.count_drops(self._opened)

    def note_audit(self, what: str, *, once: bool = False, **facts: object) -> None:
        """Add to the audit chain what staff or this machine did; with `once` not twice in a row.

        Errors: ValueError for a fact that is no code, count or id: nothing of a person goes in here.
        """
        audit.note(self._opened, what, facts, once=once)

    def check_audit(self) -> AuditState:
        """Read the whole audit chain and say whether and where it breaks."""
        return audit.check(self._opened)

    def list_due_audit(self) -> tuple[tuple[int, bytes], ...]:
        """Return (place, row) of the audit rows to send now, oldest first; empty while all are fresh."""
        return audit.list_due(self._opened)

    def queue_audit(self, sealed: SealedCase, *, through: int) -> None:
        """Put sealed audit rows, those up to the place `through`, into the outbox."""
        queueing.queue_case(self._opened, sealed, None)
        audit.note_sent(self._opened, through, sealed.id)

    def take_batch(self, limit: int = BATCH_LIMIT, max_bytes: int = BATCH_BYTES) -> tuple[Item, ...]:
        """Return the first items that a verdict is wanted for, without removing them.

        Shape:  legal aid first, then the oldest, at most `limit`; empty when nothing waits. Beside QUEUED
                items these are STORED ones whose last blob has arrived, to hear that they are complete.
        Units:  `max_bytes` counts envelope bytes; the first item comes whatever its size.
        Source: docs/decisions/0001-outbox.md
        """
        return outbox.take_batch(self._opened, limit, max_bytes)

    def apply_reply(self, reply: SyncReply) -> Applied:
        """Apply verdicts, received ranges, changes and cursor of one reply in one transaction.

        A stored, complete or held verdict counts only when the server's signed batch receipt says the
        same of the same bytes. Applying a reply twice changes nothing more.
        Errors: SP-102; SP-502 when the reply names no epoch or its receipt is not our server's.
        Source: docs/decisions/0001-outbox.md
        """
        return replies.apply_reply(self._opened, reply)

    def list_to_carry(self, limit: int) -> tuple[ToCarry, ...]:
        """Return what a stick should carry: what the server does not hold whole, in order of sending."""
        return carried.list_to_carry(self._opened, limit)

    def apply_answer(self, answer: CourierAnswer) -> Applied:
        """Apply the server's signed answer that a stick brought; its own signature was checked.

        Errors: SP-102; SP-502 when its receipt is not our server's; SP-906 for another device's.
        """
        return carried.apply_answer(self._opened, answer)

    def list_blobs_to_send(self) -> tuple[BlobToSend, ...]:
        """Return the attachment envelopes of STORED items that the server lacks, in order of sending."""
        return outbox.list_blobs_to_send(self._opened)

    def note_blob_offset(self, sha256: bytes, offset: int) -> None:
        """Remember how many bytes of a blob the server has; also downwards. Full blobs call for a verdict."""
        outbox.note_blob_offset(self._opened, sha256, offset)

    def note_failure(self, item_ids: Iterable[str], code: str, *, skip_s: float = 0.0) -> None:
        """Count an attempt of these items that ended with `code`; leave them out for `skip_s` seconds.

        The wait is advice only: an error never moves an item, and there is no last attempt.
        """
        outbox.note_failure(self._opened, item_ids, code, skip_s)

    def set_aside(self, item_id: str, code: str) -> None:
        """Hand an unfinished item to a person (NEEDS_PERSON) because of `code`; nothing is deleted."""
        outbox.set_aside(self._opened, item_id, code)

    def start_incarnation(self, reason: str) -> str:
        """Draw a new incarnation, wrap and sign anew what is not complete; return the new one."""
        return identity.start_incarnation(self._opened, reason)

    def counts(self) -> QueueCounts:
        """Return how many items stand where, and the attachment bytes still to send."""
        return outbox.counts(self._opened)

    def count_complete(self) -> int:
        """Return how many items that this device sealed the server has confirmed as complete."""
        return outbox.count_complete(self._opened, self.get_identity().device)

    def list_known(self) -> dict[bytes, bytes]:
        """Return what is held of the pull streams as a manifest names it: row key → digest of its body."""
        return pulled.list_known(self._opened)

    def list_seen(self) -> tuple[Seen, ...]:
        """Return which boxes are held, by receipt hash, epoch and rev."""
        return pulled.list_seen(self._opened)

    def apply_rows(self, changes: Iterable[Change], cursor: int) -> tuple[int, int]:
        """Apply rows fetched by comparison and store the cursor, at once; return (changed, ignored)."""
        return pulled.apply_rows(self._opened, changes, cursor)

    def list_items(self) -> tuple[OutboxRow, ...]:
        """Return every outbox item, newest first."""
        return outbox.list_items(self._opened)

    def find_box(self, receipt_hash: bytes) -> BoxBody | None:
        """Return the mailbox of a receipt (32-byte hash of its secret), None when none has come yet."""
        return pulled.find_box(self._opened, receipt_hash)

    def find_item_state(self, receipt_hash: bytes) -> OutboxRow | None:
        """Return the newest outbox item or the feedback of a receipt, None when this machine holds none."""
        found = outbox.find_item_state(self._opened, receipt_hash)
        return found or drops.find_drop_state(self._opened, receipt_hash)

    def pending_bundles(self) -> tuple[Change, ...]:
        """Return the announced bundles not noted as installed, in order of their rev."""
        return pulled.pending_bundles(self._opened)

    def note_bundle_installed(self, bundle_id: str, rev: int) -> None:
        """Remember that the bundle announced as (`bundle_id`, `rev`) needs no fetching any more."""
        pulled.note_bundle_installed(self._opened, bundle_id, rev)

    def erase_old(self, draft_kept: timedelta = retention.KEPT["draft"]) -> Erased:
        """End what was kept long enough: drafts, locked entries, boxes, complete items, copies.

        A backup made afterwards in place of all others ends it there too.
        """
        return retention.erase_old(self._opened, draft_kept=draft_kept)

    def plan_backup(self, *, kept: int = backups.KEPT) -> Callable[[backups.GiveUp], Path] | None:
        """Return the work of making a backup, for any thread, or None when none is due.

        With `kept` of 1 it is due at once: something is to go from the older ones.
        Errors: the work raises those of `backups.make_backup`.
        """
        folder, clock, key = self._opened.folder, self._opened.clock, self._opened.keys.database_key
        if kept > 1 and not backups.is_due(folder, clock):
            return None
        return lambda give_up: backups.make_backup(folder, key, clock, kept=kept, give_up=give_up)

    def note_damage(self) -> None:
        """Say that rows could not be read: whoever opens next reads everything, and repairs.

        Errors: SP-210, always.
        """
        self._opened.db.is_doubted = True
        raise SupportPointError("SP-210")

    def hold_room(self) -> bool:
        """Hold room back on the disk for the day it is full; tell whether it is held."""
        return ballast.fill(self._opened.folder, self._opened.floor_bytes)

    def get_health(self) -> Health:
        """Return how the store is: backups, free space, the last repair."""
        return find_health(self._opened)

    def replace_entries(self, entries: Iterable[Entry]) -> None:
        """Make these the forms and articles that are found, in place of those before."""
        search.replace_entries(self._opened, entries)

    def list_entry_refs(self) -> list[tuple[str, str]]:
        """Return (kind, ref) of every entry that is found."""
        return search.list_refs(self._opened)

    def find_entries(self, text: str, limit: int = search.LIMIT) -> tuple[Entry, ...]:
        """Return forms and articles that hold every word of `text`, with or without marks; titles first."""
        return search.find_entries(self._opened, text, limit)

    def find_items(self, text: str, limit: int = search.LIMIT) -> tuple[OutboxRow, ...]:
        """Return outbox items whose case number holds `text`, newest first."""
        return search.find_items(self._opened, text, limit)

    def _save(self, save: Callable[[], T]) -> T:
        return ballast.save_even_when_full(self._opened.folder, save)
