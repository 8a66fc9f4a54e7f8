"""What the store costs. Figures and their targets: docs/decisions/0001-outbox.md. Nothing is asserted.

Run: pytest tests/bench/test_store_bench.py --benchmark-columns=median,max,rounds
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import time
from statistics import median

import pytest
from sqlcipher3 import dbapi2

from supportpoint.clock import SystemClock
from supportpoint.protocol import BlobRef, Item, encode
from supportpoint.records import Attachment, DeviceIdentity, Draft, SealedBlob, SealedCase
from supportpoint.sealing.item import sign_item
from supportpoint.store.files import write_durably
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.queueing import insert_entry
from supportpoint.store.search import Entry
from supportpoint.store.spool import SpoolEntry
from supportpoint.store.store import Store

BIG = 10_000
CLOCK = SystemClock()
IDENTITY = DeviceIdentity(
    "kiosk-1", "kiosk", "https://sync.example", "03316", "Xã Mẫu", "Mẫu", "11", bytes(32), bytes(32), b"", "e"
)


def open_store(data_dir) -> Store:
    store = Store.open(data_dir, CLOCK, load_or_make_keys(data_dir, use_keyring=False))
    if store.find_identity() is None:
        store.save_identity(IDENTITY)
    return store


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def big_folder(tmp_path_factory):
    """A folder with 10,000 queued items of 1 KB, made in one transaction to save time."""
    data_dir = tmp_path_factory.mktemp("big")
    with open_store(data_dir) as store:
        first = store.queue_case(make_case())
        opened = store._opened
        with opened.db.immediate():
            for seq in range(2, BIG + 1):
                entry = make_entry(opened.keys.sign, first.incarnation, seq)
                insert_entry(opened, entry, IDENTITY)
                path = opened.folder.spool_path(entry.item.id)
                path.write_bytes(b"")
    return data_dir


def make_entry(key, incarnation, seq) -> SpoolEntry:
    item = Item(
        kind="case",
        id=f"case-{seq}",
        device="kiosk-1",
        incarnation=incarnation,
        seq=seq,
        envelope=secrets.token_bytes(1000),
        blobs=(BlobRef(sha256=secrets.token_bytes(32), len=150_000),),
    )
    return SpoolEntry(
        item=sign_item(item, key),
        case_number=f"DB7-{seq:03X}-9X8",
        receipt_hash=hashlib.sha256(str(seq).encode()).digest(),
        created_at=CLOCK.now().isoformat(),
    )


def make_case(photo_bytes: int = 0) -> SealedCase:
    photo = secrets.token_bytes(photo_bytes)
    blobs = (SealedBlob(hashlib.sha256(photo).digest(), photo),) if photo_bytes else ()
    case_id = secrets.token_hex(16)
    return SealedCase(
        "case", case_id, secrets.token_bytes(1000), blobs, "DB7-4K2-9X8", secrets.token_bytes(32)
    )


@pytest.fixture
def commit_bare(tmp_path):
    """The floor: one row of 1 KB, plain SQLite in WAL with synchronous=FULL."""
    connection = dbapi2.connect(str(tmp_path / "bare.db"), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, envelope BLOB)")
    envelope = secrets.token_bytes(1000)
    yield lambda: connection.execute("INSERT INTO item (envelope) VALUES (?)", (envelope,))
    connection.close()


def test_bare_full_commit(benchmark, commit_bare):
    benchmark(commit_bare)


def test_bare_durable_file(benchmark, tmp_path):
    """The other floor: one file of 1 KB, written, synced, renamed, its folder synced."""
    envelope = secrets.token_bytes(1000)
    benchmark(lambda: write_durably(tmp_path / "one", envelope))


@pytest.mark.parametrize("photo_bytes", [0, 150_000], ids=["text", "one photo"])
def test_save_and_queue(benchmark, store, photo_bytes):
    """What a villager waits for after the last page: draft gone, case safe. One save a visit."""

    def setup():
        store.end_visit()
        photo = secrets.token_bytes(photo_bytes)
        files = (Attachment("a.jpg", photo),) if photo_bytes else ()
        store.save_draft(Draft("d", "birth", "1", "vi", "/p", b"<x/>" * 500, CLOCK.now(), files))
        return (make_case(photo_bytes),), {}

    benchmark.pedantic(lambda case: store.queue_case(case, draft_id="d"), setup=setup, rounds=100)


def test_save_and_queue_beside_a_bare_commit(store, commit_bare):
    """The two in turn: disk and load are other ones from second to second. Printed with `-s`.

    Beside other work run it under `chrt -f 5`: else a sync takes until the next tick of the scheduler.
    """
    spans: tuple[list[float], list[float]] = ([], [])
    for _ in range(300):
        store.end_visit()
        store.save_draft(Draft("d", "birth", "1", "vi", "/p", b"<x/>" * 500, CLOCK.now()))
        case = make_case()
        works = (commit_bare, lambda case=case: store.queue_case(case, draft_id="d"))
        for work, taken in zip(works, spans, strict=True):
            started = time.perf_counter()
            work()
            taken.append(1000 * (time.perf_counter() - started))
    bare_ms, save_ms = map(median, spans)
    load = os.getloadavg()[0]
    print(f"\nbare {bare_ms:.2f} ms, save {save_ms:.2f} ms: {save_ms / bare_ms:.1f} times, load {load:.1f}")  # noqa: T201


def test_save_and_queue_when_no_room_is_left(benchmark, store):
    """The fifth save of one visit: it makes the rooms itself."""

    def setup():
        store.end_visit()
        store.save_draft(Draft("d", "birth", "1", "vi", "/p", b"<x/>" * 500, CLOCK.now()))
        for room in store._opened.folder.spool.glob("room-*"):
            room.unlink()
        return (make_case(),), {}

    benchmark.pedantic(lambda case: store.queue_case(case, draft_id="d"), setup=setup, rounds=100)


def test_autosave_of_a_page(benchmark, store):
    photo = Attachment("a.jpg", os.urandom(150_000))
    draft = Draft("d", "birth", "1", "vi", "/p", b"<x/>" * 500, CLOCK.now(), (photo,))
    benchmark(store.save_draft, draft)


def test_open_with_10_000_items(benchmark, big_folder):
    benchmark.pedantic(lambda: open_store(big_folder).close(), rounds=5)


def test_open_after_unclean_stop_with_10_000_items(benchmark, big_folder):
    """The whole database is read once: another connection that stays open leaves the log in place."""
    with open_store(big_folder) as other:
        other.save_draft(Draft("d", "birth", "1", "vi", "/p", b"<x/>", CLOCK.now()))
        benchmark.pedantic(lambda: open_store(big_folder).close(), rounds=5)
        other.delete_draft("d")


@pytest.fixture(scope="module")
def big(big_folder):
    with open_store(big_folder) as opened:
        yield opened


def test_counts_of_10_000_items(benchmark, big):
    benchmark(big.counts)


def test_batch_of_50_from_10_000_items(benchmark, big):
    benchmark(big.take_batch)


def test_list_10_000_items(benchmark, big):
    benchmark.pedantic(big.list_items, rounds=5)


def test_search_a_case_number_among_10_000(benchmark, big):
    assert len(big.find_items("zzz")) == 0
    assert len(benchmark(big.find_items, "1F4")) > 0


def test_search_words_among_1_000_entries(benchmark, big):
    words = [
        "đất",
        "đai",
        "hộ",
        "tịch",
        "khai",
        "sinh",
        "trợ",
        "giúp",
        "pháp",
        "lý",
        "bảo",
        "hiểm",
        "y",
        "tế",
        "vay",
        "vốn",
        "giống",
        "lúa",
    ]
    entries = [
        Entry("article", f"a{n}@1", f"{words[n % 16]} {words[n % 7]}", " ".join(words[n % 5 :] * 40))
        for n in range(1000)
    ]
    big.replace_entries(entries)
    assert len(benchmark(big.find_entries, "dat dai ph")) > 0


def test_back_up_10_000_items(benchmark, big):
    """On another thread than the store's; nobody waits for it."""
    benchmark.pedantic(lambda: big.plan_backup(kept=1)(lambda: False), rounds=3)


