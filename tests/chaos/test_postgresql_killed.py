"""PostgreSQL killed with SIGKILL, all its processes at once, while kiosks push.

What has a receipt is there, once. Its sync at COMMIT is PostgreSQL's own promise; ours is never to turn it
off. The short form kills twice; `SUPPORTPOINT_CHAOS_KILLS=40` more often.
"""

from __future__ import annotations

import hashlib
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from supportpoint.protocol import Message, SyncReply, SyncRequest, decode, unsigned
from supportpoint.sealing.keys import verify
from supportpoint.server.database import read_database_url
from tests.chaos.crash.cluster import Cluster, open_cluster
from tests.integration.conftest import POSTGRESQL_BIN, ServerProcess, TinyKiosk

KILLS = int(os.environ.get("SUPPORTPOINT_CHAOS_KILLS", "2"))
KIOSKS = 3
BATCH = 10
SYNCS = ("fsync", "full_page_writes", "synchronous_commit")
LAZY = ("wal_writer_delay=10s", "wal_writer_flush_after=1GB")
"""What is not synced at COMMIT stays in memory for long, so that a kill takes it."""
SOURCES = Path(__file__).parents[2] / "supportpoint"

pytestmark = [
    pytest.mark.chaos,
    pytest.mark.postgresql,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(not (POSTGRESQL_BIN / "initdb").exists(), reason="no PostgreSQL 15 here"),
]


@dataclass
class Load:
    """Kiosks that push without end, and every item that a signed receipt names, by id."""

    kiosks: list[TinyKiosk]
    receipted: dict[str, bytes] = field(default_factory=dict)
    whole: dict[str, bytes] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def running(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._push_on, args=(kiosk,)) for kiosk in self.kiosks]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stop.set()
            for thread in threads:
                thread.join(60)

    def _push_on(self, kiosk: TinyKiosk) -> None:
        try:
            while not self.stop.is_set():
                blob = os.urandom(20_000)
                items = (kiosk.make_item(blobs=(blob,)), *(kiosk.make_item() for _ in range(BATCH - 1)))
                assert kiosk.identity is not None
                request = SyncRequest(epoch=kiosk.identity.epoch, cursor=0, items=items)
                self._take_receipt(kiosk, self._ask(kiosk, "POST", "/api/v1/sync", request))
                self._send(kiosk, blob)
                self._take_receipt(kiosk, self._ask(kiosk, "POST", "/api/v1/sync", request))
                self.whole[items[0].id] = blob
        except AssertionError as error:
            if not self.stop.is_set():  # what is on its way at the end was promised nothing
                self.faults.append(str(error))

    def _send(self, kiosk: TinyKiosk, blob: bytes) -> None:
        path = f"/api/v1/blobs/{hashlib.sha256(blob).hexdigest()}"
        headers = {"Upload_Offset": "0", "Upload_Length": str(len(blob))}
        self._ask(kiosk, "PATCH", path, blob, **headers)

    def _ask(
        self, kiosk: TinyKiosk, method: str, path: str, message: Message | bytes, **more: str
    ) -> requests.Response:
        """Ask until there is an answer that says yes, as a kiosk does."""
        until = time.monotonic() + 60
        while time.monotonic() < until and not self.stop.is_set():
            try:
                answer = kiosk.ask(method, path, message, **more)
            except requests.ConnectionError:
                self.statuses[0] += 1
            else:
                self.statuses[answer.status_code] += 1
                if answer.ok or (method == "PATCH" and answer.status_code == 409):
                    kiosk.check(answer)
                    return answer
                assert not answer.ok
            time.sleep(0.1)
        raise AssertionError("no answer in a minute")

    def _take_receipt(self, kiosk: TinyKiosk, answer: requests.Response) -> None:
        receipt = decode(answer.content, SyncReply).receipt
        assert receipt is not None
        assert kiosk.identity is not None
        verify(kiosk.identity.server_public, unsigned(receipt), receipt.signature)
        assert {status for _, status, _ in receipt.results} <= {"stored", "complete"}
        self.receipted |= {item_id: identity for item_id, _, identity in receipt.results}


