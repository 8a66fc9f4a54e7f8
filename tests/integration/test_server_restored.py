"""The province put back to an earlier copy while twenty machines live on: they bring back what it lost."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from supportpoint.protocol import Item, SyncRequest
from supportpoint.records import ItemState, SealedCase
from supportpoint.sync.http import HttpTransport
from tests.integration.conftest import TinyKiosk
from tests.integration.test_server_epoch import copy_database
from tests.integration.test_sync_road import Kiosk, assert_arrived_once

KIOSKS = 20
AT_ONCE = 4


def make_live_kiosk(folder: Path, server: Any) -> Kiosk:
    """Enrol a machine with a code put straight into the table: the command takes a second."""
    code = {"code": TinyKiosk(server)._make_code()}
    behind = SimpleNamespace(url=server.url, data=server.data, command=lambda *_: code)
    return Kiosk(folder, behind)


class Twenty:
    """Live machines at one server, and all that was ever sealed on them, by id."""

    def __init__(self, folder: Path, server: Any) -> None:
        self.folder = folder
        self.server = server
        self.sealed: dict[str, SealedCase] = {}
        self.kiosks = [self._make(number) for number in range(KIOSKS)]

    def _make(self, number: int) -> Kiosk:
        kiosk = make_live_kiosk(self.folder / str(number), self.server)
        kiosk.store.close()
        return kiosk

    def seal_everywhere(self, *blob_sizes: int) -> None:
        """Seal one case on every machine."""
        for kiosk in self.kiosks:
            kiosk.open()
            sealed = kiosk.seal(*blob_sizes)
            self.sealed[sealed.id] = sealed
            kiosk.store.close()

    def sync_everywhere(self, passes: int = 1) -> list[int]:
        """Sync all, several at once; return how many items each sent in the first pass."""

        def sync(kiosk: Kiosk) -> int:
            kiosk.open()
            try:
                reports = [kiosk.sync() for _ in range(passes)]
                assert all(report.is_clean for report in reports), reports
                return reports[0].pushed
            finally:
                kiosk.store.close()

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(sync, self.kiosks))

    def states(self) -> Counter[ItemState]:
        """Return how many items of all machines stand where."""
        found = Counter[ItemState]()
        for kiosk in self.kiosks:
            kiosk.open()
            found.update(row.state for row in kiosk.store.list_items())
            kiosk.store.close()
        return found

    def clone(self, number: int) -> None:
        """Copy the disk of a machine into another one; both live on."""
        original = self.kiosks[number]
        other = object.__new__(Kiosk)
        vars(other).update(vars(original) | {"folder": self.folder / f"clone-of-{number}"})
        shutil.copytree(original.folder, other.folder)
        self.kiosks.append(other)


def restart_from(server: Any, keep: Path) -> None:
    """Stop, copy the database away or back, and start."""
    assert server.stop() == 0
    copy_database(server, keep)
    server.start()


@pytest.fixture
def twenty(make_server: Callable[..., Any], tmp_path: Path) -> Twenty:
    return Twenty(tmp_path, make_server())


def assert_all_are_there(twenty: Twenty) -> None:
    rows = twenty.server.rows("SELECT id, envelope, status FROM registry_item")
    assert {item_id: (bytes(envelope), status) for item_id, envelope, status in rows} == {
        item_id: (sealed.envelope, "complete") for item_id, sealed in twenty.sealed.items()
    }
    assert len(rows) == len(twenty.sealed)
    assert twenty.server.rows("SELECT count(*) FROM registry_arrival WHERE held_code <> ''") == [(0,)]
    [(blobs,)] = twenty.server.rows("SELECT count(*) FROM registry_blob WHERE done")
    assert blobs == sum(len(sealed.blobs) for sealed in twenty.sealed.values())


def test_twenty_kiosks_bring_back_what_the_province_lost(twenty: Twenty, tmp_path: Path) -> None:
    server = twenty.server
    twenty.seal_everywhere(20_000)
    twenty.sync_everywhere()
    old_database = (twenty.kiosks[1].folder / "supportpoint.db").read_bytes()
    restart_from(server, tmp_path / "copy")
    twenty.seal_everywhere(15_000)
    twenty.seal_everywhere()
    twenty.sync_everywhere()
    twenty.clone(0)
    twenty.seal_everywhere()  # the first machine and its copy give out the same number
    (twenty.kiosks[1].folder / "supportpoint.db").write_bytes(old_database)  # another is itself put back
    restart_from(server, tmp_path / "copy")
    twenty.sync_everywhere(passes=2)
    assert twenty.states().keys() == {ItemState.COMPLETE}
    assert_all_are_there(twenty)
    twenty.seal_everywhere()  # what was put back numbers anew from here on
    twenty.sync_everywhere(passes=2)
    assert_all_are_there(twenty)
    alarms = server.rows("SELECT kind, device FROM registry_alarm")
    cloned, put_back = (twenty.kiosks[number] for number in (0, 1))
    assert ("forked", device_of(cloned)) in alarms
    assert ("numbered_anew", device_of(put_back)) in alarms
    assert {device for _, device in alarms} == {device_of(cloned), device_of(put_back)}
    assert sum(twenty.sync_everywhere()) == 0


def device_of(kiosk: Kiosk) -> str:
    kiosk.open()
    try:
        return kiosk.store.get_identity().device
    finally:
        kiosk.store.close()


def test_after_a_restore_exactly_the_missing_ones_are_sent_again(
    make_server: Callable[..., Any], tmp_path: Path
) -> None:
    """A hundred sends in the order of chance; the copy knows forty of them, with gaps everywhere."""
    server = make_server()
    kiosk = make_live_kiosk(tmp_path / "kiosk", server)
    sealed = [kiosk.seal() for _ in range(100)]
    items = list(kiosk.store.take_batch(100))
    random.Random(28).shuffle(items)
    send_one_by_one(kiosk, items[:40])
    restart_from(server, tmp_path / "copy")
    send_one_by_one(kiosk, items[40:])
    assert kiosk.states() == {ItemState.COMPLETE}
    quiet = [kiosk.sync() for _ in range(3)]
    assert [report.pushed for report in quiet] == [0, 0, 0]
    restart_from(server, tmp_path / "copy")
    before = {item_id for (item_id,) in server.rows("SELECT id FROM registry_item")}
    assert before == {item.id for item in items[:40]}
    assert [kiosk.sync().pushed for _ in range(2)] == [60, 0]
    assert_arrived_once(server, *sealed)
    kiosk.store.close()


def send_one_by_one(kiosk: Kiosk, items: Sequence[Item]) -> None:
    way = HttpTransport(kiosk.store.get_identity(), kiosk.keys.sign, stop=kiosk.stop)
    for item in items:
        request = SyncRequest(
            epoch=kiosk.store.get_identity().epoch, cursor=kiosk.store.get_cursor(), items=(item,)
        )
        assert kiosk.store.apply_reply(way.sync(request)).completed == 1
    way.close()
