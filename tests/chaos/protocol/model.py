"""The province as docs/sync.md says it is, in dicts."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass, field
from pathlib import Path

from supportpoint.errors import SupportPointError
from supportpoint.protocol import (
    Item,
    Result,
    ResyncReply,
    ResyncRequest,
    SyncReply,
    SyncRequest,
    TimeReply,
)
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import Key, Keyset, sign_keyset
from supportpoint.sync.pace import Pace
from supportpoint.sync.transport import Stop
from tests.chaos.protocol.way import Channel, Kept
from tests.unit.sync.fake_server import FakeServer

CUT_BYTES = 16 * 1024
LEGAL_AID = SealKey.make()


@dataclass
class ModelServer(FakeServer):
    """A `FakeServer` that also revokes, and cuts its list of received ranges."""

    revoked: set[str] = field(default_factory=set)
    page: int = 1
    compares: bool = True

    @property
    def keyset(self) -> bytes:
        """The keyset, with an agency that reads urgent cases."""
        agency = Key(LEGAL_AID.kid, "seal", "legal_aid", "legal-aid-centre", LEGAL_AID.public)
        return sign_keyset(Keyset(version=1, not_before="2026-01-01", keys=(agency,)), self.root)

    def sync(self, device: str, request: SyncRequest) -> SyncReply:
        """Answer one request. Errors: SP-504 for a revoked device."""
        if device in self.revoked:
            raise SupportPointError("SP-504")
        return super().sync(device, request)

    def _judge(self, device: str, item: Item) -> Result:
        if item.device in self.revoked:
            self.held.append(item)
            return Result(id=item.id, status="held", code="SP-504", need=self._lacks(item))
        return super()._judge(device, item)


class ModelProvince:
    """`way.Province` over a `ModelServer`."""

    urgent_kid = LEGAL_AID.kid

    def __init__(self) -> None:
        self.server = ModelServer()
        self._numbers = itertools.count(1)

    def enrol(self, key: SignKey) -> DeviceIdentity:
        device = f"kiosk-{next(self._numbers)}"
        self.server.devices[device] = key.public
        return DeviceIdentity(
            device=device,
            role="kiosk",
            server_url="https://localhost",
            commune_code="03316",
            commune_name="Xã Thử",
            point_name="Điểm Thử",
            province_code="11",
            server_public=self.server.key.public,
            root_public=self.server.root.public,
            keyset=self.server.keyset,
            epoch=self.server.epoch,
        )

    def revoke(self, device: str) -> None:
        self.server.revoked.add(device)

    def is_welcome(self, device: str) -> bool:
        return device in self.server.devices and device not in self.server.revoked

    def open_way(self, identity: DeviceIdentity, key: SignKey, channel: Channel) -> ModelWay:
        del key
        return ModelWay(self.server, identity.device, channel)

    def take_stick(self, items: tuple[Item, ...], blobs: tuple[bytes, ...], carrier: str) -> None:
        for item in items:
            self.server._judge(carrier, item)
        for blob in blobs:
            address = hashlib.sha256(blob).digest()
            held = len(self.server.blobs.get(address, b""))
            self.server.patch(address, held, len(blob), blob[held:])

    def announce(self, stream: str, ref: str) -> None:
        self.server.announce(stream, ref, b"\xc1")

    def back_up(self) -> FakeServer:
        return self.server.backup()

    def restore(self, copied: FakeServer, *, files: FakeServer | None) -> None:
        self.server.restore(copied, files=files)

    def kept(self) -> dict[str, Kept]:
        return {
            item.id: Kept(item.envelope, item.blobs, self._has_bytes(item))
            for item in self.server.items.values()
        }

    def _has_bytes(self, item: Item) -> bool:
        """Look at the bytes, whatever the server believes."""
        files = ((blob.sha256, self.server.blobs.get(blob.sha256, b"")) for blob in item.blobs)
        return all(hashlib.sha256(content).digest() == sha256 for sha256, content in files)

    def count_doubled(self) -> int:
        return sum(count - 1 for count in self.server.effects.values())

    def held_ids(self) -> set[str]:
        return {item.id for item in self.server.held}

    def list_feed(self) -> list[tuple[int, str, str]]:
        return [(place, one.stream, one.id) for place, one in enumerate(self.server.changes, start=1)]

    @property
    def epoch(self) -> str:
        return self.server.epoch


class ModelWay:
    """`Transport` to a `ModelServer` over a channel."""

    def __init__(self, server: ModelServer, device: str, channel: Channel) -> None:
        self.pace = Pace()
        self._server = server
        self._device = device
        self._channel = channel

    def sync(self, request: SyncRequest) -> SyncReply:
        self._channel.note(request.items)
        return self._channel.pass_on(lambda: self._server.sync(self._device, request), lambda: None)

    def resync(self, request: ResyncRequest) -> ResyncReply:
        return self._channel.pass_on(lambda: self._server.resync(request), lambda: None)

    def blob_offset(self, sha256: bytes) -> int:
        return self._channel.pass_on(lambda: len(self._server.blobs.get(sha256, b"")), lambda: None)

    def send_blob(self, sha256: bytes, path: Path, offset: int, length: int, stop: Stop) -> int:
        self._channel.note_photo()
        content = path.read_bytes()[offset:]

        def send(size: int) -> int:
            return self._server.patch(sha256, offset, length, content[:size])

        return self._channel.pass_on(lambda: send(length), lambda: send(CUT_BYTES))

    def fetch_bundle(self, sha256: bytes) -> bytes:
        raise SupportPointError("SP-506", status=404)

    def forget_bundle(self, sha256: bytes) -> None:
        """Nothing was kept."""

    def time(self) -> TimeReply:
        return TimeReply(now="", nonce=b"")