def find_lost(server: ServerProcess, receipted: dict[str, bytes]) -> list[str]:
    """Return the ids under a receipt that are not there, once and with the bytes that were receipted."""
    rows = server.rows("SELECT id, identity FROM registry_item")
    there = {item_id: bytes(identity) for item_id, identity in rows}
    assert len(there) == len(rows)
    return [item_id for item_id, identity in receipted.items() if there.get(item_id) != identity]


def kill_often(
    server: ServerProcess, cluster: Cluster, load: Load, rng: random.Random, kills: int = KILLS
) -> list[str]:
    """Kill PostgreSQL under load again and again; return what was lost of what had a receipt."""
    lost: list[str] = []
    with load.running():
        for _ in range(kills):
            time.sleep(rng.uniform(0.5, 1.5))
            known = dict(load.receipted)
            cluster.kill()
            time.sleep(rng.uniform(0, 0.3))
            cluster.start()
            lost += find_lost(server, known)
        time.sleep(1)
    return lost


@contextmanager
def open_server(folder: Path) -> Iterator[tuple[ServerProcess, Cluster, Load]]:
    with ExitStack() as stack:
        cluster = stack.enter_context(open_cluster(*LAZY))
        server = ServerProcess(folder / "data", cluster.make_database())
        server.command("init")
        server.start()
        stack.callback(server.kill)
        kiosks = [TinyKiosk(server) for _ in range(KIOSKS)]
        assert all(kiosk.enroll().ok for kiosk in kiosks)
        yield server, cluster, Load(kiosks)


def test_what_has_a_receipt_survives_a_killed_database(tmp_path: Path, seed: int):
    with open_server(tmp_path) as (server, cluster, load):
        assert [server.rows(f"SHOW {name}") for name in SYNCS] == [[("on",)]] * len(SYNCS)
        lost = kill_often(server, cluster, load, random.Random(seed))
        print(f"{KILLS} kills, {len(load.receipted)} under receipts, {dict(load.statuses)}")  # noqa: T201
        assert (lost, load.faults) == ([], [])
        assert load.statuses[503] + load.statuses[500] + load.statuses[0] > 0  # the kills were noticed
        assert find_lost(server, load.receipted) == []
        assert server.rows("SELECT count(*) FROM registry_arrival") == [(0,)]
        complete = {row[0] for row in server.rows("SELECT id FROM registry_item WHERE status = 'complete'")}
        assert load.whole.keys() <= complete
        for blob in load.whole.values():
            address = hashlib.sha256(blob).hexdigest()
            assert (server.data / "files" / "blobs" / address[:2] / address).read_bytes() == blob
        check_that_the_proof_notices(server, cluster, load, random.Random(seed))


def check_that_the_proof_notices(
    server: ServerProcess, cluster: Cluster, load: Load, rng: random.Random
) -> None:
    """With a COMMIT that does not wait for its sync the same kills take what had a receipt."""
    server.rows("ALTER DATABASE province SET synchronous_commit = off")
    for _ in range(3):
        fresh = Load(load.kiosks)
        if kill_often(server, cluster, fresh, rng, kills=2):
            return
    pytest.fail("nothing was lost although no COMMIT waited for its disk")


def test_our_settings_leave_the_syncs_of_postgresql_alone():
    options = read_database_url("postgresql://sp@/province?host=/run&options=-c%20fsync%3Doff")["OPTIONS"]
    assert options.keys() == {"server_side_binding", "prepare_threshold"}
    for path in (SOURCES / "server").rglob("*.py"):
        assert "synchronous_commit" not in path.read_text(), path
        assert "fsync=" not in path.read_text().replace(" ", ""), path
