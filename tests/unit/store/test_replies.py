"""The state machine: what each answer of the server does to the outbox."""

from __future__ import annotations

import msgspec
import pytest

from supportpoint.errors import SupportPointError
from supportpoint.protocol import BlobNeed, Range, Result, SyncReply, range_digest
from supportpoint.records import ItemState
from supportpoint.sealing.item import verify_item

EPOCH = "0193aaaa-epoch-1"
NEW_EPOCH = "0193bbbb-epoch-2"


def states(store):
    return [row.state.value for row in reversed(store.list_items())]


def queue(store, make_case, count, **fields):
    return [store.queue_case(make_case(**fields)) for _ in range(count)]


def test_complete_item_leaves_the_batch_and_stays_in_the_outbox(store, province, make_case):
    items = queue(store, make_case, 2)
    applied = store.apply_reply(province.reply(items[:1]))
    assert (applied.completed, applied.stored, applied.requeued) == (1, 0, 0)
    assert states(store) == ["complete", "queued"]
    assert store.take_batch() == (items[1],)


def test_reply_applied_twice_changes_nothing_more(store, province, make_case):
    reply = province.reply(queue(store, make_case, 2), cursor=7)
    store.apply_reply(reply)
    rows = store.list_items()
    store.apply_reply(reply)
    assert store.list_items() == rows
    assert store.get_cursor() == 7


@pytest.mark.parametrize("twist", ["none", "other hash", "other status"])
def test_verdict_counts_only_as_the_receipt_says_it(store, province, make_case, twist):
    (item,) = queue(store, make_case, 1)
    said = {
        "none": msgspec.structs.replace(province.reply([item]), receipt=None),
        "other hash": msgspec.structs.replace(
            province.reply([item]),
            receipt=province.reply([msgspec.structs.replace(item, envelope=b"x")]).receipt,
        ),
        "other status": msgspec.structs.replace(
            province.reply([item]), receipt=province.reply([item], "stored").receipt
        ),
    }
    store.apply_reply(said[twist])
    assert states(store) == ["queued"]


@pytest.mark.parametrize("twist", ["flipped", "device", "epoch", "no epoch"])
def test_reply_that_is_not_our_servers_changes_nothing(store, province, make_case, twist):
    (item,) = queue(store, make_case, 1)
    good = province.reply([item], cursor=5)
    flipped = msgspec.structs.replace(good.receipt, signature=bytes(64))
    said = {
        "flipped": msgspec.structs.replace(good, receipt=flipped),
        "device": province.reply([item], device="kiosk-2"),
        "epoch": msgspec.structs.replace(good, epoch=NEW_EPOCH),
        "no epoch": SyncReply(epoch="", now=""),
    }
    with pytest.raises(SupportPointError, match="SP-502"):
        store.apply_reply(said[twist])
    assert states(store) == ["queued"]
    assert store.get_cursor() == 0
    assert store.get_identity().epoch == EPOCH


def test_stored_item_sends_what_is_needed_from_the_offset_on(store, province, make_case):
    (item,) = queue(store, make_case, 1, blobs=2)
    need = (BlobNeed(sha256=item.blobs[1].sha256, offset=1000),)
    assert store.apply_reply(province.reply([item], "stored", need=need)).stored == 1
    assert [(blob.sha256, blob.offset) for blob in store.list_blobs_to_send()] == [
        (item.blobs[1].sha256, 1000)
    ]
    assert store.take_batch() == ()


def test_stored_with_nothing_needed_is_asked_again_but_not_in_the_same_pass(
    store, clock, province, make_case
):
    (item,) = queue(store, make_case, 1)
    store.apply_reply(province.reply([item], "stored"))
    assert store.take_batch() == ()
    clock.advance(901)
    assert store.take_batch() == (item,)


def test_a_need_that_begins_at_the_end_is_asked_again_and_sends_nothing(store, clock, province, make_case):
    """A server that died between the last byte and the check: nothing we could send would help it."""
    (item,) = queue(store, make_case, 1, blobs=1)
    need = (BlobNeed(sha256=item.blobs[0].sha256, offset=item.blobs[0].len),)
    store.apply_reply(province.reply([item], "stored", need=need))
    assert store.list_blobs_to_send() == ()
    clock.advance(901)
    assert store.take_batch() == (item,)


def test_held_item_counts_as_waiting_and_rests_for_a_day(store, clock, province, make_case):
    (item,) = queue(store, make_case, 1)
    store.apply_reply(province.reply([item], "held"))
    assert (store.counts().stored, store.counts().waiting) == (1, 1)
    assert store.list_items()[0].last_error == "held"
    clock.advance(3600)
    assert store.take_batch() == ()
    clock.advance(24 * 3600)
    assert store.take_batch() == (item,)


def test_rejected_item_goes_to_a_person_and_stays_there(store, province, make_case):
    (item,) = queue(store, make_case, 1)
    assert store.apply_reply(province.reply([item], "rejected")).needs_person == 1
    store.apply_reply(province.reply([], epoch=NEW_EPOCH))
    store.apply_reply(province.reply([item], epoch=NEW_EPOCH))
    assert states(store) == ["needs_person"]


