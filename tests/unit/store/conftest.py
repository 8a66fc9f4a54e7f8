"""An open store of an invented support point, and a server that can sign for it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from supportpoint.clock import FixedClock, make_uuid7
from supportpoint.protocol import BatchReceipt, Range, Result, SyncReply, identity_hash, unsigned
from supportpoint.records import DeviceIdentity, SealedBlob, SealedCase
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import Key, Keyset, sign_keyset
from supportpoint.store.keys import DeviceKeys
from supportpoint.store.store import Store

EPOCH = "0193aaaa-epoch-1"


@dataclass
class Province:
    """The far side: its keys, and replies as the real server would sign them."""

    root: SignKey = field(default_factory=SignKey.make)
    server: SignKey = field(default_factory=SignKey.make)
    office: SignKey = field(default_factory=SignKey.make)

    def keyset(self, version: int = 1, *offices: SignKey) -> bytes:
        keys = tuple(
            Key(kid=key.kid, use="sign", purpose="act", unit="03316", public=key.public)
            for key in (self.office, *offices)
        )
        return sign_keyset(Keyset(version=version, not_before="2026-01-01", keys=keys), self.root)

    def identity(self, **changes) -> DeviceIdentity:
        fields = {
            "device": "kiosk-1",
            "role": "kiosk",
            "server_url": "https://sync.example",
            "commune_code": "03316",
            "commune_name": "Xã Mẫu",
            "point_name": "Điểm hỗ trợ Mẫu",
            "province_code": "11",
            "server_public": self.server.public,
            "root_public": self.root.public,
            "keyset": self.keyset(),
            "epoch": EPOCH,
        }
        return DeviceIdentity(**(fields | changes))

    def reply(self, items=(), status="complete", *, need=(), have=None, **fields) -> SyncReply:
        """A signed reply that gives every item the same verdict and lists it as received."""
        epoch = fields.get("epoch", EPOCH)
        receipt = BatchReceipt(
            epoch=epoch,
            device=fields.pop("device", "kiosk-1"),
            now="2026-11-23T03:00:00Z",
            results=tuple((item.id, status, identity_hash(item)) for item in items),
        )
        signed = msgspec.structs.replace(receipt, signature=self.server.sign(unsigned(receipt)))
        listed = tuple(Range(incarnation=i.incarnation, first=i.seq, last=i.seq) for i in items)
        return SyncReply(
            **({"epoch": EPOCH, "now": "2026-11-23T03:00:00Z", "receipt": signed} | fields),
            results=tuple(Result(id=item.id, status=status, need=need) for item in items),
            have=listed if have is None else have,
        )


def sealed_case(blobs: int = 0, size: int = 700, case_id: str = "", receipt: bytes = b"") -> SealedCase:
    """A sealed case as the store sees it: opaque bytes."""
    contents = [secrets.token_bytes(3000 + 100 * n) for n in range(blobs)]
    return SealedCase(
        kind="case",
        id=case_id or str(make_uuid7(datetime.now(UTC))),
        envelope=secrets.token_bytes(size),
        blobs=tuple(SealedBlob(hashlib.sha256(one).digest(), one) for one in contents),
        case_number="DB7-4K2-9X8",
        receipt_hash=receipt or secrets.token_bytes(32),
    )


@pytest.fixture
def make_case() -> Callable[..., SealedCase]:
    return sealed_case


@pytest.fixture
def province() -> Province:
    return Province()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))


@pytest.fixture
def keys() -> DeviceKeys:
    return DeviceKeys(secrets.token_bytes(32), SignKey.make(), SealKey.make(), "key_file")


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock, keys: DeviceKeys, province: Province) -> Iterator[Store]:
    with Store.open(tmp_path / "data", clock, keys) as opened:
        opened.save_identity(province.identity())
        yield opened
