"""Batches, blobs, waits and counts."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime

from supportpoint.clock import make_uuid7
from supportpoint.protocol import BlobNeed, Range
from supportpoint.records import ItemState, SealedBlob, SealedCase
from supportpoint.sealing.envelope import Inner, seal
from supportpoint.sealing.keys import SealKey
from supportpoint.sealing.keyset import Key, Keyset, sign_keyset


def all_needed(item):
    return tuple(BlobNeed(sha256=blob.sha256) for blob in item.blobs)


def test_batch_is_oldest_first_and_takes_nothing_away(store, make_case):
    items = tuple(store.queue_case(make_case()) for _ in range(4))
    assert store.take_batch(limit=3) == items[:3]
    assert store.take_batch(limit=3) == items[:3]
    assert store.take_batch() == items


def test_batch_keeps_to_its_size_but_never_starves_a_big_item(store, make_case):
    items = [store.queue_case(make_case(size=size)) for size in (100, 100, 900)]
    assert [item.id for item in store.take_batch(max_bytes=250)] == [items[0].id, items[1].id]
    assert [item.id for item in store.take_batch(max_bytes=50)] == [items[0].id]


def sealed_for(province, purpose: str, unit: str, blobs: int = 0):
    """A case in a real envelope for one reader, and the keyset that names it."""
    reader = SealKey.make()
    key = Key(kid=reader.kid, use="seal", purpose=purpose, unit=unit, public=reader.public)
    case_id = str(make_uuid7(datetime(2026, 11, 23, tzinfo=UTC)))
    envelope = seal(
        b"made up",
        case_id=case_id,
        inner=Inner(form_id="form", form_version="1", commune="03316", category="ordinary"),
        recipients=(key,),
        keyset_version=2,
        day="2026-11-23",
    )
    contents = [secrets.token_bytes(9000) for _ in range(blobs)]
    sealed = SealedCase(
        kind="case",
        id=case_id,
        envelope=envelope,
        blobs=tuple(SealedBlob(hashlib.sha256(one).digest(), one) for one in contents),
        case_number="DB7-4K2-9X8",
        receipt_hash=secrets.token_bytes(32),
    )
    return sealed, key


def test_legal_aid_goes_first_and_so_do_its_photos(store, province, make_case):
    ordinary = store.queue_case(make_case(blobs=1))
    sealed, key = sealed_for(province, "legal_aid", "legal-aid-centre", blobs=1)
    keys = Keyset(version=2, not_before="2026-01-01", keys=(key,))
    store.save_keyset(sign_keyset(keys, province.root))
    urgent = store.queue_case(sealed)
    assert store.take_batch() == (urgent, ordinary)
    store.apply_reply(
        province.reply([urgent, ordinary], "stored", need=all_needed(urgent) + all_needed(ordinary))
    )
    assert [blob.item_id for blob in store.list_blobs_to_send()] == [urgent.id, ordinary.id]


def test_other_readers_are_not_urgent(store, province, make_case):
    ordinary = store.queue_case(make_case())
    sealed, key = sealed_for(province, "protected", "inspectorate")
    keys = Keyset(version=2, not_before="2026-01-01", keys=(key,))
    store.save_keyset(sign_keyset(keys, province.root))
    later = store.queue_case(sealed)
    assert store.take_batch() == (ordinary, later)


def test_a_large_attachment_is_not_overtaken_for_ever(store, province, make_case):
    large = store.queue_case(sized_case(60_000))
    store.apply_reply(province.reply([large], "stored", need=all_needed(large)))
    overtaken = 0
    for _ in range(8):
        small = store.queue_case(sized_case(3_000))
        have = (Range(incarnation=small.incarnation, first=1, last=small.seq),)
        store.apply_reply(province.reply([small], "stored", need=all_needed(small), have=have))
        overtaken += store.list_blobs_to_send()[0].item_id != large.id
        store.note_blob_offset(small.blobs[0].sha256, 3_000)
    assert overtaken == 3


def sized_case(size: int) -> SealedCase:
    content = secrets.token_bytes(size)
    return SealedCase(
        kind="case",
        id=str(make_uuid7(datetime(2026, 11, 23, tzinfo=UTC))),
        envelope=secrets.token_bytes(700),
        blobs=(SealedBlob(hashlib.sha256(content).digest(), content),),
        case_number="DB7-4K2-9X8",
        receipt_hash=secrets.token_bytes(32),
    )


def test_failed_item_waits_and_others_go_on(store, clock, make_case):
    first, second = (store.queue_case(make_case()) for _ in range(2))
    store.note_failure([first.id], "SP-506", skip_s=3600)
    assert store.take_batch() == (second,)
    assert store.list_items()[-1].last_error == "SP-506"
    clock.advance(3601)
    assert store.take_batch() == (first, second)


def test_failure_without_a_wait_changes_no_order(store, make_case):
    item = store.queue_case(make_case())
    store.note_failure([item.id], "SP-501")
    assert store.take_batch() == (item,)


def test_wait_from_a_lying_clock_ends_at_once(store, clock, make_case):
    clock.at = datetime(2036, 1, 1, tzinfo=UTC)
    item = store.queue_case(make_case())
    store.note_failure([item.id], "SP-506", skip_s=3600)
    clock.at = datetime(2026, 11, 24, tzinfo=UTC)
    assert store.take_batch() == (item,)


def test_blobs_go_after_their_item_least_remaining_first(store, province, make_case):
    item = store.queue_case(make_case(blobs=3))
    assert store.list_blobs_to_send() == ()
    store.apply_reply(province.reply([item], "stored", need=all_needed(item)))
    assert [blob.len for blob in store.list_blobs_to_send()] == [3000, 3100, 3200]
    store.note_blob_offset(item.blobs[2].sha256, 3000)
    first = store.list_blobs_to_send()[0]
    assert (first.sha256, first.offset, first.item_id) == (item.blobs[2].sha256, 3000, item.id)
    assert first.path.read_bytes()[:1]
    assert store.counts().blob_bytes == 3000 + 3100 + 200


def test_last_full_blob_calls_for_the_verdict(store, province, make_case):
    item = store.queue_case(make_case(blobs=2))
    store.apply_reply(province.reply([item], "stored", need=all_needed(item)))
    store.note_blob_offset(item.blobs[0].sha256, item.blobs[0].len)
    assert store.take_batch() == ()
    store.note_blob_offset(item.blobs[1].sha256, item.blobs[1].len + 99)
    assert store.take_batch() == (item,)
    assert store.list_blobs_to_send() == ()
    store.note_blob_offset(item.blobs[1].sha256, 0)
    assert store.take_batch() == ()
    assert [blob.offset for blob in store.list_blobs_to_send()] == [0]


def test_set_aside_item_waits_for_a_person(store, province, make_case):
    item, done = (store.queue_case(make_case()) for _ in range(2))
    store.apply_reply(province.reply([done]))
    store.set_aside(item.id, "SP-506")
    store.set_aside(done.id, "SP-506")
    assert store.take_batch() == ()
    assert store.counts().needs_person == 1
    assert [row.state for row in store.list_items()] == [ItemState.COMPLETE, ItemState.NEEDS_PERSON]


def test_rows_tell_what_is_where(store, clock, province, make_case):
    item = store.queue_case(make_case(blobs=2, receipt=b"r" * 32))
    store.apply_reply(province.reply([item], "stored", need=all_needed(item)[:1]))
    row = store.find_item_state(b"r" * 32)
    assert (row.id, row.kind, row.state, row.created_at) == (item.id, "case", ItemState.STORED, clock.now())
    assert (row.blobs_done, row.blobs_total, row.case_number) == (1, 2, "DB7-4K2-9X8")
    assert store.find_item_state(b"x" * 32) is None


def test_receipt_finds_the_newest_item_of_a_case(store, make_case):
    store.queue_case(make_case(receipt=b"r" * 32))
    supplement = store.queue_case(make_case(receipt=b"r" * 32))
    assert store.find_item_state(b"r" * 32).id == supplement.id


def test_receipt_finds_the_newest_item_wherever_each_stands(store, province, make_case):
    first, second = (store.queue_case(make_case(receipt=b"r" * 32)) for _ in range(2))
    store.apply_reply(province.reply([second]))
    assert store.find_item_state(b"r" * 32).id == second.id
    third = store.queue_case(make_case(receipt=b"r" * 32))
    assert store.find_item_state(b"r" * 32).id == third.id
    store.apply_reply(province.reply([first, third]))
    assert store.find_item_state(b"r" * 32).id == third.id
