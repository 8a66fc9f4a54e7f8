"""How fast a real server takes in batches of 20 signed items of 2 KB. Load is made beforehand.

The target (docs/decisions/0005-server.md) is 120 batches a second with p99 under 150 ms on two quiet
cores, where client and server share them. Prints its figures; run with `-s`.
"""

from __future__ import annotations

import concurrent.futures
import importlib.util
import secrets
import statistics
import sys
import time
from pathlib import Path

import pytest

from supportpoint.protocol import SyncRequest, encode

BATCHES = 200
ITEMS = 20
ITEM_BYTES = 2000
SENDERS = 4


def load_fixtures():
    path = Path(__file__).parents[1] / "integration" / "conftest.py"
    spec = importlib.util.spec_from_file_location("integration_fixtures", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    process = load_fixtures().ServerProcess(tmp_path_factory.mktemp("bench") / "data", "")
    process.command("init")
    process.start()
    yield process
    process.kill()


@pytest.fixture(scope="module")
def kiosks(server):
    made = [load_fixtures().TinyKiosk(server) for _ in range(SENDERS)]
    assert all(kiosk.enroll().ok for kiosk in made)
    return made


def prepare(kiosk):
    """Return ready-made signed requests of one device."""
    made = []
    for _ in range(BATCHES // SENDERS):
        items = tuple(kiosk.make_item(ITEM_BYTES) for _ in range(ITEMS))
        body = encode(SyncRequest(epoch=kiosk.identity.epoch, cursor=0, items=items))
        made.append((body, kiosk.signed("POST", "/api/v1/sync", {}, body)))
    return made


def send(kiosk, prepared):
    took = []
    for body, headers in prepared:
        started = time.perf_counter()
        answer = kiosk.session.post(kiosk.server.url + "/api/v1/sync", data=body, headers=headers, timeout=60)
        took.append(time.perf_counter() - started)
        assert answer.status_code == 200
    return took


def test_batches_per_second(benchmark, server, kiosks):
    load = [prepare(kiosk) for kiosk in kiosks]
    with concurrent.futures.ThreadPoolExecutor(SENDERS) as pool:
        started = time.perf_counter()
        took = benchmark.pedantic(
            lambda: [one for part in pool.map(send, kiosks, load) for one in part], rounds=1, iterations=1
        )
        seconds = time.perf_counter() - started
    p99_ms = statistics.quantiles(took, n=100)[98] * 1000
    load_average = Path("/proc/loadavg").read_text().split()[0]
    figures = f"{BATCHES / seconds:.0f} batches/s, p99 {p99_ms:.0f} ms, load average {load_average}"
    sys.stderr.write(f"\n{figures}\n")
    assert server.rows("SELECT COUNT(*) FROM registry_item") == [(BATCHES * ITEMS,)]


def test_upload_of_a_photo(benchmark, kiosks):
    kiosk = kiosks[0]
    photo = secrets.token_bytes(300_000)
    kiosk.sync(kiosk.make_item(blobs=(photo,)))
    answer = benchmark.pedantic(kiosk.patch, args=(photo, 0), rounds=1, iterations=1)
    assert answer.headers["Upload-Offset"] == "300000"
