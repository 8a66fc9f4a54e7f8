"""What ends when, and the proof that it is gone: from the database, its log, spool, blobs and backups."""

from __future__ import annotations

import importlib.util
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from supportpoint.protocol import Change, Range, Stream
from supportpoint.records import Attachment, Draft, ItemState
from supportpoint.store import backups
from supportpoint.store.driver import connect_to_read
from supportpoint.store.retention import KEPT
from supportpoint.store.store import Store
from supportpoint.store.values import Locked
from tests.conftest import mirrors_in

START = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LONG_AFTER = START + KEPT["item"] + timedelta(hours=1)
MARK = b"only-here-4711"


def say(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


@pytest.fixture
def sent(store, province, clock, make_case):
    """A complete case with attachments, and one that waits."""
    item = store.queue_case(make_case(blobs=2))
    store.apply_reply(province.reply([item]))
    store.queue_case(make_case(blobs=1))
    return item


@pytest.fixture
def folder(store):
    return store._opened.folder


@pytest.fixture
def hear(store, province, clock):
    """A reply of the server at a moment of its clock; ours follows."""

    def run(moment, *, backed_up=None, **fields):
        clock.at = moment
        through = int((backed_up or moment).timestamp())
        store.apply_reply(province.reply(now=say(moment), backed_up_through=through, **fields))

    return run


def states(store):
    return sorted(row.state for row in store.list_items())


def test_complete_and_backed_up_items_are_archived_after_90_days(store, hear, sent, folder):
    hear(LONG_AFTER, have=listed(sent))
    erased = store.erase_old()
    assert (erased.items, erased.is_in_backups) == (1, True)
    assert states(store) == [ItemState.ARCHIVED, ItemState.QUEUED]
    assert not folder.spool_path(sent.id).exists()
    assert len(mirrors_in(folder.root)) == len(list(folder.blobs.iterdir())) == 1
    assert store.counts().archived == 1
    assert store.count_complete() == 1, "the server counts it still"
    assert store.erase_old().items == 0


def test_the_place_of_an_archived_item_is_not_given_out_again(store, province, hear, make_case):
    item = store.queue_case(make_case())
    store.apply_reply(province.reply([item]))
    hear(LONG_AFTER, have=listed(item))
    assert store.erase_old().items == 1
    assert store.queue_case(make_case()).seq == 2


def listed(item):
    return (Range(incarnation=item.incarnation, first=item.seq, last=item.seq),)


@pytest.mark.parametrize(
    ("now", "backed_up"),
    [
        (LONG_AFTER, START - timedelta(days=1)),
        (LONG_AFTER, datetime(1970, 1, 1, tzinfo=UTC)),
        (START + KEPT["item"] - timedelta(hours=1), None),
    ],
    ids=["backed up before", "server says nothing", "not long enough"],
)
def test_nothing_goes_before_both_are_true(store, hear, sent, now, backed_up):
    hear(now, backed_up=backed_up, have=listed(sent))
    assert store.erase_old().items == 0
    assert ItemState.COMPLETE in states(store)


def test_our_own_clock_ends_nothing_that_was_sent(store, hear, clock, sent):
    hear(START + timedelta(days=1), have=listed(sent))
    clock.at = START + timedelta(days=300)
    assert store.erase_old().items == 0


def test_an_archived_item_stays_archived_whatever_is_said(store, province, hear, sent):
    hear(LONG_AFTER, have=listed(sent))
    store.erase_old()
    store.apply_reply(province.reply([sent], now=say(LONG_AFTER)))
    hear(LONG_AFTER, epoch="another", have=())
    assert ItemState.ARCHIVED in states(store)
    assert store.find_items("DB7")
    assert sent.id not in {item.id for item in store.take_batch()}


def test_archived_item_survives_reopening_and_a_mirror_that_came_back(store, hear, clock, keys, sent):
    folder = store._opened.folder
    mirror = folder.spool_path(sent.id).read_bytes()
    hear(LONG_AFTER, have=listed(sent))
    store.erase_old()
    store.close()
    folder.spool_path(sent.id).write_bytes(mirror)  # a power cut undid the end of the file
    with Store.open(folder.root, clock, keys) as again:
        assert states(again) == [ItemState.ARCHIVED, ItemState.QUEUED]
        assert not folder.spool_path(sent.id).exists()
        assert len(list(folder.blobs.iterdir())) == 1


def test_a_blob_that_a_waiting_item_names_stays(store, province, hear, make_case, folder):
    case = make_case(blobs=1)
    first = store.queue_case(case)
    store.apply_reply(province.reply([first]))
    other = make_case()
    store.queue_case(type(other)(other.kind, other.id, other.envelope, case.blobs, "X", bytes(32)))
    hear(LONG_AFTER, have=listed(first))
    assert store.erase_old().items == 1
    assert len(list(folder.blobs.iterdir())) == 1


def test_drafts_end_after_72_hours_and_locked_ones_at_their_time(store, clock):
    store.save_draft(Draft("old", "birth", "1", "vi", "/p", b"<x/>", clock.now()))
    store.save_locked(Locked("l", "draft", b"s", b"x", (START + timedelta(hours=24)).isoformat()))
    clock.advance(71 * 3600)
    store.save_draft(Draft("new", "birth", "1", "vi", "/p", b"<x/>", clock.now()))
    assert (store.erase_old().drafts, store.find_locked("l")) == (0, None)
    clock.advance(2 * 3600)
    assert store.erase_old().drafts == 1
    assert [draft.id for draft in store.list_drafts()] == ["new"]


@pytest.mark.parametrize("moment", [datetime(1970, 1, 1, tzinfo=UTC), START + timedelta(days=3650)])
def test_a_clock_that_cannot_be_right_ends_nothing(store, hear, clock, moment):
    store.save_draft(Draft("d", "birth", "1", "vi", "/p", b"<x/>", clock.now()))
    hear(START)
    clock.at = moment
    assert store.erase_old() == type(store.erase_old())()
    assert len(store.list_drafts()) == 1


def test_boxes_end_with_the_servers_tombstone_or_long_after(store, hear, clock):
    db = store._opened.db
    for name in ("a", "b"):
        db.execute("INSERT INTO box VALUES (?, ?, 'e', 1, ?, ?)", (name.encode(), name, MARK, say(START)))
    hear(
        START + timedelta(days=1),
        changes=(Change(stream=Stream.BOX, id="a", rev=2, tombstone=True),),
    )
    assert db.tuples("SELECT change_id FROM box") == [("b",)]
    clock.at = START + timedelta(days=300)
    assert store.erase_old().boxes == 0
    hear(START + KEPT["box"] + timedelta(days=1))
    assert store.erase_old().boxes == 1


def test_damaged_databases_and_copies_end_too(store, clock, folder):
    folder.quarantine.mkdir()
    old = [folder.quarantine / "20261101T000000", folder.root / "supportpoint.db.v2"]
    old[0].mkdir()
    (old[0] / "supportpoint.db").write_bytes(b"x")
    old[1].write_bytes(b"x")
    for path in old:
        os.utime(path, (START.timestamp(), START.timestamp()))
    clock.advance(71 * 3600)
    assert store.erase_old().files == 0
    clock.advance(2 * 3600)
    assert store.erase_old().files == 2
    assert not any(path.exists() for path in old)


def every_byte(folder, key) -> bytes:
    """What the folder gives to somebody with its key: files as they lie, and each page of each database."""
    place = Path(__file__).parents[2] / "integration" / "test_write_only_kiosk.py"
    spec = importlib.util.spec_from_file_location("write_only_kiosk", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    burglar = object.__new__(module.Burglar)
    burglar.secrets = {key}
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".lock":
            content = path.read_bytes()
            found.append(content)
            found += [page for _, page in burglar._pages(path, content)]
    return b"".join(found)


@pytest.fixture
def put(store, province, clock, make_case):
    """Writes the mark where a thing of its kind stands; returns what the server then lists."""

    def item():
        case = make_case(blobs=1)
        marked = type(case)(case.kind, case.id, MARK * 20, case.blobs, case.case_number, case.receipt_hash)
        queued = store.queue_case(marked)
        store.apply_reply(province.reply([queued]))
        return listed(queued)

    def draft():
        photo = Attachment("a", MARK * 900)
        store.save_draft(Draft("d", "f", "1", "vi", "/", MARK * 300, clock.now(), (photo,)))
        return ()

    def locked():
        store.save_locked(Locked("l", "receipt", b"s", MARK * 300, (START + timedelta(hours=1)).isoformat()))
        return ()

    def box():
        store._opened.db.execute("INSERT INTO box VALUES (x'01', 'b', 'e', 1, ?, ?)", (MARK * 20, say(START)))
        return ()

    return {"item": item, "draft": draft, "locked": locked, "box": box}


@pytest.mark.parametrize("what", ["item", "draft", "locked", "box"])
def test_what_ended_is_nowhere(store, hear, keys, put, what):
    """The mark is found before, and nowhere after one round of upkeep."""
    folder = store._opened.folder
    have = put[what]()
    store.plan_backup()(lambda: False)
    assert MARK in every_byte(folder.root, keys.database_key), "the search finds nothing: it proves nothing"
    (backup,) = backups.list_backups(folder)
    assert (MARK in b"".join(pages_of(backup, keys))) == (what != "draft")
    hear(START + KEPT["box"] + timedelta(days=1), have=have)
    erased = store.erase_old()
    store.plan_backup(kept=1 if erased.is_in_backups else 3)(lambda: False)
    store.end_visit()
    assert MARK not in every_byte(folder.root, keys.database_key)


def pages_of(path, keys):
    db = connect_to_read(path, keys.database_key)
    for table in backups.COPIED:
        for row in db.tuples(f"SELECT * FROM {table}"):  # noqa: S608 -- our own names
            yield from (value for value in row if isinstance(value, bytes))
    db.close()
