"""`kill -9` of `supportpoint submit` at random moments: what was acknowledged is there exactly once.

100 kills by default, about 90 s; `SUPPORTPOINT_CHAOS_KILLS=20` for a short run.
`SUPPORTPOINT_CHAOS_SEED` repeats one.
Three kills of four fall around the moment the case is saved, one anywhere in the life of the program.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import time
from collections import Counter

import msgspec
import pytest

from supportpoint.protocol import Item, Message, decode
from supportpoint.sealing.case import open_case, open_file
from supportpoint.sealing.item import verify_item
from supportpoint.store.keys import load_or_make_keys
from tests.conftest import mirrors_in

KILLS = int(os.environ.get("SUPPORTPOINT_CHAOS_KILLS", "100"))
SEED = int(os.environ.get("SUPPORTPOINT_CHAOS_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(60 + 4 * KILLS)]


class Mirror(Message, frozen=True):
    """What of a spool file matters here."""

    item: Item


def typical_run_s(point, photo):
    """Return how long a submit takes from its start to its word, over three runs."""
    spans = []
    for _ in range(3):
        started_s = time.monotonic()
        done = point.run(*point.submit_words("--attach", f"photo={photo}"))
        assert done.returncode == 0, done.stderr
        spans.append(time.monotonic() - started_s)
    return sorted(spans)[1]


def kill_one(point, photo, delay_s):
    """Start a submit, kill it after `delay_s`; return its case id if it had given its word, else ""."""
    process = point.start(*point.submit_words("--attach", f"photo={photo}"))
    time.sleep(delay_s)
    process.kill()
    out, err = process.communicate(timeout=30)
    assert err == ""
    return json.loads(out)["case_id"] if out.endswith("\n") else ""


def outbox_of(point):
    with point.open() as store:
        items = store.take_batch(limit=10_000, max_bytes=1 << 30)
        rows = store.list_items()
    assert sorted(item.id for item in items) == sorted(row.id for row in rows)
    return items


def check_agreement(point, items):
    """Spool, blobs and database say the same; nothing half written is left."""
    mirrors = [decode(path.read_bytes().rstrip(b"\0"), Mirror).item for path in mirrors_in(point.folder)]
    assert sorted(mirrors, key=lambda item: item.seq) == sorted(items, key=lambda item: item.seq)
    wanted = Counter(blob.sha256.hex() for item in items for blob in item.blobs)
    there = {path.name: path.read_bytes() for path in (point.folder / "blobs").iterdir()}
    assert sorted(there) == sorted(wanted)
    assert all(hashlib.sha256(content).hexdigest() == name for name, content in there.items())
    assert not list(point.folder.rglob("*.tmp"))
    return there


def check_contents(point, items, there, photo):
    """Every case opens for the province, whole, and is signed by the device."""
    keys = {point.trust.intake.kid: point.trust.intake}
    device = load_or_make_keys(point.folder, use_keyring=False).sign.public
    for item in items:
        verify_item(item, device)
        record = open_case(item.envelope, keys, lambda _: b"").record
        assert "Vàng Thị Dế Mèn".encode() in record.xml
        assert item.id.encode() in record.xml
        [file] = record.files
        assert open_file(there[file.sha256.hex()], keys) == photo.read_bytes()


def check_numbers(items):
    """The sequence of one incarnation is dense: no number twice, none left out."""
    assert len({item.incarnation for item in items}) == 1
    assert sorted(item.seq for item in items) == list(range(min(i.seq for i in items), len(items) + 1))


def test_a_killed_submit_is_there_exactly_once_or_not_at_all(point, tmp_path):
    print(f"\nseed {SEED}")  # noqa: T201 - a failure must be repeatable
    rng = random.Random(SEED)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(rng.randbytes(200_000))
    typical_s = typical_run_s(point, photo)
    before = len(outbox_of(point))
    acknowledged = []
    for number in range(KILLS):
        start = 0.0 if number % 4 == 0 else 0.55
        acknowledged.append(kill_one(point, photo, typical_s * rng.uniform(start, 1.1)))
        if number % 10 == 9:
            check_agreement(point, outbox_of(point))
    items = outbox_of(point)
    ids = Counter(item.id for item in items)
    promised = [case_id for case_id in acknowledged if case_id]
    print(f"{KILLS} kills, {len(promised)} acknowledged, {len(items) - before} saved")  # noqa: T201
    assert {case_id: ids[case_id] for case_id in promised} == dict.fromkeys(promised, 1)
    assert max(ids.values()) == 1
    check_contents(point, items, check_agreement(point, items), photo)
    check_numbers(items)
    assert point.run(*point.submit_words()).returncode == 0


def test_the_checks_can_fail(point, tmp_path):
    """An acknowledged case that is lost, a torn spool file and a stray blob are each noticed."""
    assert point.run(*point.submit_words()).returncode == 0
    items = outbox_of(point)
    stray = point.folder / "blobs" / ("ab" * 32)
    stray.write_bytes(b"torn")
    with pytest.raises(AssertionError):
        check_agreement(point, items)
    stray.unlink()
    with pytest.raises(AssertionError):
        check_agreement(point, ())
    [mirror] = mirrors_in(point.folder)
    mirror.write_bytes(mirror.read_bytes()[:100])
    with pytest.raises(msgspec.DecodeError):
        check_agreement(point, items)
