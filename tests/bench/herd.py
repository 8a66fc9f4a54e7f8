"""1,500 kiosks whose link comes back in the same moment, each with three days of answers to send.

`python -m tests.bench.herd` runs the real server over TLS on PostgreSQL that syncs every commit, and counts:
how long until everything is there, every status, every row, the slowest kiosk. All of it was signed before.

A kiosk here does what the real one does (supportpoint/sync/backoff.py): one connection a pass, its batches
one after the other; `Retry-After` and up to a quarter more after 503; full jitter from 2 s on after a cut or
silence. After 503 or a cut it goes on with the batch that has no answer yet.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import random
import ssl
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from supportpoint.protocol import Status, SyncReply, decode
from supportpoint.sync.backoff import retry_after_delay_s, retry_delay_s
from tests.bench.intake_load import (
    Batch,
    Kiosk,
    Plan,
    cpu_s,
    enrol,
    load_average,
    load_fixtures,
    make_kiosks,
    postgresql,
)

CONNECT_S = 8.0
ANSWER_S = 20.0
"""15 s and the body at 8 KiB/s, as the kiosk waits."""


@dataclass
class Tally:
    """What happened. `verdicts` counts results by status, `drained_s` when each kiosk had all its answers."""

    statuses: Counter[int] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    cuts: int = 0
    retry_after_s: list[int] = field(default_factory=list)
    took_s: list[float] = field(default_factory=list)
    drained_s: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Way:
    """Where the server is. `context` is None for plain HTTP."""

    port: int
    context: ssl.SSLContext | None


class Cut(Exception):  # noqa: N818 - an event of the road
    """The connection broke, was refused or fell silent."""


Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _connect(way: Way) -> Stream:
    name = "localhost" if way.context else None
    opening = asyncio.open_connection("127.0.0.1", way.port, ssl=way.context, server_hostname=name)
    try:
        return await asyncio.wait_for(opening, CONNECT_S)
    except (OSError, TimeoutError) as error:
        raise Cut from error


async def _ask(stream: Stream, wire: bytes) -> tuple[int, dict[str, str], bytes]:
    reader, writer = stream
    try:
        writer.write(wire)
        async with asyncio.timeout(ANSWER_S):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (one.partition(":") for one in head[1:])
            }
            body = await reader.readexactly(int(headers["content-length"]))
    except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
        raise Cut from error
    return int(head[0].split()[1]), headers, body


async def _run_pass(kiosk: Kiosk, sent: int, way: Way, tally: Tally) -> tuple[int, float | None]:
    """Send what has no answer yet; return how many batches have one now, and how long to wait."""
    stream = await _connect(way)
    try:
        while sent < len(kiosk.batches):
            batch = kiosk.batches[sent]
            asked = time.monotonic()
            try:
                status, headers, body = await _ask(stream, batch.wire)
            except Cut:
                return sent, None
            tally.statuses[status] += 1
            if status == 503 and headers.get("retry-after", "").isdigit():
                tally.retry_after_s.append(int(headers["retry-after"]))
                return sent, float(headers["retry-after"])
            tally.took_s.append(time.monotonic() - asked)
            if status != 200:
                tally.faults.append(f"status {status}")
                return sent, None
            _judge(batch, decode(body, SyncReply), tally)
            sent += 1
        return sent, 0.0
    finally:
        stream[1].transport.abort()


def _judge(batch: Batch, reply: SyncReply, tally: Tally) -> None:
    tally.verdicts.update(result.status for result in reply.results)
    receipt = reply.receipt
    if receipt is None or tuple(item_id for item_id, _, _ in receipt.results) != batch.ids:
        tally.faults.append("a receipt that names other items")


async def _live(kiosk: Kiosk, way: Way, tally: Tally, chance: random.Random, began: float) -> None:
    sent, failures = 0, 0
    while sent < len(kiosk.batches):
        before = sent
        try:
            sent, wait_s = await _run_pass(kiosk, sent, way, tally)
        except Cut:
            wait_s = None
        if wait_s is None:
            tally.cuts += 1
            failures = 1 if sent > before else failures + 1
            await asyncio.sleep(retry_delay_s(failures, chance.random()))
        elif wait_s:
            failures = 0
            await asyncio.sleep(retry_after_delay_s(wait_s, chance.random()))
    tally.drained_s.append(time.monotonic() - began)


async def _drain(kiosks: list[Kiosk], way: Way, seed: int) -> tuple[Tally, float]:
    tally, began = Tally(), time.monotonic()
    lives = (
        _live(kiosk, way, tally, random.Random(seed * 1_000_003 + number), began)
        for number, kiosk in enumerate(kiosks)
    )
    await asyncio.gather(*lives)
    return tally, time.monotonic() - began


@contextlib.contextmanager
def open_server(kind: str, *, tls: bool) -> Iterator[tuple[Any, int]]:
    """Run the real server on `postgresql` (synced) or `sqlite`; yield it and the pid of the database."""
    fixtures = load_fixtures()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sp-herd-"))
        url, pid = stack.enter_context(postgresql(fixtures)) if kind == "postgresql" else ("", 0)
        server = fixtures.ServerProcess(Path(folder) / "data", url, tls=tls)
        server.init = server.command("init")
        server.start()
        stack.callback(server.kill)
        yield server, pid


def drain(server: Any, plan: Plan) -> tuple[Tally, float]:
    """Send a whole plan from all its kiosks at once; return what happened and the seconds it took."""
    kiosks = make_kiosks(plan, server.init["epoch"])
    enrol(server, kiosks)
    context = None
    if server.url.startswith("https"):
        context = ssl.create_default_context(cafile=str(server.data / "tls" / "ca.pem"))
    return asyncio.run(_drain(kiosks, Way(server.port, context), plan.seed))


def find_faults(server: Any, plan: Plan, tally: Tally) -> list[str]:
    """Return what must not be: a 5xx that is no 503 with Retry-After, a lost or doubled row or verdict."""
    sent = plan.kiosks * plan.batches * plan.items
    faults = sorted(set(tally.faults))
    if dict(tally.verdicts) != {Status.COMPLETE: sent}:
        faults.append(f"verdicts {dict(tally.verdicts)} for {sent} items")
    ((rows, ids, places),) = server.rows(
        "SELECT COUNT(*), COUNT(DISTINCT id), COUNT(DISTINCT device || ' ' || incarnation || ' ' || seq)"
        " FROM registry_item WHERE status = 'complete'"
    )
    if (rows, ids, places) != (sent, sent, sent):
        faults.append(f"{rows} rows, {ids} ids, {places} places for {sent} items")
    ((extra,),) = server.rows("SELECT COUNT(*) FROM registry_arrival")
    return [*faults, f"{extra} arrivals"] if extra else faults


def describe(plan: Plan, tally: Tally, seconds: float) -> str:
    """Return the figures of a run as text."""
    done = sorted(tally.drained_s)
    p50, p99 = statistics.median(tally.took_s), statistics.quantiles(tally.took_s, n=100)[98]
    waits = tally.retry_after_s
    return (
        f"{plan.kiosks} kiosks, {plan.batches} batches of {plan.items} items of {plan.item_bytes} bytes: "
        f"drained in {seconds:.0f} s ({len(tally.took_s) / seconds:.0f} batches/s); "
        f"half of the kiosks after {statistics.median(done):.0f} s, the slowest {done[-1]:.0f} s; "
        f"statuses {dict(tally.statuses)}, cuts {tally.cuts}, "
        f"Retry-After up to {max(waits, default=0)} s; "
        f"answer p50 {p50 * 1000:.0f} / p99 {p99 * 1000:.0f} ms; load average {load_average()}"
    )


def main() -> int:
    """Run the herd and print its figures; the exit code is 1 when something was lost, doubled or failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kiosks", type=int, default=1500)
    parser.add_argument("--batches", type=int, default=3, help="of each kiosk: one a day")
    parser.add_argument("--items", type=int, default=20, help="of each batch: the cases of a day")
    parser.add_argument("--item-bytes", type=int, default=700, help="an envelope of a 2 KB answer, sealed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--plain", action="store_true", help="without TLS")
    asked = parser.parse_args()
    plan = Plan(asked.kiosks, asked.batches, asked.items, asked.item_bytes, asked.seed)
    with open_server(asked.database, tls=not asked.plain) as (server, database):
        before = [cpu_s(pid) if pid else 0.0 for pid in (server.pid, database)]
        tally, seconds = drain(server, plan)
        after = [cpu_s(pid) if pid else 0.0 for pid in (server.pid, database)]
        faults = find_faults(server, plan, tally)
    server_ms, database_ms = (
        (b - a) * 1000 / (plan.kiosks * plan.batches) for a, b in zip(before, after, strict=True)
    )
    sys.stdout.write(describe(plan, tally, seconds) + "\n")
    sys.stdout.write(f"CPU of a batch: server {server_ms:.1f} ms, database {database_ms:.1f} ms\n")
    sys.stdout.write(("faults: " + "; ".join(faults) if faults else "nothing lost, nothing doubled") + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
