"""Support points without a link, sticks between them, and what the server says of it all."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import random
import secrets
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from supportpoint.clock import SystemClock
from supportpoint.content.shelf import Shelf
from supportpoint.courier.delivery import Delivered, deliver
from supportpoint.courier.intaking import StickReport, take_stick
from supportpoint.courier.letters import Letter, write_letter
from supportpoint.courier.relay import QUOTA_BYTES, RelayLane
from supportpoint.protocol import CaseNews, encode
from supportpoint.records import ItemState, SealedCase, SyncReport
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.mailbox import make_box
from supportpoint.store.access import DirectAccess
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store
from supportpoint.sync.enroll import Applicant, enroll
from supportpoint.sync.http import HttpTransport
from supportpoint.sync.passes import run_pass
from tests.integration.sealed_cases import queue_random_case

SEED = int(os.environ.get("SUPPORTPOINT_SEED", "0")) or random.SystemRandom().randrange(1 << 32)
EVERY_BYTES = 4096
FLIPS = int(os.environ.get("SUPPORTPOINT_COURIER_FLIPS", "60"))


def make_code(server: Any, commune: str) -> str:
    """Put a one-time code straight into the table: the command takes a second, and has its own test."""
    text = "".join(secrets.choice("23456789ABCDEFGH") for _ in range(12))
    server.rows(
        "INSERT INTO registry_enrolmentcode (code_hash, commune_id, point_name, expires_at)"
        " VALUES (?, ?, 'Test point', '2999-01-01 00:00:00+00')",
        hashlib.sha256(text.encode()).digest(),
        commune,
    )
    return text


def make_boxes(server: Any, commune: str, epoch: str, *, rev: int = 1, count: int = 1) -> list[bytes]:
    """Put signed boxes onto the feed of a commune, as the office does; return their receipts' hashes."""
    signer = SignKey((server.data / "keys" / "units" / f"{commune}.sign.key").read_bytes())
    made = []
    for _ in range(count):
        news = CaseNews(case_number="DB7-4K2-9X8", state="working", at="2026-11-28", unit=commune)
        body = make_box(news, secret=secrets.token_bytes(16), signer=signer, epoch=epoch, rev=rev)
        server.rows(
            "INSERT INTO registry_change"
            " (stream, ref, rev, body, tombstone, audience, province_code, made_at)"
            " VALUES ('box', ?, ?, ?, false, ?, '11', '2026-11-28 00:00:00+00')",
            body.receipt_hash.hex(),
            rev,
            encode(body),
            commune,
        )
        made.append(body.receipt_hash)
    return made


class CourierPoint:
    """A data folder on disk with everything a kiosk has but its pages."""

    def __init__(self, folder: Path, server: Any, commune: str = "03316") -> None:
        self.folder = folder
        self.clock = SystemClock()
        self.keys = load_or_make_keys(folder, use_keyring=False)
        self.shelf = Shelf(folder)
        self.stop = threading.Event()
        self.lane = RelayLane(folder)
        self.open()
        applicant = Applicant(self.keys.sign, self.keys.seal, self.keys.level)
        self.store.save_identity(enroll(server.url, make_code(server, commune), applicant, ""))

    def open(self) -> None:
        self.store = Store.open(self.folder, self.clock, self.keys, free_space_floor_bytes=0)
        self.access = DirectAccess(self.store)

    def restart(self) -> None:
        self.store.close()
        self.open()

    def clone(self, folder: Path) -> CourierPoint:
        """Return a second machine made from a copy of this one's disk, keys and all."""
        self.store.close()
        shutil.copytree(self.folder, folder)
        other = copy.copy(self)
        other.folder, other.lane = folder, RelayLane(folder)
        self.open()
        other.open()
        return other

    def close(self) -> None:
        self.store.close()

    @property
    def device(self) -> str:
        return self.store.get_identity().device

    def seal(self, *blob_sizes: int) -> SealedCase:
        return queue_random_case(self.store, self.clock, blob_sizes)

    def export(self, stick: Path, **limits: Any) -> Letter:
        return write_letter(self.access, self.keys.sign, self.folder, stick, clock=self.clock, **limits)

    def take(self, stick: Path, quota_bytes: int = QUOTA_BYTES) -> StickReport:
        lane = RelayLane(self.folder, quota_bytes)
        return take_stick(self.access, self.shelf, lane, stick, key=self.keys.sign, clock=self.clock)

    def open_transport(self) -> HttpTransport:
        return HttpTransport(self.store.get_identity(), self.keys.sign, stop=self.stop)

    def sync(self) -> SyncReport:
        transport = self.open_transport()
        try:
            return run_pass(self.access, transport, self.shelf, clock=self.clock, stop=self.stop)
        finally:
            transport.close()

    def deliver(self) -> Delivered:
        transport = self.open_transport()
        try:
            return deliver(self.lane, transport, self.stop)
        finally:
            transport.close()

    def states(self) -> dict[str, ItemState]:
        return {row.id: row.state for row in self.store.list_items()}

    def everything(self) -> dict[str, Any]:
        """What a stick may have changed."""
        identity = self.store.get_identity()
        return {
            "items": self.store.list_items(),
            "epoch": identity.epoch,
            "keyset": identity.keyset,
            "cursor": self.store.get_cursor(),
            "bundles": self.store.pending_bundles(),
        }


DESK = """
import json, sys
from pathlib import Path
from supportpoint.server.startup import use_data_dir
use_data_dir(Path(sys.argv[1]))
from django.db import connection
from supportpoint.server import courier
for line in sys.stdin:
    print(json.dumps(vars(courier.take_stick(Path(line.rstrip())))), flush=True)
    connection.close()
"""
_desks: dict[Path, subprocess.Popen[str]] = {}


def open_desk(server: Any) -> subprocess.Popen[str]:
    """Start a process that takes sticks, beside the running server; it ends with this one."""
    line = [sys.executable, "-c", DESK, str(server.data)]
    pipe = subprocess.PIPE
    return subprocess.Popen(line, env=server.env, stdin=pipe, stdout=pipe, text=True)


def ask(desk: subprocess.Popen[str], stick: Path) -> None:
    """Give a stick to a desk, without waiting for what it says."""
    assert desk.stdin is not None
    desk.stdin.write(f"{stick}\n")
    desk.stdin.flush()


def give_to_server(server: Any, stick: Path) -> dict[str, Any]:
    """Let the server take a stick; the desk stays open for the next one, because starting takes a second."""
    desk = _desks.get(server.data) or open_desk(server)
    _desks[server.data] = desk
    ask(desk, stick)
    assert desk.stdout is not None
    answer: dict[str, Any] = json.loads(desk.stdout.readline())
    return answer


def assert_arrived_once(server: Any, *cases: SealedCase) -> None:
    for sealed in cases:
        rows = server.rows("SELECT envelope, status FROM registry_item WHERE id = ?", sealed.id)
        assert [(bytes(envelope), status) for envelope, status in rows] == [(sealed.envelope, "complete")]
        for blob in sealed.blobs:
            [(done, name)] = server.rows(
                "SELECT done, stored_name FROM registry_blob WHERE sha256 = ?", blob.sha256
            )
            assert done
            stored = next(path for path in server.data.rglob(Path(name).name) if path.is_file())
            assert hashlib.sha256(stored.read_bytes()).digest() == blob.sha256


def arrivals(server: Any, *cases: SealedCase) -> int:
    """Count the sends that are not the first of their item."""
    return sum(
        server.rows("SELECT count(*) FROM registry_arrival WHERE item_id = ?", one.id)[0][0] for one in cases
    )
