"""Support points without a link, sticks between them, and what the server says of it all."""

from __future__ import annotations

import hashlib
import json
import secrets
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from supportpoint.clock import SystemClock, make_uuid7
from supportpoint.content.shelf import Shelf
from supportpoint.courier.delivery import Delivered, deliver
from supportpoint.courier.intaking import StickReport, take_stick
from supportpoint.courier.letters import Letter, write_letter
from supportpoint.courier.relay import QUOTA_BYTES, RelayLane
from supportpoint.records import ItemState, SealedBlob, SealedCase, SyncReport
from supportpoint.store.access import DirectAccess
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store
from supportpoint.sync.enroll import Applicant, enroll
from supportpoint.sync.http import HttpTransport
from supportpoint.sync.passes import run_pass

SECRET_WORDS = b"Giang A Pao, ban Nam Chua"


class CourierPoint:
    """A data folder on disk with everything a kiosk has but its pages."""

    def __init__(self, folder: Path, server: Any, code: str) -> None:
        self.folder = folder
        self.clock = SystemClock()
        self.keys = load_or_make_keys(folder, use_keyring=False)
        self.shelf = Shelf(folder)
        self.stop = threading.Event()
        self.lane = RelayLane(folder)
        self.open()
        applicant = Applicant(self.keys.sign, self.keys.seal, self.keys.level)
        self.store.save_identity(enroll(server.url, code, applicant, ""))

    def open(self) -> None:
        self.store = Store.open(self.folder, self.clock, self.keys, free_space_floor_bytes=0)
        self.access = DirectAccess(self.store)

    def close(self) -> None:
        self.store.close()

    @property
    def device(self) -> str:
        return self.store.get_identity().device

    def seal(self, *blob_sizes: int) -> SealedCase:
        contents = [secrets.token_bytes(size) for size in blob_sizes]
        sealed = SealedCase(
            kind="case",
            id=str(make_uuid7(self.clock.now())),
            envelope=secrets.token_bytes(900),
            blobs=tuple(SealedBlob(hashlib.sha256(content).digest(), content) for content in contents),
            case_number="DB7-4K2-9X8",
            receipt_hash=secrets.token_bytes(32),
        )
        self.store.queue_case(sealed)
        return sealed

    def export(self, stick: Path, **limits: Any) -> Letter:
        return write_letter(self.access, self.keys.sign, self.folder, stick, clock=self.clock, **limits)

    def take(self, stick: Path, quota_bytes: int = QUOTA_BYTES) -> StickReport:
        lane = RelayLane(self.folder, quota_bytes)
        return take_stick(self.access, self.shelf, lane, stick, key=self.keys.sign, clock=self.clock)

    def _transport(self) -> HttpTransport:
        return HttpTransport(self.store.get_identity(), self.keys.sign, stop=self.stop)

    def sync(self) -> SyncReport:
        transport = self._transport()
        try:
            return run_pass(self.access, transport, self.shelf, clock=self.clock, stop=self.stop)
        finally:
            transport.close()

    def deliver(self) -> Delivered:
        transport = self._transport()
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


def give_to_server(server: Any, stick: Path, *, code: str = "") -> dict[str, Any]:
    """Run the server's own command on a stick, as an operator does."""
    line = [sys.executable, "-m", "supportpoint", "server", "courier", str(stick), "--data", str(server.data)]
    done = subprocess.run(line, env=server.env, capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout, done.stderr
    assert done.stderr.startswith(code), done.stderr
    assert (done.returncode == 0) == (not code), done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
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
