"""A lossy way to the server in memory, and kiosks on real stores."""

from __future__ import annotations

import copy
import hashlib
import os
import shutil
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from supportpoint.clock import FixedClock, make_uuid7
from supportpoint.errors import SupportPointError
from supportpoint.protocol import (
    ResyncReply,
    ResyncRequest,
    SyncReply,
    SyncRequest,
    TimeReply,
)
from supportpoint.records import DeviceIdentity, ItemState, SealedBlob, SealedCase, SyncReport
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import Keyset
from supportpoint.store.access import DirectAccess
from supportpoint.store.keys import DeviceKeys
from supportpoint.store.store import Store
from supportpoint.sync.pace import Pace
from supportpoint.sync.passes import run_pass
from tests.unit.sync.fake_server import NOW, FakeServer


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
    acked: int | None = None
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

    def resync(self, request: ResyncRequest) -> ResyncReply:
        self._spoil("resync")
        return self.server.resync(request)

    def blob_offset(self, sha256: bytes) -> int:
        self._spoil("head")
        return len(self.server.blobs.get(sha256, b""))

    def send_blob(self, sha256: bytes, path: Path, offset: int, length: int, stop: object) -> int:
        fault = self._spoil("patch")
        content = path.read_bytes()[offset:]
        if fault == "lost":
            self.server.patch(sha256, offset, length, content[: self.block])
            raise SupportPointError("SP-501", reason="lost", sent_bytes=self.block, acked_bytes=self.acked)
        if fault == "stuck":
            return len(self.server.blobs.get(sha256, b""))
        if fault == "garbled":
            content = os.urandom(len(content))
        if fault == "twice":
            self.server.patch(sha256, offset, length, content)
        return self.server.patch(sha256, offset, length, content)

    def fetch_bundle(self, sha256: bytes) -> bytes:
        self._spoil("bundle")
        if sha256 not in self.server.bundles:
            raise SupportPointError("SP-506", status=404)
        return self.server.bundles[sha256]

    def forget_bundle(self, sha256: bytes) -> None:
        self.calls["forget"] += 1

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
