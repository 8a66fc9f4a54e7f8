"""Drops in the store: durable, held back by chance, ended by the server's days, whole again after a crash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Drop, DropReceipt, SyncReply, unsigned
from supportpoint.records import Draft, ItemState
from supportpoint.sealing.drops import SealedDrops
from supportpoint.store import drops
from supportpoint.store.store import Store
from tests.unit.store.conftest import EPOCH

ALL = 10_000_000
DAY = "2026-11-23"


@pytest.fixture
def reopen(tmp_path, clock, keys):
    opened = []

    def again():
        opened.append(Store.open(tmp_path / "data", clock, keys))
        return opened[-1]

    yield again
    for one in opened:
        one.close()


def feedback(parts=1):
    return SealedDrops(
        case_id=str(uuid4()),
        drops=tuple(Drop(id=str(uuid4()), envelope=secrets.token_bytes(900)) for _ in range(parts)),
        case_number="DB7-4K2-9X8",
        receipt_hash=secrets.token_bytes(32),
        day=DAY,
    )


def receipt(province, *given, epoch=EPOCH, key=None):
    words = tuple((drop.id, hashlib.sha256(drop.envelope).digest()) for drop in given)
    unsigned_receipt = DropReceipt(epoch=epoch, drops=words)
    return msgspec.structs.replace(
        unsigned_receipt, signature=(key or province.server).sign(unsigned(unsigned_receipt))
    )


def end_waits(store):
    store._opened.db.execute("UPDATE sealed_drop SET wait_s = 0")


def take(store, **options):
    return {drop.id for drop in store.take_drops(ALL, **options)}


def later(days):
    return (datetime(2026, 11, 23, 3, tzinfo=UTC) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_drop_is_no_item_and_has_no_place(store):
    sealed = feedback(3)
    store.queue_drops(sealed)
    assert store.list_items() == ()
    assert store.counts().waiting == 0
    assert store.count_drops().waiting == 3
    columns = {row["name"] for row in store._opened.db.rows("PRAGMA table_info(sealed_drop)")}
    assert not columns & {"device", "seq", "incarnation", "signature", "created_at"}


def test_of_the_time_a_day_is_kept(store, clock):
    store.queue_drops(feedback(2))
    moment = clock.now()
    for row in store._opened.db.rows("SELECT * FROM sealed_drop"):
        assert row["day"] == DAY
        assert moment.isoformat()[:16] not in str(row)
    midnight_s = datetime(2026, 11, 22, 17, tzinfo=UTC).timestamp()
    assert {path.stat().st_mtime for path in store._opened.folder.drops.iterdir()} == {midnight_s}


def test_the_receipt_finds_the_feedback_as_it_finds_a_case(store, province):
    sealed = feedback(2)
    store.queue_drops(sealed)
    found = store.find_item_state(sealed.receipt_hash)
    assert (found.id, found.state, found.case_number) == (
        sealed.case_id,
        ItemState.QUEUED,
        sealed.case_number,
    )
    store.note_drops(receipt(province, sealed.drops[0]))
    assert store.find_item_state(sealed.receipt_hash).state == ItemState.QUEUED
    store.note_drops(receipt(province, sealed.drops[1]))
    assert store.find_item_state(sealed.receipt_hash).state == ItemState.COMPLETE


def test_the_draft_goes_in_the_same_step_and_twice_is_once(store, clock):
    sealed = feedback()
    store.save_draft(Draft(sealed.case_id, "tip", "1", "vi", "", b"<x/>", clock.now()))
    store.queue_drops(sealed, draft_id=sealed.case_id)
    store.queue_drops(sealed)
    again = msgspec.structs.replace(sealed.drops[0], id=str(uuid4()))
    store.queue_drops(SealedDrops(sealed.case_id, (again,), "", sealed.receipt_hash, DAY))
    assert store.list_drafts() == ()
    assert store.count_drops().waiting == 1


def test_nothing_leaves_before_its_wait_and_only_link_time_counts(store, clock, monkeypatch):
    monkeypatch.setattr(drops, "_chance", AlmostTwoHours())
    store.queue_drops(feedback())
    assert take(store) == set()
    for _ in range(5):  # the line comes up once in five hours: that is no link time
        clock.advance(5 * 3600)
        assert take(store) == set()
    for _ in range(14):
        clock.advance(500)
        assert take(store) == set()
    clock.advance(500)
    assert len(take(store)) == 1


class AlmostTwoHours:
    def uniform(self, low, high):
        assert (low, high) == (0.0, 7200.0)
        return 7100.0 + 5 * drops.SHORT_CREDIT_S

    def shuffle(self, rows):
        rows.reverse()


def test_after_three_days_nothing_waits_for_chance(store, clock):
    store.queue_drops(feedback())
    store._opened.db.execute("UPDATE sealed_drop SET wait_s = 1e9")
    clock.advance(2 * 86400)
    assert take(store) == set()
    clock.advance(86400)
    assert len(take(store)) == 1


def test_a_clock_that_jumps_frees_nothing_but_a_little(store, clock):
    store.queue_drops(feedback())
    store._opened.db.execute("UPDATE sealed_drop SET wait_s = 5000")
    take(store)
    clock.advance(-3600)
    take(store)
    clock.advance(7200)
    take(store)
    [row] = store._opened.db.rows("SELECT wait_s FROM sealed_drop")
    assert row["wait_s"] == 5000 - drops.SHORT_CREDIT_S


def test_a_stick_waits_for_nothing(store):
    sealed = feedback(4)
    store.queue_drops(sealed)
    store._opened.db.execute("UPDATE sealed_drop SET wait_s = 1e9")
    assert {drop.id for drop in store.list_drops_to_carry(ALL)} == {drop.id for drop in sealed.drops}


def test_drops_are_shuffled_and_fit_the_batch(store):
    sealed = feedback(12)
    store.queue_drops(sealed)
    end_waits(store)
    orders = {tuple(drop.id for drop in store.take_drops(ALL)) for _ in range(8)}
    assert len(orders) > 1
    assert len(store.take_drops(900 * 5)) == 5
    assert len(store.take_drops(1)) == 1
    skipped = {drop.id for drop in sealed.drops[:4]}
    assert not take(store, skip=skipped) & skipped


@pytest.mark.parametrize("fault", ["signer", "epoch", "bytes"])
def test_a_receipt_counts_only_from_our_server_in_this_life_for_these_bytes(store, province, fault):
    sealed = feedback()
    store.queue_drops(sealed)
    end_waits(store)
    (drop,) = sealed.drops
    if fault == "signer":
        with pytest.raises(SupportPointError, match="SP-502"):
            store.note_drops(receipt(province, drop, key=province.root))
    elif fault == "epoch":
        assert store.note_drops(receipt(province, drop, epoch="other")) == 0
    else:
        assert store.note_drops(receipt(province, Drop(id=drop.id, envelope=b"other"))) == 0
    assert len(take(store)) == 1


def test_delivered_is_not_sent_again_and_ends_after_thirty_of_the_servers_days(store, province, clock):
    sealed = feedback()
    store.queue_drops(sealed)
    end_waits(store)
    mine = receipt(province, *sealed.drops)
    assert store.note_drops(mine, later(0)) == 1
    assert store.note_drops(mine, later(9)) == 0
    clock.advance(3650 * 86400.0)  # this machine's clock ends nothing
    assert take(store) == set()
    assert take(store, server_now=later(30)) == set()
    assert store.count_drops().delivered == 1
    assert take(store, server_now=later(31)) == set()
    assert store.count_drops() == drops.DropCounts(0, 0)
    assert list(store._opened.folder.drops.iterdir()) == []
    store.end_visit()
    content = sealed.drops[0].envelope
    assert not any(
        content[100:200] in path.read_bytes()
        for path in store._opened.folder.root.rglob("*")
        if path.is_file()
    )


def test_what_waits_never_ends(store):
    store.queue_drops(feedback())
    take(store, server_now=later(4000))
    assert store.count_drops().waiting == 1


def test_another_life_of_the_server_is_offered_what_is_still_kept(store, province):
    sealed = feedback(2)
    store.queue_drops(sealed)
    end_waits(store)
    store.note_drops(receipt(province, *sealed.drops), later(0))
    assert take(store) == set()
    assert take(store, again=True) == {drop.id for drop in sealed.drops}
    store.note_drops(receipt(province, *sealed.drops), later(0))
    store.apply_reply(SyncReply(epoch="0193bbbb-epoch-2", now=later(1)))
    assert take(store) == {drop.id for drop in sealed.drops}


def test_without_a_database_the_mirrors_bring_the_drops_back(reopen, store):
    sealed = feedback(3)
    store.queue_drops(sealed)
    folder = store._opened.folder
    store.close()
    for path in folder.root.glob("supportpoint.db*"):
        path.unlink()
    store = reopen()
    assert {drop.id for drop in store.list_drops_to_carry(ALL)} == {drop.id for drop in sealed.drops}
    assert store.find_item_state(sealed.receipt_hash).id == sealed.case_id


@pytest.mark.parametrize("lost", [0, 1])
def test_dead_before_the_commit_a_whole_submission_goes_and_half_of_one_is_deleted(reopen, store, lost):
    sealed = feedback(3)
    store.queue_drops(sealed)
    folder = store._opened.folder
    store._opened.db.execute("DELETE FROM sealed_drop")
    store.close()
    paths = sorted(folder.drops.iterdir())
    for path in paths:
        path.rename(path.with_name(path.name + ".tmp"))
    for path in paths[:lost]:
        path.with_name(path.name + ".tmp").unlink()
    store = reopen()
    assert store.count_drops().waiting == (0 if lost else 3)
    assert len(list(folder.drops.iterdir())) == (0 if lost else 3)


def test_dead_after_the_commit_the_mirrors_get_their_names(reopen, store):
    store.queue_drops(feedback(2))
    folder = store._opened.folder
    store.close()
    paths = sorted(folder.drops.iterdir())
    paths[0].rename(paths[0].with_name(paths[0].name + ".tmp"))
    paths[1].unlink()
    store = reopen()
    assert sorted(folder.drops.iterdir()) == paths
    assert store.count_drops().waiting == 2


def test_a_damaged_mirror_is_kept_aside(reopen, store):
    store.queue_drops(feedback())
    folder = store._opened.folder
    store._opened.db.execute("DELETE FROM sealed_drop")
    store.close()
    (path,) = folder.drops.iterdir()
    path.write_bytes(b"\x81nonsense")
    store = reopen()
    assert store.count_drops().waiting == 0
    assert [path.suffix for path in folder.drops.iterdir()] == [".damaged"]


def test_what_was_not_saved_leaves_nothing(store, monkeypatch):
    def full(*_):
        raise SupportPointError("SP-202")

    monkeypatch.setattr(drops, "_insert", full)
    with pytest.raises(SupportPointError, match="SP-202"):
        store.queue_drops(feedback(3))
    assert list(store._opened.folder.drops.iterdir()) == []
    assert store.count_drops().waiting == 0
