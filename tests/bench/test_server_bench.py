"""How fast a real server takes in batches of 20 signed items of 2 KB. Load is made beforehand.

The target (docs/decisions/0005-server.md) is 120 batches a second with p99 under 150 ms on two quiet
cores, where client and server share them. Prints its figures; run with `-s`.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import secrets
import socket
import statistics
import sys
import time

import pytest

from supportpoint.protocol import Status, SyncReply, decode
from tests.bench.intake_load import (
    Kiosk,
    Plan,
    cpu_s,
    enrol,
    load_average,
    load_fixtures,
    make_kiosks,
    postgresql,
)

PLAN = Plan(kiosks=4, batches=150, items=20, item_bytes=2000)
WARM_UP = 5
"""Batches of each sender before the clock starts: connections, prepared statements, caches."""

fixtures = load_fixtures()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(request, tmp_path_factory):
    with contextlib.ExitStack() as stack:
        url, pid = "", 0
        if request.param == "postgresql":
            if not (fixtures.POSTGRESQL_BIN / "initdb").exists():
                pytest.skip("no PostgreSQL 15")
            url, pid = stack.enter_context(postgresql(fixtures))
        process = fixtures.ServerProcess(tmp_path_factory.mktemp("bench") / "data", url)
        process.init = process.command("init")
        process.start()
        stack.callback(process.kill)
        yield process, pid


class Line:
    """One kept connection: raw bytes out, one answer back."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._stream = self._socket.makefile("rb")

    def close(self) -> None:
        self._stream.close()
        self._socket.close()

    def ask(self, wire: bytes) -> tuple[int, bytes]:
        self._socket.sendall(wire)
        status = int(self._stream.readline().split()[1])
        length = 0
        while (line := self._stream.readline()) != b"\r\n":
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return status, self._stream.read(length)


def send(line: Line, kiosk: Kiosk, first: int, last: int) -> tuple[list[float], list[tuple[int, bytes]]]:
    took, answers = [], []
    for batch in kiosk.batches[first:last]:
        started = time.perf_counter()
        answers.append(line.ask(batch.wire))
        took.append(time.perf_counter() - started)
    return took, answers


def test_batches_per_second(benchmark, server):
    process, database = server
    kiosks = make_kiosks(PLAN, process.init["epoch"])
    enrol(process, kiosks)
    lines = [Line(process.port) for _ in kiosks]
    with concurrent.futures.ThreadPoolExecutor(len(kiosks)) as pool:
        list(pool.map(send, lines, kiosks, [0] * len(kiosks), [WARM_UP] * len(kiosks)))
        before = [cpu_s(pid) if pid else 0.0 for pid in (process.pid, database)]
        started = time.perf_counter()
        rest = [WARM_UP] * len(kiosks), [PLAN.batches] * len(kiosks)
        parts = benchmark.pedantic(lambda: list(pool.map(send, lines, kiosks, *rest)), rounds=1, iterations=1)
        seconds = time.perf_counter() - started
        after = [cpu_s(pid) if pid else 0.0 for pid in (process.pid, database)]
    took = [one for part, _ in parts for one in part]
    server_ms, database_ms = ((b - a) * 1000 / len(took) for a, b in zip(before, after, strict=True))
    p99_ms = statistics.quantiles(took, n=100)[98] * 1000
    sys.stderr.write(
        f"\n{len(took) / seconds:.0f} batches/s, p99 {p99_ms:.0f} ms, load average {load_average()}; "
        f"CPU of a batch: server {server_ms:.1f} ms, database {database_ms:.1f} ms\n"
    )
    for line in lines:
        line.close()
    replies = [(status, decode(body, SyncReply)) for _, answers in parts for status, body in answers]
    assert {status for status, _ in replies} == {200}
    verdicts = [result.status for _, reply in replies for result in reply.results]
    assert set(verdicts) == {Status.COMPLETE}
    sent = PLAN.kiosks * PLAN.batches * PLAN.items
    assert process.rows("SELECT COUNT(*), COUNT(DISTINCT id) FROM registry_item") == [(sent, sent)]


def test_upload_of_a_photo(benchmark, server):
    kiosk = fixtures.TinyKiosk(server[0])
    assert kiosk.enroll().ok
    photo = secrets.token_bytes(300_000)
    kiosk.sync(kiosk.make_item(blobs=(photo,)))
    answer = benchmark.pedantic(kiosk.patch, args=(photo, 0), rounds=1, iterations=1)
    assert answer.headers["Upload-Offset"] == "300000"
