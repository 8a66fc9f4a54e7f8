"""Drops on a stick: beside the letter, without a name, once, and freed by a receipt that anybody carries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from supportpoint.courier.drops import DropFile
from supportpoint.courier.drops_carried import take_receipts, write_drops
from supportpoint.protocol import Drop, DropReceipt, decode, encode
from supportpoint.records import Receipt
from supportpoint.sealing.case import SealingContext
from supportpoint.sealing.drops import seal_drops
from supportpoint.sealing.keyset import read_keyset
from supportpoint.store.access import DirectAccess
from tests.integration.test_sync_road import Kiosk

ALL = 10_000_000
TAKE = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from supportpoint.server.startup import use_data_dir
use_data_dir(Path(sys.argv[1]), tls=False)
from supportpoint.server.courier import take_stick
print(json.dumps(asdict(take_stick(Path(sys.argv[2])))))
"""


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "stick"
    path.mkdir()
    return path


@pytest.fixture
def kiosk(server: Any, tmp_path: Path) -> Any:
    made = Kiosk(tmp_path / "kiosk", server)
    yield made
    made.store.close()


def say(kiosk: Kiosk, letters: int = 200) -> set[str]:
    identity = kiosk.store.get_identity()
    keyset = read_keyset(identity.keyset, identity.root_public)
    context = SealingContext(keyset.recipients("protected", "03316"), 1, "03316", "tip", "1", "protected")
    sealed = seal_drops(
        case_id=str(uuid4()),
        xml=os.urandom(letters),
        attachments=(),
        receipt=Receipt(os.urandom(16), "DB7-4K2-9X8"),
        context=context,
        day="2026-11-28",
    )
    kiosk.store.queue_drops(sealed)
    return {drop.id for drop in sealed.drops}


def take_at_server(server: Any, stick: Path) -> dict[str, Any]:

    line = [sys.executable, "-c", TAKE, str(server.data), str(stick)]
    done = subprocess.run(line, env=server.env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def kept(server: Any) -> set[str]:
    return {drop_id for (drop_id,) in server.rows("SELECT drop_id FROM registry_sealeddrop")}


def test_to_the_server_and_back_by_stick_whatever_the_wait(server: Any, kiosk: Kiosk, stick: Path) -> None:
    said = say(kiosk) | say(kiosk, 90_000)
    kiosk.store._opened.db.execute("UPDATE sealed_drop SET wait_s = 1e9")
    access = DirectAccess(kiosk.store)
    assert write_drops(access, stick, ALL) == len(said)
    assert write_drops(access, stick, ALL) == 0, "the stick has them"
    (path,) = stick.iterdir()
    device = kiosk.store.get_identity().device
    for trace in (device, device.replace("-", "")[-8:], "03316", "2026"):
        assert trace not in path.name
        assert trace == "2026" or trace.encode() not in path.read_bytes()

    taken = take_at_server(server, stick)
    assert (taken["drops"], taken["letters"], taken["codes"]) == (len(said), 0, {})
    assert said <= kept(server)
    assert [one.suffix for one in stick.iterdir()] == [".spreceipt"]
    assert take_receipts(access, stick) == len(said)
    assert take_receipts(access, stick) == 0
    assert kiosk.store.count_drops().waiting == 0
    kiosk.sync()
    assert write_drops(access, stick, ALL) == 0


def test_twice_and_mixed_with_the_network_it_is_one(server: Any, kiosk: Kiosk, stick: Path) -> None:
    said = say(kiosk)
    access = DirectAccess(kiosk.store)
    write_drops(access, stick, ALL)
    copy = {path.name: path.read_bytes() for path in stick.iterdir()}
    kiosk.store._opened.db.execute("UPDATE sealed_drop SET wait_s = 0")
    assert kiosk.sync().is_clean
    before = kept(server)
    assert said <= before
    for _ in range(2):
        for name, content in copy.items():
            (stick / name).write_bytes(content)
        assert take_at_server(server, stick)["drops"] == 1
    assert kept(server) == before


@pytest.mark.parametrize("content", [b"", b"\xc1", b"\x81\xa5drops\x91\xa3odd", bytes(5_000_000)])
def test_a_strange_file_stops_nothing(server: Any, kiosk: Kiosk, stick: Path, content: bytes) -> None:
    (stick / "0000.spdrops").write_bytes(content)
    (stick / "0000.spreceipt").write_bytes(content)
    said = say(kiosk)
    access = DirectAccess(kiosk.store)
    assert write_drops(access, stick, ALL) == 1
    assert take_receipts(access, stick) == 0
    assert take_at_server(server, stick)["drops"] == 1
    assert said <= kept(server)


def test_a_receipt_of_nobodys_server_frees_nothing(kiosk: Kiosk, stick: Path) -> None:
    say(kiosk)
    access = DirectAccess(kiosk.store)
    write_drops(access, stick, ALL)
    (path,) = stick.iterdir()
    (raw,) = decode(path.read_bytes(), DropFile).drops
    drop = msgspec.msgpack.decode(raw, type=Drop)
    forged = DropReceipt(
        epoch=kiosk.store.get_identity().epoch, drops=((drop.id, bytes(32)),), signature=bytes(64)
    )
    path.with_suffix(".spreceipt").write_bytes(encode(forged))
    assert take_receipts(access, stick) == 0
    assert kiosk.store.count_drops().waiting == 1


def test_a_full_stick_takes_nothing_and_loses_nothing(
    kiosk: Kiosk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(kiosk)
    no_room: Callable[[Path], int] = lambda _: 0  # noqa: E731 -- a stick without room
    monkeypatch.setattr("supportpoint.courier.drops_carried.free_bytes", no_room)
    assert write_drops(DirectAccess(kiosk.store), stick, ALL) == 0
    assert list(stick.iterdir()) == []
    assert kiosk.store.count_drops().waiting == 1
