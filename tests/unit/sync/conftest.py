"""A server in memory that keeps the protocol honestly, a lossy way to it, and kiosks on real stores."""

from __future__ import annotations

import copy
import hashlib
import os
import shutil
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from supportpoint.clock import FixedClock, make_uuid7
from supportpoint.errors import SupportPointError
from supportpoint.protocol import (
    BatchReceipt,
    BlobNeed,
    Change,
    DropReceipt,
    Item,
    Range,
    Result,
    SyncReply,
    SyncRequest,
    TimeReply,
    identity_hash,
    range_digest,
    unsigned,
)
from supportpoint.records import DeviceIdentity, ItemState, SealedBlob, SealedCase, SyncReport
from supportpoint.sealing.item import verify_item
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import Keyset, sign_keyset
from supportpoint.store.access import DirectAccess
from supportpoint.store.keys import DeviceKeys
from supportpoint.store.store import Store
from supportpoint.sync.pace import Pace
from supportpoint.sync.passes import run_pass

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
        fresh = self.changes[cursor : cursor + self.page]
        return SyncReply(
            epoch=self.epoch,
            now=NOW.isoformat(),
            have=self._ranges(device, is_new_epoch=request.epoch != self.epoch),
            have_through=0,
            results=results,
            receipt=receipt if request.items else None,
            drop_receipt=self._take_drops(request) if request.sealed_drops else None,
            changes=tuple(fresh),
            cursor=cursor + len(fresh),
            more=cursor + len(fresh) < len(self.changes),
            next_sync_s=60,
            blob_slots=self.blob_slots,
        )

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
        """Take bytes at `offset`; return the offset afterwards, the present one when it is another."""
        part = self.blobs.setdefault(sha256, bytearray())
        if len(part) == offset:
            part += content
            if len(part) == length and not self.has_blob(sha256):
                del self.blobs[sha256]
                raise SupportPointError("SP-506", status=460)
        return len(self.blobs[sha256])

    def announce(self, stream: str, ref: str, body: bytes) -> None:
        self.changes.append(Change(stream=stream, id=ref, rev=len(self.changes) + 1, body=body))

    def backup(self) -> FakeServer:
        return copy.deepcopy(self)

    def restore(self, backup: FakeServer, *, with_files: bool = False) -> None:
        """Go back to `backup`, as a new life: what came since is forgotten, and the epoch is another.

        `with_files` goes back with the attachments, too; otherwise their storage outlives the database.
        """
        kept = copy.deepcopy(backup)
        if not with_files:
            kept.blobs = self.blobs
        kept.epoch = f"{self.epoch}+"
        kept.devices = self.devices
        vars(self).update(vars(kept))


@dataclass
class LossyTransport:
    """A way to a FakeServer. Each word of `faults` spoils one call, in order; "" lets it pass.

    drop: never arrives. lost: arrives, and the answer does not. twice: arrives twice. Anything in
    `sick` is an HTTP status for every batch that holds one of `poison`.
    """

    server: FakeServer
    device: str
    faults: deque[str] = field(default_factory=deque)
    poison: set[str] = field(default_factory=set)
    sick: int = 500
    block: int = 16 * 1024
    pace: Pace = field(default_factory=Pace)
    batches: list[tuple[str, ...]] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    heard: list[SyncRequest] = field(default_factory=list)

    def _spoil(self, call: str) -> str:
        self.calls[call] += 1
        fault = self.faults.popleft() if self.faults else ""
        if fault == "drop":
            raise SupportPointError("SP-501", reason="drop")
        if fault.startswith("SP-"):
            raise SupportPointError(fault)
        return fault

    def sync(self, request: SyncRequest) -> SyncReply:
        fault = self._spoil("sync")
        self.batches.append(tuple(item.id for item in request.items))
        if self.poison & {one.id for one in (*request.items, *request.sealed_drops)}:
            raise SupportPointError("SP-506", status=self.sick)
        self.heard.append(request)
        reply = self.server.sync(self.device, request)
        if fault == "twice":
            reply = self.server.sync(self.device, request)
        if fault == "lost":
            raise SupportPointError("SP-501", reason="lost")
        return reply

    def blob_offset(self, sha256: bytes) -> int:
        self._spoil("head")
        return len(self.server.blobs.get(sha256, b""))

    def send_blob(self, sha256: bytes, path: Path, offset: int, length: int, stop: object) -> int:
        fault = self._spoil("patch")
        content = path.read_bytes()[offset:]
        if fault == "lost":
            self.server.patch(sha256, offset, length, content[: self.block])
            raise SupportPointError("SP-501", reason="lost", sent_bytes=self.block)
        if fault == "garbled":
            content = os.urandom(len(content))
        if fault == "twice":
            self.server.patch(sha256, offset, length, content)
        return self.server.patch(sha256, offset, length, content)

    def fetch_bundle(self, sha256: bytes) -> bytes:
        self._spoil("bundle")
        return self.server.bundles[sha256]

    def time(self) -> TimeReply:
        return TimeReply(now=NOW.isoformat(), nonce=b"")


