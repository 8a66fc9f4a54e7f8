"""Kill the program in the middle of saving cases, again and again: what it confirmed is there."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import textwrap
import time
from datetime import UTC, datetime

import pytest

from supportpoint.clock import FixedClock
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.spool import read_entry
from supportpoint.store.store import Store
from tests.conftest import mirrors_in

SEED = 20261123
RUNS = 20
#: On a busy machine many die before they saved anything.
MOST_RUNS = 10 * RUNS
CLOCK = FixedClock(datetime(2026, 11, 23, tzinfo=UTC))

SAVE_FOR_EVER = """
    import hashlib, json, secrets, sys, uuid
    from pathlib import Path
    from supportpoint.clock import SystemClock
    from supportpoint.records import Attachment, DeviceIdentity, Draft, SealedBlob, SealedCase
    from supportpoint.store.keys import load_or_make_keys
    from supportpoint.store.store import Store

    data_dir = Path(sys.argv[1])
    clock = SystemClock()
    with Store.open(data_dir, clock, load_or_make_keys(data_dir, use_keyring=False)) as store:
        if store.find_identity() is None:
            store.save_identity(DeviceIdentity(
                "kiosk-1", "kiosk", "https://sync.example", "03316", "Xã Mẫu", "Mẫu", "11",
                bytes(32), bytes(32), b"", "epoch"))
        print("open", flush=True)
        while True:
            name = str(uuid.uuid4())
            photo = secrets.token_bytes(20_000)
            store.save_draft(Draft(name, "birth", "1", "vi", "/p", b"<x/>", clock.now(),
                                   (Attachment("a.jpg", photo),)))
            print(json.dumps({"draft": name}), flush=True)
            case = SealedCase("case", name, secrets.token_bytes(900),
                              (SealedBlob(hashlib.sha256(photo).digest(), photo),), "DB7-4K2-9X8",
                              secrets.token_bytes(32))
            item = store.queue_case(case, draft_id=name)
            print(json.dumps({"case": name, "seq": item.seq}), flush=True)
"""


def run_and_kill(data_dir, after_s: float) -> list[dict]:
    """Let the program save cases, kill it `after_s` after it opened, return what it had confirmed."""
    command = [sys.executable, "-c", textwrap.dedent(SAVE_FOR_EVER), str(data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "open\n"
        time.sleep(after_s)
        child.send_signal(signal.SIGKILL)
        lines = child.stdout.read().splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


@pytest.mark.chaos
def test_confirmed_cases_survive_kills_and_leave_no_orphans(tmp_path):
    chance = random.Random(SEED)
    confirmed: dict[str, int] = {}
    drafts: set[str] = set()
    for run in range(MOST_RUNS):
        if len(confirmed) >= RUNS <= run:
            break
        for line in run_and_kill(tmp_path, chance.uniform(0.001, 0.08)):
            if "case" in line:
                confirmed[line["case"]] = line["seq"]
            else:
                drafts.add(line["draft"])
        check_whole(tmp_path, confirmed, drafts, f"seed {SEED} run {run}")
    assert len(confirmed) >= RUNS  # the harness really saved something between kills


def check_whole(data_dir, confirmed, drafts, where):
    with Store.open(data_dir, CLOCK, load_or_make_keys(data_dir)) as store:
        items = {item.id: item for item in store.take_batch(limit=100_000, max_bytes=1 << 40)}
        kept_drafts = {draft.id for draft in store.list_drafts()}
    assert {name: items[name].seq for name in confirmed} == confirmed, where
    assert sorted(item.seq for item in items.values()) == list(range(1, len(items) + 1)), where
    assert drafts <= items.keys() | kept_drafts, f"{where}: a confirmed draft is gone"
    assert not items.keys() & kept_drafts, f"{where}: a queued case left its draft"
    blobs = {path.name for path in (data_dir / "blobs").iterdir()}
    assert blobs == {blob.sha256.hex() for item in items.values() for blob in item.blobs}, where
    mirrors = [read_entry(path) for path in mirrors_in(data_dir)]
    assert {entry.item.id: entry.item for entry in mirrors} == items, where


def test_the_spool_alone_gives_every_confirmed_case_back(tmp_path):
    confirmed = {line["case"] for line in run_and_kill(tmp_path, 0.3) if "case" in line}
    assert confirmed
    for path in tmp_path.glob("supportpoint.db*"):
        path.unlink()
    with Store.open(tmp_path, CLOCK, load_or_make_keys(tmp_path)) as store:
        assert confirmed <= {item.id for item in store.take_batch(limit=100_000, max_bytes=1 << 40)}