def test_repair_with_10_000_items(benchmark, big_folder, tmp_path):
    """The first page is gone: everything comes from the backup."""
    with open_store(big_folder) as store:
        store.plan_backup(kept=1)(lambda: False)

    def damage():
        shutil.rmtree(tmp_path / "data", ignore_errors=True)
        shutil.copytree(big_folder, tmp_path / "data")
        with (tmp_path / "data" / "supportpoint.db").open("r+b") as file:
            file.write(bytes(4096))
        return (), {}

    benchmark.pedantic(lambda: open_store(tmp_path / "data").close(), setup=damage, rounds=3)


def test_find_one_receipt_among_10_000(benchmark, big):
    wanted = hashlib.sha256(b"7777").digest()
    benchmark(big.find_item_state, wanted)


def test_rebuild_1_000_items_from_the_spool(benchmark, tmp_path):
    def lose_database():
        for path in tmp_path.glob("supportpoint.db*"):
            path.unlink()
        return (), {}

    with open_store(tmp_path) as store:
        opened = store._opened
        for seq in range(1, 1001):
            entry = make_entry(opened.keys.sign, "aa" * 8, seq)
            opened.folder.spool_path(entry.item.id).write_bytes(encode(entry))
    benchmark.pedantic(lambda: open_store(tmp_path).close(), setup=lose_database, rounds=3)
