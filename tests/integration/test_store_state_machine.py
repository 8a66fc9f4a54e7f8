"""Kiosks, a server and a bad world in any order: what was confirmed is on the server once peace returns.

The stores are real; the server is a model of docs/sync.md that keeps rows in dicts.
"""

from __future__ import annotations

import copy
import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from supportpoint.clock import FixedClock
from supportpoint.protocol import (
    BatchReceipt,
    BlobNeed,
    Item,
    Range,
    Result,
    SyncReply,
    identity_hash,
    range_digest,
    unsigned,
)
from supportpoint.records import DeviceIdentity, SealedBlob, SealedCase
from supportpoint.sealing.item import verify_item
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.store.keys import DeviceKeys
from supportpoint.store.store import Store

KEYS = DeviceKeys(secrets.token_bytes(32), SignKey.make(), SealKey.make(), "key_file")
SERVER = SignKey.make()
MAX_KIOSKS = 3
PASS_LIMIT = 40
"""Round trips that one pass may need; more means that it triggers itself."""


@dataclass
class Rows:
    """What a backup of the server holds."""

    items: dict[str, Item] = field(default_factory=dict)
    places: dict[tuple[str, int], str] = field(default_factory=dict)
    blobs: dict[bytes, int] = field(default_factory=dict)
    head: int = 0


class ModelServer:
    """Applies each item once, by id and by place, and says so under its signature."""

    def __init__(self) -> None:
        self.rows = Rows()
        self.epoch = secrets.token_hex(8)
        self.backups: list[Rows] = []

    def sync(self, epoch: str, items: tuple[Item, ...]) -> SyncReply:
        results = tuple(self._take(item) for item in items)
        self.rows.head += 1
        receipt = BatchReceipt(
            epoch=self.epoch,
            device="kiosk-1",
            now="",
            results=tuple(
                (item.id, result.status, identity_hash(item))
                for item, result in zip(items, results, strict=True)
            ),
        )
        return SyncReply(
            epoch=self.epoch,
            now="",
            have=self._have(with_digests=epoch != self.epoch),
            results=results,
            receipt=msgspec.structs.replace(receipt, signature=SERVER.sign(unsigned(receipt))),
            cursor=self.rows.head,
        )

    def _have(self, *, with_digests: bool) -> tuple[Range, ...]:
        """List what was received; to a kiosk of another epoch only what is here with all its files."""
        return tuple(
            Range(
                incarnation=name, first=seq, last=seq, digest=range_digest([item_id]) if with_digests else b""
            )
            for (name, seq), item_id in sorted(self.rows.places.items())
            if not with_digests or not self.lacking(self.rows.items[item_id])
        )

    def _take(self, item: Item) -> Result:
        verify_item(item, KEYS.sign.public)
        known = self.rows.items.get(item.id)
        if known is None:
            if (item.incarnation, item.seq) in self.rows.places:
                return Result(id=item.id, status="forked")
            self.rows.items[item.id] = item
            self.rows.places[item.incarnation, item.seq] = item.id
        elif identity_hash(known) != identity_hash(item):
            return Result(id=item.id, status="held")
        need = self.lacking(item)
        return Result(id=item.id, status="stored" if need else "complete", need=need)

    def lacking(self, item: Item) -> tuple[BlobNeed, ...]:
        offsets = ((blob, self.rows.blobs.get(blob.sha256, 0)) for blob in item.blobs)
        return tuple(
            BlobNeed(sha256=blob.sha256, offset=offset) for blob, offset in offsets if offset < blob.len
        )

    def back_up(self) -> None:
        self.backups.append(copy.deepcopy(self.rows))

    def restore(self, which: int) -> None:
        self.rows = copy.deepcopy(self.backups[which % len(self.backups)])
        self.epoch = secrets.token_hex(8)


