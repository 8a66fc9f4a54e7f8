"""Answers that a stick brought: old, twice, out of order, of another life. Only forwards, only receipted."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from supportpoint.courier_messages import CourierAnswer, CourierVerdict
from supportpoint.errors import SupportPointError
from supportpoint.protocol import COMPARE, BundleRef, Change, Range, encode, range_digest
from supportpoint.store import carried

EPOCH = "0193aaaa-epoch-1"
NEW_EPOCH = "0193bbbb-epoch-2"
THIRD_EPOCH = "0193cccc-epoch-3"


def states(store):
    return [row.state.value for row in reversed(store.list_items())]


def everything(store):
    return (store.list_items(), store.get_identity(), store.get_cursor(), store.pending_bundles())


def answer(province, items=(), status="complete", *, epoch=EPOCH, asked=EPOCH, **fields):
    """An answer as the server makes it, for items at their present places."""
    reply = province.reply(items, status, epoch=epoch)
    verdicts = tuple(
        CourierVerdict(result=result, incarnation=item.incarnation, seq=item.seq)
        for result, item in zip(reply.results, items, strict=True)
    )
    values = {"receipt": reply.receipt if items else None, "verdicts": verdicts} | fields
    return CourierAnswer(
        letter="0" * 32,
        **({"device": "kiosk-1"} | values),
        epoch=epoch,
        asked_epoch=asked,
        now="2026-11-23T03:00:00Z",
    )


@pytest.fixture
def items(store, make_case):
    return [store.queue_case(make_case(blobs=1)) for _ in range(3)]


def test_a_receipt_moves_its_items_and_no_other(store, province, items):
    applied = store.apply_answer(answer(province, items[:2]))
    assert (applied.completed, applied.stored) == (2, 0)
    assert states(store) == ["complete", "complete", "queued"]


def test_twice_changes_nothing_more(store, province, items):
    one = answer(province, items)
    store.apply_answer(one)
    before = everything(store)
    assert store.apply_answer(one).completed == 0
    assert everything(store) == before


def test_an_older_answer_moves_nothing_back(store, province, items):
    store.apply_answer(answer(province, items))
    before = everything(store)
    for status in ("stored", "held", "rejected", "forked"):
        store.apply_answer(answer(province, items, status))
    assert everything(store) == before


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_any_order_ends_the_same(store, province, items, order):
    answers = [
        answer(province, items[:1], "stored"),
        answer(province, items[:2]),
        answer(province, items[1:], "stored"),
    ]
    for number in order:
        store.apply_answer(answers[number])
    assert states(store) == ["complete", "complete", "stored"]


def test_without_a_receipt_nothing_counts(store, province, items):
    before = everything(store)
    store.apply_answer(answer(province, items, receipt=None))
    store.apply_answer(answer(province, items, receipt=answer(province, items[:0]).receipt))
    other = [msgspec.structs.replace(item, envelope=b"x") for item in items]
    store.apply_answer(answer(province, items, receipt=answer(province, other).receipt))
    store.apply_answer(answer(province, items, receipt=answer(province, items, "stored").receipt))
    assert everything(store) == before


@pytest.mark.parametrize("twist", ["device", "epoch", "signature"])
def test_a_receipt_of_somebody_else_is_refused(store, province, items, twist):
    right = answer(province, items).receipt
    wrong = {
        "device": msgspec.structs.replace(right, device="kiosk-2"),
        "epoch": answer(province, items, epoch=NEW_EPOCH).receipt,
        "signature": msgspec.structs.replace(right, signature=bytes(64)),
    }
    before = everything(store)
    with pytest.raises(SupportPointError, match="SP-502"):
        store.apply_answer(answer(province, items, receipt=wrong[twist]))
    assert everything(store) == before


def test_an_answer_to_another_device_is_refused(store, province, items):
    before = everything(store)
    with pytest.raises(SupportPointError, match="SP-906"):
        store.apply_answer(answer(province, items, device="kiosk-2"))
    assert everything(store) == before


def test_receipts_of_an_epoch_that_is_gone_change_no_state(store, province, items):
    store.apply_reply(province.reply(items[:1], epoch=NEW_EPOCH, have=()))
    assert store.get_identity().epoch == NEW_EPOCH
    before = everything(store)
    bundle = Change(stream="bundle", id="f", rev=9, body=b"old")
    for asked in (EPOCH, NEW_EPOCH, THIRD_EPOCH):
        store.apply_answer(answer(province, items, epoch=EPOCH, asked=asked, changes=(bundle,), cursor=99))
    assert everything(store) == before


def test_an_unknown_epoch_counts_only_as_the_answer_to_what_we_know(store, province, items):
    before = everything(store)
    store.apply_answer(answer(province, items, epoch=NEW_EPOCH, asked=THIRD_EPOCH))
    assert everything(store) == before


def test_a_restored_server_is_followed_and_what_it_lost_is_queued(store, province, items):
    store.apply_answer(answer(province, items))
    kept = items[0]
    have = (Range(incarnation=kept.incarnation, first=1, last=1, digest=range_digest([kept.id])),)
    applied = store.apply_answer(answer(province, epoch=NEW_EPOCH, have=have))
    assert (applied.is_new_epoch, applied.requeued) == (True, 2)
    assert states(store) == ["complete", "queued", "queued"]
    store.apply_answer(answer(province, items, epoch=EPOCH))  # of the life that is gone
    assert states(store) == ["complete", "queued", "queued"]
    store.apply_answer(
        answer(province, items[1:], epoch=NEW_EPOCH)
    )  # asked in the old life, answered in this
    assert states(store) == ["complete"] * 3


def test_forked_draws_once_for_the_place_it_names(store, province, items):
    told = answer(province, items[:1], "forked", receipt=None)
    assert store.apply_answer(told).is_forked
    again = [one.item for one in store.list_to_carry(9)]
    assert {item.incarnation for item in again}.isdisjoint({items[0].incarnation})
    before = everything(store)
    assert not store.apply_answer(told).is_forked
    assert everything(store) == before


def test_rejected_by_place_goes_to_a_person(store, province, items):
    store.apply_answer(answer(province, items[:1], "rejected", receipt=None))
    assert states(store) == ["needs_person", "queued", "queued"]


def test_what_a_stick_said_and_the_server_lists_no_more_is_sent_again(store, province, items):
    store.apply_answer(answer(province, items))
    have = (Range(incarnation=items[0].incarnation, first=2, last=3),)
    store.apply_reply(msgspec.structs.replace(province.reply([], have=have), receipt=None))
    assert states(store) == ["queued", "complete", "complete"]


def test_news_moves_the_cursor_only_without_a_gap(store, province):
    ref = BundleRef(kind="form", id="f", version=1, sha256=bytes(32), len=1)
    row = Change(stream="bundle", id="f", rev=1, body=encode(ref))
    store.apply_answer(answer(province, changes=(row,), after=10, cursor=12))
    assert (store.get_cursor(), len(store.pending_bundles())) == (0, 1)  # taken, and yet asked for again
    store.apply_answer(answer(province, changes=(row,), after=0, cursor=12))
    assert store.get_cursor() == 12
    gone = Change(stream="bundle", id="f", rev=1, tombstone=True)
    store.apply_answer(answer(province, changes=(gone,), after=0, cursor=11))  # older than what we know
    assert (store.get_cursor(), len(store.pending_bundles())) == (12, 1)


def test_a_cursor_that_means_nothing_is_left_to_the_next_sync(store, province):
    ref = BundleRef(kind="form", id="f", version=1, sha256=bytes(32), len=1)
    row = Change(stream="bundle", id="f", rev=1, body=encode(ref))
    store.apply_reply(msgspec.structs.replace(province.reply(), receipt=None, resync=True))
    assert store.get_cursor() == COMPARE
    store.apply_answer(answer(province, changes=(row,), after=0, cursor=12))
    assert (store.get_cursor(), len(store.pending_bundles())) == (COMPARE, 1)


def test_what_to_carry_is_what_the_server_lacks(store, province, items):
    store.apply_answer(answer(province, items[:1]))
    store.apply_answer(answer(province, items[1:2], "stored"))
    carry = store.list_to_carry(9)
    assert [(one.item.id, len(one.blobs)) for one in carry] == [(items[1].id, 0), (items[2].id, 1)]
    store.note_blob_offset(items[1].blobs[0].sha256, 100)
    assert [len(one.blobs) for one in store.list_to_carry(9)] == [1, 1]


def test_the_proof_notices_when_going_back_is_allowed(store, province, items, monkeypatch):
    """The guard taken away: an old "stored" then undoes a "complete"."""
    everywhere = dict.fromkeys(carried._FORWARD[carried.ItemState.QUEUED])
    monkeypatch.setattr(carried, "_FORWARD", dict.fromkeys(carried.ItemState, everywhere))
    store.apply_answer(answer(province, items))
    store.apply_answer(answer(province, items, "stored"))
    assert states(store) == ["stored"] * 3


def test_the_proof_notices_when_any_epoch_is_believed(store, province, items, monkeypatch):
    """The guard taken away: an answer that asked in another life changes the epoch."""
    monkeypatch.setattr(carried, "_was_restored", lambda *_: True)
    store.apply_answer(answer(province, items, epoch=NEW_EPOCH, asked=THIRD_EPOCH))
    assert store.get_identity().epoch == NEW_EPOCH
