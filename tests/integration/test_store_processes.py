"""The kiosk app and a command on the same data folder at the same time."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import textwrap

import pytest

from supportpoint.clock import SystemClock
from supportpoint.errors import SupportPointError
from supportpoint.records import DeviceIdentity, SealedCase
from supportpoint.store import opening
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.lock import FileLock, lock_kiosk
from supportpoint.store.store import Store

IDENTITY = DeviceIdentity(
    "kiosk-1", "kiosk", "https://sync.example", "03316", "Xã Mẫu", "Mẫu", "11", bytes(32), bytes(32), b"", "e"
)
COMMAND = """
    import json, secrets, sys
    from pathlib import Path
    from supportpoint.clock import SystemClock
    from supportpoint.errors import SupportPointError
    from supportpoint.records import SealedCase
    from supportpoint.store.keys import load_or_make_keys
    from supportpoint.store.lock import lock_kiosk
    from supportpoint.store.store import Store

    data_dir, count = Path(sys.argv[1]), int(sys.argv[2])
    try:
        lock_kiosk(data_dir).release()
        lock_said = "free"
    except SupportPointError as error:
        lock_said = error.code
    with Store.open(data_dir, SystemClock(), load_or_make_keys(data_dir)) as store:
        for n in range(count):
            name = f"command-{n}"
            envelope = secrets.token_bytes(500)
            store.queue_case(SealedCase("case", name, envelope, (), "DB7-4K2-9X8", bytes(32)))
        print(json.dumps({"lock": lock_said, "queued": store.counts().queued}))
"""


def start_command(data_dir, count: int) -> subprocess.Popen:
    command = [sys.executable, "-c", textwrap.dedent(COMMAND), str(data_dir), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def kiosk(tmp_path):
    keys = load_or_make_keys(tmp_path, use_keyring=False)
    with lock_kiosk(tmp_path), Store.open(tmp_path, SystemClock(), keys) as store:
        store.save_identity(IDENTITY)
        yield store


def queue(store, name):
    return store.queue_case(SealedCase("case", name, secrets.token_bytes(500), (), "DB7-4K2-9X8", bytes(32)))


def test_status_is_told_while_the_kiosk_runs(tmp_path, kiosk):
    queue(kiosk, "kiosk-0")
    with start_command(tmp_path, 0) as command:
        assert json.loads(command.stdout.read()) == {"lock": "SP-204", "queued": 1}


def test_both_write_at_once_and_every_number_is_given_once(tmp_path, kiosk):
    with start_command(tmp_path, 60) as command:
        for n in range(60):
            queue(kiosk, f"kiosk-{n}")
        assert json.loads(command.stdout.read())["lock"] == "SP-204"
    items = kiosk.take_batch(limit=1000, max_bytes=1 << 40)
    assert len(items) == 120
    assert sorted(item.seq for item in items) == list(range(1, 121))
    assert len({item.incarnation for item in items}) == 1


def test_long_write_elsewhere_is_told_as_busy(tmp_path, kiosk, monkeypatch):
    monkeypatch.setattr(opening, "BUSY_S", 0.2)
    with FileLock(tmp_path / "write.lock"), pytest.raises(SupportPointError, match="SP-201"):
        queue(kiosk, "waits")
    assert queue(kiosk, "goes").seq == 1
