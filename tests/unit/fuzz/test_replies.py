"""Whatever a server signs, and whatever stands beside the database: the store stays whole.

These answers carry our own server's signature, so only their content is hostile.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from supportpoint.clock import FixedClock
from supportpoint.errors import SupportPointError
from supportpoint.protocol import (
    BatchReceipt,
    BundleRef,
    Change,
    Item,
    SyncReply,
    decode,
    encode,
    identity_hash,
    unsigned,
)
from supportpoint.records import DeviceIdentity, ItemState
from supportpoint.store.files import Folder
from supportpoint.store.keys import DeviceKeys
from supportpoint.store.store import Store
from tests.unit.fuzz import samples as good
from tests.unit.fuzz.damage import damaged, exchanged
from tests.unit.fuzz.test_inputs import EXAMPLES, SEED, within_limits

KEYS = DeviceKeys(os.urandom(32), good.DEVICE, good.COMMUNE, "key_file")
IDENTITY = DeviceIdentity(
    device="d-1",
    role="kiosk",
    server_url="https://localhost",
    commune_code="03316",
    commune_name="Xã Thử",
    point_name="Điểm Thử",
    province_code="11",
    server_public=good.SERVER.public,
    root_public=good.ROOT.public,
    keyset=good.SIGNED_KEYSET,
    epoch="epoch-1",
)
CONTROL = settings(
    max_examples=EXAMPLES * 3,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, FixedClock(good.MOMENT), KEYS, free_space_floor_bytes=0) as opened:
        opened.save_identity(IDENTITY)
        yield opened


def whole_reply(item: Item) -> SyncReply:
    sample = good.make_sample(SyncReply)
    streams = ("box", "bundle", "keyset", "configuration", "another")
    bodies = (encode(good.BOX), encode(good.make_sample(BundleRef)), good.SIGNED_KEYSET, b"{}", b"")
    counted = tuple((item.id, status, identity_hash(item)) for status in ("stored", "complete", "held"))
    return msgspec.structs.replace(
        sample,
        receipt=msgspec.structs.replace(sample.receipt, results=counted),
        epoch="epoch-1",
        cursor=7,
        results=tuple(
            msgspec.structs.replace(one, id=item.id, status=status)
            for one, status in zip(sample.results * 2, ("stored", "complete", "held", "forked"), strict=True)
        ),
        have=tuple(msgspec.structs.replace(one, incarnation=item.incarnation) for one in sample.have),
        changes=tuple(
            Change(stream=stream, id=f"row-{stream}", rev=3, body=body)
            for stream, body in zip(streams, bodies, strict=True)
        ),
    )


def sign_receipt(reply: SyncReply) -> SyncReply:
    """Sign the receipt as our server would, so that what stands in it counts."""
    receipt: BatchReceipt | None = reply.receipt
    if receipt is None:
        return reply
    mine = msgspec.structs.replace(receipt, device="d-1", epoch=reply.epoch)
    signed = msgspec.structs.replace(mine, signature=good.SERVER.sign(unsigned(mine)))
    return msgspec.structs.replace(reply, receipt=signed)


def snapshot(store: Store) -> tuple[Any, ...]:
    return (
        store.list_items(),
        store.counts(),
        store.get_cursor(),
        store.get_identity(),
        store.pending_bundles(),
    )


@pytest.mark.timeout(7_200)
def test_no_answer_breaks_the_store_or_loses_an_item(store: Store) -> None:
    item = store.queue_case(good.CASE)
    sample = encode(whole_reply(item))
    applied = 0

    @seed(SEED)
    @CONTROL
    @given(data=st.one_of(exchanged((sample,)), damaged((sample,))), is_signed=st.booleans())
    def answer(data: bytes, is_signed: bool) -> None:  # noqa: FBT001 - drawn
        nonlocal applied
        try:
            reply = decode(data, SyncReply)
            reply = sign_receipt(reply) if is_signed else reply
        except (msgspec.DecodeError, OverflowError):
            return
        before = snapshot(store)
        try:
            within_limits(lambda: store.apply_reply(reply))
            applied += 1
        except SupportPointError as error:
            assert error.code == "SP-502", (SEED, error.code)  # noqa: PT017 - nothing else is promised
            assert snapshot(store) == before
        rows = store.list_items()
        assert [row.id for row in rows] == [item.id]
        assert rows[0].state in set(ItemState)
        store.get_identity()
        store.take_batch(50, 1 << 20)

    answer()
    assert applied > EXAMPLES // 4, "most of them must reach the store"


@pytest.mark.timeout(7_200)
def test_a_damaged_mirror_is_no_fault(tmp_path: Path) -> None:
    sample = msgspec.json.encode(IDENTITY)

    @seed(SEED)
    @settings(CONTROL, max_examples=max(10, EXAMPLES // 4))
    @given(data=damaged((sample,)))
    def reopen(data: bytes) -> None:
        folder = Folder(tmp_path)
        for path in tmp_path.glob("supportpoint.db*"):
            path.unlink()
        folder.identity.write_bytes(data)
        with Store.open(tmp_path, FixedClock(good.MOMENT), KEYS, free_space_floor_bytes=0) as opened:
            opened.find_identity()

    reopen()
