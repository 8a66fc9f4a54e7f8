"""A real server and a real support point at the two ends of a link that is cut again and again.

The long form with its figures is `python -m tests.bench.bad_links`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from supportpoint.clock import SystemClock, make_uuid7
from supportpoint.records import SealedBlob, SealedCase
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store
from tests.links.emulator import PROFILES, Link, Profile
from tests.links.namespaces import Namespace, why_not

NEAR, FAR = "10.77.1.1", "10.77.1.2"
PORT = 8443
QUICK = {"bits_per_s": 800_000, "delay_s": 0.04, "loss": 0.02, "up_s": 5.0, "down_s": 1.5}
PHOTOS = 5
PHOTO_BYTES = 150_000

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "a link can be made")


class Ends:
    """Two namespaces with a link between them, and what runs in them."""

    def __init__(self) -> None:
        self.near, self.far = Namespace(NEAR, FAR, "cubic"), Namespace(FAR, NEAR, "cubic")
        self.link = Link(self.near.tun, self.far.tun, seed=7)
        self._running: list[subprocess.Popen[Any]] = []

    def start(self, *words: str, **options: Any) -> subprocess.Popen[Any]:
        """Start a program at the far end."""
        self._running.append(subprocess.Popen(self.far.enter(sys.executable, *words), **options))
        return self._running[-1]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program at the near end."""
        line = self.near.enter(sys.executable, *words)
        return subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)

    def close(self) -> None:
        for process in self._running:
            process.kill()
            process.wait(30)
            if process.stdout is not None:
                process.stdout.close()
        self.link.close()
        self.near.close()
        self.far.close()


@pytest.fixture
def ends() -> Iterator[Ends]:
    made = Ends()
    yield made
    made.close()


SINK = f"""
import socket
door = socket.create_server(("{FAR}", 9000))
while True:
    line, _ = door.accept()
    line.settimeout(1)
    count = 0
    try:
        while block := line.recv(65536):
            count += len(block)
        print("end", count, flush=True)
    except OSError as error:
        print("broken", count, flush=True)
    line.close()
"""
SOURCE = f"""
import socket, sys, time
began = time.monotonic()
line = socket.create_connection(("{FAR}", 9000), 5)
line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 1500)
line.settimeout(20)
connected = time.monotonic() - began
try:
    line.sendall(bytes(int(sys.argv[1])))
    line.shutdown(socket.SHUT_WR)
    line.recv(1)
    print("end", connected, time.monotonic() - began)
except OSError as error:
    print(type(error).__name__, connected, time.monotonic() - began)
"""


def send(ends: Ends, size: int) -> tuple[str, float, float]:
    """Send bytes to the sink; return how it ended, how long connecting took and the whole."""
    word, connected_s, whole_s = ends.run("-c", SOURCE, str(size)).stdout.split()
    return word, float(connected_s), float(whole_s)


def test_the_link_is_as_bad_as_it_says(ends: Ends) -> None:
    sink = ends.start("-c", SINK, stdout=subprocess.PIPE, text=True)
    assert sink.stdout is not None
    wait_for(ends, 9000)
    sink.stdout.readline()
    ends.link.use(Profile("slow", bits_per_s=400_000, delay_s=0.1, loss=0.0))
    word, connected_s, whole_s = send(ends, 100_000)
    assert (word, sink.stdout.readline()) == ("end", "end 100000\n")
    assert 0.2 <= connected_s < 0.6
    assert 2.0 < whole_s < 5.0  # 100 kB at 50 kB a second
    assert ends.link.lanes[0].carried_bytes >= 100_000


@pytest.mark.parametrize(("cut", "word"), [("reset", "ConnectionResetError"), ("silent", "TimeoutError")])
def test_a_cut_ends_every_flow_and_a_new_one_lives(ends: Ends, cut: str, word: str) -> None:
    ends.start("-c", SINK)
    wait_for(ends, 9000)
    began_s = time.monotonic()
    ends.link.use(
        Profile("cut", bits_per_s=400_000, delay_s=0.02, loss=0, up_s=2, down_s=0.5, resets=cut == "reset")
    )
    assert send(ends, 1_000_000)[0] == word
    time.sleep(max(0.0, 5.2 - (time.monotonic() - began_s)))
    assert send(ends, 10_000)[0] == "end"


def wait_for(ends: Ends, port: int) -> None:
    asks = f"import socket; socket.create_connection(('{FAR}', {port}), 2).close()"
    until = time.monotonic() + 30
    while ends.run("-c", asks).returncode:
        assert time.monotonic() < until, "nobody listens"
        time.sleep(0.1)


def seal_cases(data: Path) -> dict[str, SealedCase]:
    """Put cases into the outbox: half of them with a photo."""
    sealed = {}
    with Store.open(data, SystemClock(), load_or_make_keys(data), free_space_floor_bytes=0) as store:
        for number in range(PHOTOS * 2):
            photos = [secrets.token_bytes(PHOTO_BYTES)] if number % 2 else []
            case = SealedCase(
                kind="case",
                id=str(make_uuid7(SystemClock().now())),
                envelope=secrets.token_bytes(900),
                blobs=tuple(SealedBlob(hashlib.sha256(photo).digest(), photo) for photo in photos),
                case_number="DB7-4K2-9X8",
                receipt_hash=secrets.token_bytes(32),
            )
            store.queue_case(case)
            sealed[case.id] = case
    return sealed


@pytest.mark.parametrize("cut", ["reset", "silent"])
def test_cases_cross_a_link_that_is_cut_all_the_time(ends: Ends, tmp_path: Path, cut: str) -> None:
    server, point = tmp_path / "server", tmp_path / "point"
    program = ("-m", "supportpoint")
    ends.run(*program, "server", "init", "--host-name", FAR, "--data", str(server))
    code = ends.run(*program, "server", "code", "--commune", "03316", "--data", str(server))
    words = ("server", "run", "--no-opener", "--host", FAR, "--port", str(PORT), "--data", str(server))
    ends.start(*program, *words, stderr=subprocess.DEVNULL)
    wait_for(ends, PORT)
    given = ("--server", f"https://{FAR}:{PORT}", "--code", json.loads(code.stdout)["code"])
    ca = ("--ca", str(server / "tls" / "ca.pem"))
    assert ends.run(*program, "enroll", *given, *ca, "--data", str(point)).returncode == 0
    sealed = seal_cases(point)
    ends.link.use(Profile("quick", **QUICK, resets=cut == "reset"))
    done = ends.run(*program, "sync", "--until-empty", "--data", str(point))
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout)
    assert (said["waiting"], said["completed"]) == (0, len(sealed))
    cuts = ends.link.profile.cuts(said["seconds"])
    assert cuts >= 1, "the link was never cut: nothing was tried"
    ends.link.use(PROFILES["open"])
    with contextlib.closing(sqlite3.connect(server / "server.db")) as database:
        rows = database.execute("SELECT id, envelope, status FROM registry_item").fetchall()
    assert {(name, bytes(envelope), status) for name, envelope, status in rows} == {
        (case.id, case.envelope, "complete") for case in sealed.values()
    }
    files = {path.name for path in (server / "files" / "blobs").rglob("*") if path.is_file()}
    assert files == {blob.sha256.hex() for case in sealed.values() for blob in case.blobs}
