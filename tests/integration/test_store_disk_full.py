"""A full disk at every stage of saving: "not saved" is said, the draft is kept, the queue is whole."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

import pytest

resource = pytest.importorskip("resource", reason="file-size limits are a POSIX thing")

SAVE_AT_LIMIT = """
    import hashlib, json, resource, secrets, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from supportpoint.clock import FixedClock
    from supportpoint.errors import SupportPointError
    from supportpoint.records import DeviceIdentity, Draft, SealedBlob, SealedCase
    from supportpoint.store.keys import load_or_make_keys
    from supportpoint.store.store import Store

    data_dir, limits = Path(sys.argv[1]), json.loads(sys.argv[2])
    clock = FixedClock(datetime(2026, 11, 23, tzinfo=UTC))
    keys = load_or_make_keys(data_dir, use_keyring=False)
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]

    def make_case(name):
        photo = secrets.token_bytes(12_000)
        blobs = (SealedBlob(hashlib.sha256(photo).digest(), photo),)
        return SealedCase("case", name, secrets.token_bytes(30_000), blobs, "DB7-4K2-9X8", bytes(32))

    def attempt(store, name, limit):
        store.save_draft(Draft(name, "birth", "1", "vi", "/p", b"<x/>", clock.now()))
        store.end_visit()
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        try:
            store.queue_case(make_case(name), draft_id=name)
            return "saved"
        except SupportPointError as error:
            return error.code
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, hard))

    said = {}
    with Store.open(data_dir, clock, keys) as store:
        store.save_identity(DeviceIdentity(
            "kiosk-1", "kiosk", "https://sync.example", "03316", "Xã Mẫu", "Mẫu", "11",
            bytes(32), bytes(32), b"", "epoch"))
        for limit in limits:
            said[f"at-{limit}"] = attempt(store, f"at-{limit}", limit)
        store.queue_case(make_case("after"))
    with Store.open(data_dir, clock, keys) as store:
        items = store.take_batch(limit=1000, max_bytes=1 << 40)
        print(json.dumps({
            "said": said,
            "queued": [item.id for item in items],
            "seqs": [item.seq for item in items],
            "drafts": [draft.id for draft in store.list_drafts()],
            "blobs": len(list((data_dir / "blobs").iterdir())),
            "spool": len(list((data_dir / "spool").glob("*.item"))),
        }))
"""
NO_BLOB, NO_MIRROR, NO_ROWS, ENOUGH = 4_096, 20_000, 36_000, 400_000


def test_full_disk_says_so_and_loses_nothing(tmp_path):
    limits = [NO_BLOB, NO_MIRROR, NO_ROWS, ENOUGH]
    command = [sys.executable, "-c", textwrap.dedent(SAVE_AT_LIMIT), str(tmp_path), json.dumps(limits)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    told = json.loads(done.stdout)
    assert [told["said"][f"at-{limit}"] for limit in limits] == ["SP-202", "SP-202", "SP-202", "saved"]
    assert told["queued"] == [f"at-{ENOUGH}", "after"]
    assert told["seqs"] == [1, 2]
    assert sorted(told["drafts"]) == sorted(f"at-{limit}" for limit in limits[:3])
    assert told["blobs"] == told["spool"] == 2