class PatientStop:
    """A stop event whose waits take no time."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.is_stopped = False

    def is_set(self) -> bool:
        return self.is_stopped

    def wait(self, timeout: float) -> bool:
        self.waits.append(timeout)
        return self.is_stopped


class Shelf:
    """Takes any package that starts with "good"."""

    def __init__(self) -> None:
        self.installed: list[bytes] = []

    def install(self, content: bytes, keyset: Keyset, /) -> None:
        if not content.startswith(b"good"):
            raise SupportPointError("SP-602")
        self.installed.append(content)


class Kiosk:
    """A real store on disk, enrolled at a FakeServer, with the way there."""

    def __init__(self, folder: Path, server: FakeServer, device: str = "kiosk-1") -> None:
        self.folder = folder
        self.clock = FixedClock(NOW)
        self.keys = DeviceKeys(os.urandom(32), SignKey.make(), SealKey.make(), "key_file")
        self.server = server
        server.devices[device] = self.keys.sign.public
        self.transport = LossyTransport(server, device)
        self.shelf = Shelf()
        self.stop = PatientStop()
        self.sealed: dict[str, SealedCase] = {}
        self.store = self._open()
        self.store.save_identity(
            DeviceIdentity(
                device=device,
                role="kiosk",
                server_url="https://localhost",
                commune_code="03316",
                commune_name="Xã Thử",
                point_name="Điểm Thử",
                province_code="11",
                server_public=server.key.public,
                root_public=server.root.public,
                keyset=server.keyset,
                epoch=server.epoch,
            )
        )

    def _open(self) -> Store:
        return Store.open(self.folder, self.clock, self.keys, free_space_floor_bytes=0)

    def clone(self, folder: Path) -> Kiosk:
        """Return a second machine made from a copy of this one's disk, keys and all."""
        self.store.close()
        shutil.copytree(self.folder, folder)
        other = copy.copy(self)
        other.folder, other.sealed, other.shelf = folder, {}, Shelf()
        other.transport = LossyTransport(self.server, self.transport.device)
        self.store, other.store = self._open(), other._open()
        return other

    def restart(self) -> None:
        self.store.close()
        self.store = self._open()

    def seal(self, *blob_sizes: int, size: int = 700) -> SealedCase:
        contents = [os.urandom(blob_size) for blob_size in blob_sizes]
        sealed = SealedCase(
            kind="case",
            id=str(make_uuid7(self.clock.now())),
            envelope=os.urandom(size),
            blobs=tuple(SealedBlob(hashlib.sha256(content).digest(), content) for content in contents),
            case_number="DB7-4K2-9X8",
            receipt_hash=os.urandom(32),
        )
        self.store.queue_case(sealed)
        self.sealed[sealed.id] = sealed
        return sealed

    def sync(self) -> SyncReport:
        return run_pass(
            DirectAccess(self.store), self.transport, self.shelf, clock=self.clock, stop=self.stop
        )

    def states(self) -> dict[str, ItemState]:
        return {row.id: row.state for row in self.store.list_items()}

    def sync_until_quiet(self, passes: int = 8) -> None:
        """Let an hour pass between passes, until nothing waits."""
        for _ in range(passes):
            self.sync()
            if self.store.counts().waiting == 0:
                return
            self.clock.advance(3601)


@pytest.fixture
def server() -> FakeServer:
    return FakeServer()


@pytest.fixture
def make_kiosk(tmp_path: Path, server: FakeServer) -> Iterator[Callable[..., Kiosk]]:
    made: list[Kiosk] = []

    def make(device: str = "kiosk-1") -> Kiosk:
        made.append(Kiosk(tmp_path / device, server, device))
        return made[-1]

    yield make
    for kiosk in made:
        kiosk.store.close()


@pytest.fixture
def make_world(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Kiosk]:
    """Make a kiosk with a server of its own, as often as wanted."""
    return lambda: Kiosk(tmp_path_factory.mktemp("world") / "kiosk", FakeServer())


@pytest.fixture
def kiosk_keyset(server: FakeServer) -> bytes:
    return server.keyset


@pytest.fixture
def kiosk(make_kiosk: Callable[..., Kiosk]) -> Kiosk:
    return make_kiosk()