def test_unknown_status_and_unknown_item_are_left_alone(store, province, make_case):
    (item,) = queue(store, make_case, 1)
    store.apply_reply(province.reply([item], "transmogrified", have=()))
    store.apply_reply(province.reply([msgspec.structs.replace(item, id="unheard-of")], have=()))
    assert states(store) == ["queued"]


def test_item_the_server_no_longer_lists_is_queued_again(store, province, make_case):
    items = queue(store, make_case, 3)
    store.apply_reply(province.reply(items))
    have = (Range(incarnation=items[0].incarnation, first=1, last=2),)
    assert store.apply_reply(province.reply(have=have)).requeued == 1
    assert states(store) == ["complete", "complete", "queued"]
    assert store.take_batch() == (items[2],)


def test_restored_server_gets_exactly_what_it_lost(store, province, make_case):
    items = queue(store, make_case, 4, blobs=1)
    store.apply_reply(province.reply(items, cursor=12))
    have = (Range(incarnation=items[0].incarnation, first=1, last=2),)
    applied = store.apply_reply(province.reply(have=have, epoch=NEW_EPOCH, cursor=3))
    assert (applied.is_new_epoch, applied.requeued) == (True, 2)
    assert states(store) == ["complete", "complete", "queued", "queued"]
    assert store.take_batch() == tuple(items[2:])
    assert (store.get_identity().epoch, store.get_cursor()) == (NEW_EPOCH, 0)
    assert store.counts().blob_bytes == items[2].blobs[0].len * 2


def test_head_below_the_cursor_is_a_restored_server(store, province, make_case):
    items = queue(store, make_case, 2)
    store.apply_reply(province.reply(items, cursor=50))
    applied = store.apply_reply(province.reply(have=(), cursor=20))
    assert applied.is_new_epoch
    assert states(store) == ["queued", "queued"]
    assert store.get_cursor() == 0


def test_forked_item_is_wrapped_again_with_the_same_bytes(store, keys, province, make_case):
    done, forked, waiting = queue(store, make_case, 3)
    store.apply_reply(province.reply([done]))
    reply = province.reply([forked], "forked", have=(Range(incarnation=done.incarnation, first=1, last=2),))
    assert store.apply_reply(reply).is_forked
    again = store.take_batch()
    assert [(item.id, item.envelope) for item in again] == [(i.id, i.envelope) for i in (forked, waiting)]
    assert [item.seq for item in again] == [1, 2]
    assert {item.incarnation for item in again}.isdisjoint({done.incarnation})
    for item in again:
        verify_item(item, keys.sign.public)
    assert states(store) == ["complete", "queued", "queued"]


def test_numbers_never_given_out_here_mean_a_copy_of_this_machine(store, province, make_case):
    (item,) = queue(store, make_case, 1)
    reply = province.reply(have=(Range(incarnation=item.incarnation, first=1, last=2),))
    assert store.apply_reply(reply).is_forked
    assert store.take_batch()[0].incarnation != item.incarnation


def test_rewrapped_item_the_server_holds_under_its_old_place_is_not_sent_for_ever(store, province, make_case):
    (item,) = queue(store, make_case, 1)
    store.start_incarnation("forked")
    (again,) = store.take_batch()
    old_place = (Range(incarnation=item.incarnation, first=1, last=1),)
    store.apply_reply(province.reply([again], have=old_place))
    assert store.apply_reply(province.reply(have=old_place)).requeued == 0
    assert states(store) == ["complete"]
    assert store.apply_reply(province.reply(have=old_place, epoch=NEW_EPOCH)).requeued == 1


def test_blobless_need_of_a_stranger_is_ignored(store, province, make_case):
    (item,) = queue(store, make_case, 1)
    reply = province.reply([item])
    strange = Result(id=item.id, status="complete", need=(BlobNeed(sha256=b"x" * 32),))
    store.apply_reply(msgspec.structs.replace(reply, results=(strange,)))
    assert store.list_items()[0].state is ItemState.COMPLETE


@pytest.mark.parametrize("is_ours", [True, False])
def test_restored_server_that_holds_a_copys_item_under_our_number(store, province, make_case, is_ours):
    items = queue(store, make_case, 2)
    store.apply_reply(province.reply(items))
    ids = [items[0].id, items[1].id if is_ours else "the copy's"]
    listed = Range(incarnation=items[0].incarnation, first=1, last=2, digest=range_digest(ids))
    applied = store.apply_reply(province.reply(have=(listed,), epoch=NEW_EPOCH))
    assert applied.requeued == (0 if is_ours else 2)


def test_verdict_of_this_reply_outweighs_the_ranges_beside_it(store, province, make_case):
    (item,) = queue(store, make_case, 1)
    applied = store.apply_reply(province.reply([item], have=(), epoch=NEW_EPOCH))
    assert (applied.completed, applied.requeued) == (1, 0)
    assert states(store) == ["complete"]