class BadWorld(RuleBasedStateMachine):
    """One device identity, up to three machines that hold it (copied disks), one server."""

    @initialize()
    def begin(self):
        self.clock = FixedClock(datetime(2026, 11, 23, tzinfo=UTC))
        self.root = Path(tempfile.mkdtemp())
        self.server = ModelServer()
        self.confirmed: dict[str, bytes] = {}
        self.old_databases: dict[int, bytes] = {}
        self.stores = [self._open(0)]
        self.stores[0].save_identity(
            DeviceIdentity(
                "kiosk-1", "kiosk", "https://sync.example", "03316", "Xã Mẫu", "Mẫu", "11",
                SERVER.public, bytes(32), b"", self.server.epoch,
            )
        )  # fmt: skip

    def _dir(self, kiosk: int) -> Path:
        return self.root / str(kiosk)

    def _open(self, kiosk: int) -> Store:
        return Store.open(self._dir(kiosk), self.clock, KEYS, free_space_floor_bytes=0)

    def _reopen(self, kiosk: int, spoil: Callable[[], None] = lambda: None) -> None:
        self.stores[kiosk].close()
        spoil()
        self.stores[kiosk] = self._open(kiosk)

    kiosks = st.integers(min_value=0, max_value=MAX_KIOSKS - 1)

    @rule(count=st.integers(min_value=1, max_value=3), photos=st.integers(min_value=0, max_value=2))
    def seal_everywhere(self, count, photos):
        for store in self.stores * count:
            self._seal(store, photos)

    @rule(kiosk=kiosks, photos=st.integers(min_value=0, max_value=2))
    def seal(self, kiosk, photos):
        self._seal(self.stores[kiosk % len(self.stores)], photos)

    def _seal(self, store, photos):
        contents = [secrets.token_bytes(60) for _ in range(photos)]
        blobs = tuple(SealedBlob(hashlib.sha256(one).digest(), one) for one in contents)
        case = SealedCase("case", secrets.token_hex(8), secrets.token_bytes(40), blobs, "", bytes(32))
        item = store.queue_case(case)
        self.confirmed[item.id] = identity_hash(item)

    @rule(kiosk=kiosks, cut_after=st.integers(min_value=0, max_value=6))
    def sync_over_a_dying_link(self, kiosk, cut_after):
        self._pass(self.stores[kiosk % len(self.stores)], cut_after)

    @rule(kiosk=kiosks)
    def sync(self, kiosk):
        self._pass(self.stores[kiosk % len(self.stores)], PASS_LIMIT)

    @rule()
    def back_up_the_server(self):
        self.server.back_up()

    @precondition(lambda self: self.server.backups)
    @rule(which=st.integers(min_value=0, max_value=9))
    def restore_the_server(self, which):
        self.server.restore(which)

    @precondition(lambda self: len(self.stores) < MAX_KIOSKS)
    @rule(kiosk=kiosks)
    def copy_the_disk(self, kiosk):
        source, copied = kiosk % len(self.stores), len(self.stores)
        self._reopen(source, lambda: shutil.copytree(self._dir(source), self._dir(copied)))
        self.stores.append(self._open(copied))

    @rule(kiosk=kiosks)
    def lose_the_database(self, kiosk):
        kiosk %= len(self.stores)
        self._reopen(kiosk, lambda: [path.unlink() for path in self._dir(kiosk).glob("supportpoint.db*")])

    @rule(kiosk=kiosks)
    def keep_a_copy_of_the_database(self, kiosk):
        kiosk %= len(self.stores)
        self.stores[kiosk].end_visit()
        self.old_databases[kiosk] = (self._dir(kiosk) / "supportpoint.db").read_bytes()
        self._reopen(kiosk)  # reading the file dropped its locks

    @rule(kiosk=kiosks)
    def put_the_old_database_back(self, kiosk):
        kiosk %= len(self.stores)
        if kiosk in self.old_databases:
            path = self._dir(kiosk) / "supportpoint.db"
            self._reopen(kiosk, lambda: path.write_bytes(self.old_databases[kiosk]))

    @rule(seconds=st.sampled_from([1, 1000, 90_000, -400_000_000]))
    def turn_the_clock(self, seconds):
        self.clock.advance(seconds)

    @invariant()
    def nothing_is_applied_that_was_never_sealed(self):
        if hasattr(self, "server"):
            for item in self.server.rows.items.values():
                assert self.confirmed[item.id] == identity_hash(item)

    def _pass(self, store: Store, cut_after: int) -> int:
        """Send until nothing waits, or until the link dies with the next answer lost; count round trips."""
        trips = 0
        while True:
            batch = store.take_batch(limit=3)
            reply = self.server.sync(store.get_identity().epoch, batch)
            trips += 1
            if trips > cut_after:
                return trips
            store.apply_reply(reply)
            store.apply_reply(reply)  # the same answer twice changes nothing more
            for blob in store.list_blobs_to_send():
                has = self.server.rows.blobs.get(blob.sha256, 0)
                reached = min(blob.len, has + (25 if cut_after < PASS_LIMIT else blob.len))
                assert hashlib.sha256(blob.path.read_bytes()).digest() == blob.sha256
                self.server.rows.blobs[blob.sha256] = reached
                store.note_blob_offset(blob.sha256, reached)
            if not store.take_batch(limit=1):
                return trips

    def teardown(self):
        """Peace: every machine syncs a few times, and all that was confirmed is there."""
        try:
            for _ in range(6):
                self.clock.advance(90_000)
                for store in self.stores:
                    assert self._pass(store, PASS_LIMIT) <= PASS_LIMIT, "a pass triggers itself"
            for store in self.stores:
                assert store.counts().waiting == 0
            assert {
                name: identity_hash(item) for name, item in self.server.rows.items.items()
            } == self.confirmed
            assert not [item.id for item in self.server.rows.items.values() if self.server.lacking(item)]
            for store in self.stores:
                assert store.take_batch() == ()
        finally:
            for store in self.stores:
                store.close()
            shutil.rmtree(self.root)


BadWorld.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestBadWorld = pytest.mark.chaos(BadWorld.TestCase)
