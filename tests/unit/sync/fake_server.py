"""A server in memory that keeps the protocol honestly, and compares when a cursor means nothing."""

from __future__ import annotations

import copy
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec

from supportpoint.errors import SupportPointError
from supportpoint.protocol import (
    BatchReceipt,
    BlobNeed,
    Change,
    DropReceipt,
    Item,
    Listed,
    Range,
    Result,
    ResyncReply,
    ResyncRequest,
    Seen,
    SyncReply,
    SyncRequest,
    identity_hash,
    range_digest,
    row_digest,
    row_key,
    unsigned,
)
from supportpoint.records import ItemState
from supportpoint.sealing.item import verify_item
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.keyset import Keyset, sign_keyset

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class FakeServer:
    """Keeps every item once, signs every receipt, and counts how often each item took effect."""

    key: SignKey = field(default_factory=SignKey.make)
    root: SignKey = field(default_factory=SignKey.make)
    epoch: str = "epoch-1"
    devices: dict[str, bytes] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    counts: dict[tuple[str, str, int], str] = field(default_factory=dict)
    held: list[Item] = field(default_factory=list)
    blobs: dict[bytes, bytearray] = field(default_factory=dict)
    bundles: dict[bytes, bytes] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    effects: Counter[str] = field(default_factory=Counter)
    drops: dict[str, bytes] = field(default_factory=dict)
    page: int = 3
    blob_slots: int = 2
    compares: bool = False
    pruned_through: int = 0
    heard_of: list[Seen] = field(default_factory=list)

    @property
    def keyset(self) -> bytes:
        return sign_keyset(Keyset(version=1, not_before="2026-01-01", keys=()), self.root)

    def sync(self, device: str, request: SyncRequest) -> SyncReply:
        results = tuple(self._judge(device, item) for item in request.items)
        words = tuple(
            (result.id, result.status, identity_hash(item))
            for result, item in zip(results, request.items, strict=True)
        )
        receipt = BatchReceipt(epoch=self.epoch, device=device, now=NOW.isoformat(), results=words)
        receipt = msgspec.structs.replace(receipt, signature=self.key.sign(unsigned(receipt)))
        cursor = request.cursor if request.epoch == self.epoch else 0
        is_lost = cursor < 0 or cursor > len(self.changes) or 0 < cursor < self.pruned_through
        resync = self.compares and request.cursor != 0 and (request.epoch != self.epoch or is_lost)
        whole_only = (
            request.epoch != self.epoch or request.complete >= 0 or (resync and cursor > len(self.changes))
        )
        complete = sum(not self._lacks(item) for item in self.items.values() if item.device == device)
        cursor = len(self.changes) if resync else cursor
        fresh = self.changes[cursor : cursor + self.page]
        return SyncReply(
            epoch=self.epoch,
            now=NOW.isoformat(),
            have=self._ranges(device, is_new_epoch=whole_only),
            have_through=0,
            results=results,
            receipt=receipt if request.items else None,
            drop_receipt=self._take_drops(request) if request.sealed_drops else None,
            begun=tuple(
                BlobNeed(sha256=sha256, offset=len(part))
                for sha256, part in self.blobs.items()
                if part and not self.has_blob(sha256)
            ),
            changes=tuple(fresh),
            cursor=0 if resync else cursor + len(fresh),
            resync=resync,
            complete=complete,
            only_complete=whole_only,
            more=cursor + len(fresh) < len(self.changes),
            next_sync_s=60,
            blob_slots=self.blob_slots,
        )

    def resync(self, request: ResyncRequest) -> ResyncReply:
        """Answer a comparison, two rows at a time."""
        self.heard_of += request.receipts_seen
        rows = {seq: row for seq, row in enumerate(self.changes, start=1) if row.stream}
        if request.want:
            found = tuple(rows[seq] for seq in request.want[:2] if seq in rows)
            handled = len(request.want[:2])
            return ResyncReply(epoch=self.epoch, head=len(self.changes), changes=found, handled=handled)
        left = [seq for seq in rows if seq > request.after]
        listed = tuple(
            Listed(
                seq=seq,
                key=row_key(rows[seq].stream, rows[seq].id),
                digest=b"" if rows[seq].tombstone else row_digest(rows[seq].body),
            )
            for seq in left[:2]
        )
        return ResyncReply(epoch=self.epoch, head=len(self.changes), listed=listed, more=len(left) > 2)

    def _take_drops(self, request: SyncRequest) -> DropReceipt:
        for drop in request.sealed_drops:
            self.effects[drop.id] += drop.id not in self.drops
            self.drops[drop.id] = drop.envelope
        words = tuple((drop.id, hashlib.sha256(drop.envelope).digest()) for drop in request.sealed_drops)
        receipt = DropReceipt(epoch=self.epoch, drops=words)
        return msgspec.structs.replace(receipt, signature=self.key.sign(unsigned(receipt)))

    def _judge(self, device: str, item: Item) -> Result:
        known = self.items.get(item.id)
        count = (item.device, item.incarnation, item.seq)
        verify_item(item, self.devices[item.device])
        if self.counts.get(count, item.id) != item.id:
            return Result(id=item.id, status="forked")
        if known is not None and identity_hash(known) != identity_hash(item):
            self.held.append(item)
            return Result(id=item.id, status="held")
        self.counts[count] = item.id
        if known is None:
            self.items[item.id] = item
            self.effects[item.id] += 1
        need = self._lacks(item)
        return Result(id=item.id, status="stored" if need else "complete", need=need)

    def _lacks(self, item: Item) -> tuple[BlobNeed, ...]:
        return tuple(
            BlobNeed(sha256=blob.sha256, offset=len(self.blobs.get(blob.sha256, b"")))
            for blob in item.blobs
            if not self.has_blob(blob.sha256)
        )

    def _ranges(self, device: str, *, is_new_epoch: bool) -> tuple[Range, ...]:
        counts = sorted(count for count in self.counts if count[0] == device)
        if is_new_epoch:  # only what is whole: the rest is offered again
            counts = [count for count in counts if not self._lacks(self.items[self.counts[count]])]
        runs: list[list[tuple[str, str, int]]] = []
        for count in counts:
            if runs and runs[-1][-1][1:] == (count[1], count[2] - 1):
                runs[-1].append(count)
            else:
                runs.append([count])
        return tuple(
            Range(
                incarnation=run[0][1],
                first=run[0][2],
                last=run[-1][2],
                digest=range_digest(self.counts[count] for count in run) if is_new_epoch else b"",
            )
            for run in runs
        )

    def has_blob(self, sha256: bytes) -> bool:
        return hashlib.sha256(self.blobs.get(sha256, b"")).digest() == sha256

    def patch(self, sha256: bytes, offset: int, length: int, content: bytes) -> int:
        """Take bytes from `offset` on, passing over what is there; return the offset afterwards."""
        part = self.blobs.setdefault(sha256, bytearray())
        if len(part) >= offset:
            part += content[len(part) - offset :]
            if len(part) == length and not self.has_blob(sha256):
                del self.blobs[sha256]
                raise SupportPointError("SP-506", status=460)
        return len(self.blobs[sha256])

    def announce(self, stream: str, ref: str, body: bytes) -> None:
        self.changes.append(Change(stream=stream, id=ref, rev=len(self.changes) + 1, body=body))

    def backup(self) -> FakeServer:
        return copy.deepcopy(self)

    def restore(self, backup: FakeServer, *, files: FakeServer | None = None) -> None:
        """Go back to `backup`, as a new life: what came since is forgotten, and the epoch is another.

        The attachments go back to `files`, a copy of any moment; without it their storage outlives all.
        """
        kept = copy.deepcopy(backup)
        kept.blobs = self.blobs if files is None else copy.deepcopy(files.blobs)
        kept.epoch = f"{self.epoch}+"
        kept.devices = self.devices
        vars(self).update(vars(kept))


def assert_arrived_once(kiosk: Any, server: Any) -> None:
    """Fail unless every case of a kiosk is whole at the server, and came once."""
    assert set(kiosk.states().values()) == {ItemState.COMPLETE}
    for sealed in kiosk.sealed.values():
        assert server.items[sealed.id].envelope == sealed.envelope
        assert server.effects[sealed.id] == 1
        assert [bytes(server.blobs[blob.sha256]) for blob in sealed.blobs] == [
            blob.content for blob in sealed.blobs
        ]
