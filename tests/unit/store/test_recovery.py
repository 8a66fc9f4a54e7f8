"""Opening after a crash, with a lost database, with another key, with another device."""

from __future__ import annotations

import dataclasses
import secrets

import msgspec
import pytest

from supportpoint.errors import SupportPointError
from supportpoint.protocol import encode
from supportpoint.records import Draft
from supportpoint.sealing.item import verify_item
from supportpoint.sealing.keys import SignKey
from supportpoint.store import recovery, repair
from supportpoint.store.files import Folder
from supportpoint.store.spool import is_free, read_entry
from supportpoint.store.store import Store
from tests.conftest import mirrors_in


@pytest.fixture
def data_dir(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def reopen(store, data_dir, clock, keys):
    """Close the store, spoil something, open it again."""
    opened = []

    def run(spoil=lambda: None, **changes):
        store.close()
        spoil()
        opened.append(Store.open(data_dir, clock, dataclasses.replace(keys, **changes)))
        return opened[-1]

    yield run
    for one in opened:
        one.close()


def lose_database(data_dir):
    for path in data_dir.glob("supportpoint.db*"):
        path.unlink()


def leftovers(data_dir):
    return [path for path in data_dir.rglob("*") if path.suffix in {".tmp", ".damaged"}]


def test_outbox_is_rebuilt_from_the_spool_alone(store, reopen, data_dir, make_case):
    items = tuple(store.queue_case(make_case(blobs=1, receipt=b"r" * 32)) for _ in range(3))
    again = reopen(lambda: lose_database(data_dir))
    assert again.take_batch() == items
    assert again.find_item_state(b"r" * 32).case_number == "DB7-4K2-9X8"
    assert again.get_identity().device == "kiosk-1"
    assert again.get_cursor() == 0


def test_rebuilt_outbox_numbers_anew(store, reopen, data_dir, make_case):
    old = store.queue_case(make_case())
    again = reopen(lambda: lose_database(data_dir))
    new = again.queue_case(make_case())
    assert new.seq == 1
    assert new.incarnation != old.incarnation


def test_older_copy_of_the_database_gets_what_the_spool_knows(store, reopen, data_dir, make_case):
    first = store.queue_case(make_case())
    store.end_visit()
    older = (data_dir / "supportpoint.db").read_bytes()
    second = store.queue_case(make_case())

    def restore():
        lose_database(data_dir)
        (data_dir / "supportpoint.db").write_bytes(older)

    again = reopen(restore)
    assert again.take_batch() == (first, second)
    assert again.queue_case(make_case()).incarnation != first.incarnation


def test_a_draft_in_an_older_copy_does_not_stand_beside_its_case(store, reopen, data_dir, clock, make_case):
    case = make_case()
    store.save_draft(Draft(case.id, "birth", "1", "vi", "/p", b"<x/>", clock.now()))
    store.end_visit()
    older = (data_dir / "supportpoint.db").read_bytes()
    store.queue_case(case, draft_id=case.id)

    def restore():
        lose_database(data_dir)
        (data_dir / "supportpoint.db").write_bytes(older)

    again = reopen(restore)
    assert [row.id for row in again.list_items()] == [case.id]
    assert again.list_drafts() == ()


def test_rebuilding_happens_once(store, data_dir, clock, keys, make_case):
    store.queue_case(make_case())
    store.close()
    lose_database(data_dir)
    with Store.open(data_dir, clock, keys) as again:
        incarnation = again.queue_case(make_case()).incarnation
    with Store.open(data_dir, clock, keys) as later:
        assert later.counts().queued == 2
        assert later.queue_case(make_case()).incarnation == incarnation


def test_items_signed_by_keys_that_are_gone_are_signed_anew(store, reopen, data_dir, make_case):
    old = store.queue_case(make_case())
    key = SignKey.make()
    again = reopen(lambda: lose_database(data_dir), sign=key, database_key=secrets.token_bytes(32))
    (item,) = again.take_batch()
    verify_item(item, key.public)
    assert (item.id, item.envelope, item.seq) == (old.id, old.envelope, 1)


def test_without_identity_items_wait_for_the_enrolment(store, reopen, data_dir, province, make_case):
    old = store.queue_case(make_case())

    def lose_all():
        lose_database(data_dir)
        (data_dir / "identity.json").unlink()

    again = reopen(lose_all)
    assert again.find_identity() is None
    again.save_identity(province.identity(device="kiosk-9"))
    (item,) = again.take_batch()
    assert (item.id, item.device) == (old.id, "kiosk-9")


def test_damaged_spool_file_is_kept_aside_and_the_rest_comes_back(store, reopen, data_dir, make_case):
    items = [store.queue_case(make_case()) for _ in range(2)]

    def spoil():
        lose_database(data_dir)
        min(mirrors_in(data_dir)).write_bytes(b"torn")

    again = reopen(spoil)
    assert len(again.take_batch()) == 1
    assert again.take_batch()[0] in items
    assert len(leftovers(data_dir)) == 1


def test_mirror_of_an_uncommitted_case_and_its_blobs_are_removed(store, reopen, data_dir, make_case):
    kept = store.queue_case(make_case(blobs=1))

    def leave_behind():
        (data_dir / "spool" / "0123.item.tmp").write_bytes(b"never committed")
        (data_dir / "blobs" / ("ab" * 32)).write_bytes(b"orphan")
        (data_dir / "blobs" / ("cd" * 32 + ".tmp")).write_bytes(b"half")

    reopen(leave_behind)
    assert leftovers(data_dir) == []
    assert [path.name for path in (data_dir / "blobs").iterdir()] == [kept.blobs[0].sha256.hex()]


def test_uncommitted_mirror_is_taken_when_the_database_is_gone(store, reopen, data_dir, keys, make_case):
    first, last = (store.queue_case(make_case()) for _ in range(2))

    def spoil():
        lose_database(data_dir)
        mirror = store._opened.folder.spool_path(last.id)
        mirror.rename(mirror.with_name(mirror.name + ".tmp"))

    again = reopen(spoil)
    taken = {item.id: item for item in again.take_batch()}
    assert taken[first.id] == first
    assert taken[last.id].envelope == last.envelope
    assert taken[last.id].incarnation != last.incarnation
    verify_item(taken[last.id], keys.sign.public)
    assert leftovers(data_dir) == []


def unname(store, item, room="room-0"):
    """Undo the renaming of a room, as a power cut may."""
    folder = store._opened.folder
    folder.spool_path(item.id).replace(folder.spool / room)


def test_an_entry_in_a_room_whose_case_is_committed_gets_its_name(store, reopen, data_dir, make_case):
    item = store.queue_case(make_case())
    reopen(lambda: unname(store, item))
    assert [read_entry(path).item for path in mirrors_in(data_dir)] == [item]
    rooms = list((data_dir / "spool").glob("room-*"))
    assert len(rooms) == 4
    assert all(is_free(room) for room in rooms)


def test_an_entry_in_a_room_without_a_row_was_never_a_case(store, reopen, data_dir, make_case):
    kept = store.queue_case(make_case())
    store.end_visit()
    older = (data_dir / "supportpoint.db").read_bytes()
    item = store.queue_case(make_case())

    def undo():
        unname(store, item)
        lose_database(data_dir)
        (data_dir / "supportpoint.db").write_bytes(older)

    assert reopen(undo).take_batch() == (kept,)
    assert all(is_free(room) for room in (data_dir / "spool").glob("room-*"))


def test_an_entry_in_a_room_is_taken_when_the_database_is_gone(store, reopen, data_dir, keys, make_case):
    item = store.queue_case(make_case())

    def spoil():
        unname(store, item)
        lose_database(data_dir)

    (taken,) = reopen(spoil).take_batch()
    assert (taken.id, taken.envelope) == (item.id, item.envelope)
    verify_item(taken, keys.sign.public)
    assert len(mirrors_in(data_dir)) == 1


@pytest.mark.parametrize("sector", range(3))
def test_a_torn_room_is_no_case(store, reopen, data_dir, make_case, sector):
    """A sector that was not written reads as the zeroes of before; what is decoded then has a hole in it."""
    item = store.queue_case(make_case(size=1200))

    def spoil():
        unname(store, item)
        lose_database(data_dir)
        room = data_dir / "spool" / "room-0"
        torn = bytearray(room.read_bytes())
        torn[sector * 512 : (sector + 1) * 512] = bytes(512)
        room.write_bytes(torn)

    assert reopen(spoil).list_items() == ()
    assert all(is_free(room) for room in (data_dir / "spool").glob("room-?"))


def test_an_attempt_of_before_does_not_take_the_mirrors_place(store, reopen, data_dir, make_case):
    item = store.queue_case(make_case())
    mirror = store._opened.folder.spool_path(item.id)
    wrong = encode(msgspec.structs.replace(read_entry(mirror), case_number="an attempt of before"))

    def bring_back():
        (data_dir / "spool" / "room-0").write_bytes(wrong)

    reopen(bring_back)
    assert read_entry(mirror).item == item
    assert read_entry(mirror).case_number != "an attempt of before"

    def bring_back_and_undo():
        bring_back()
        mirror.replace(data_dir / "spool" / "room-1")

    reopen(bring_back_and_undo)
    assert read_entry(mirror).case_number != "an attempt of before"


def test_free_rooms_beside_an_empty_database_are_no_filled_spool(store, reopen, data_dir):
    again = reopen(lambda: [lose_database(data_dir), (data_dir / "supportpoint.db").touch()])
    assert again.list_items() == ()
    assert again.get_health().repair is None


def test_a_mirror_that_a_cut_took_is_written_again(store, reopen, data_dir, make_case):
    item = store.queue_case(make_case(blobs=1, receipt=b"r" * 32))
    [mirror] = mirrors_in(data_dir)
    entry = read_entry(mirror)
    reopen(mirror.unlink)
    assert read_entry(mirror) == entry
    again = reopen(lambda: lose_database(data_dir))
    assert again.take_batch() == (item,)


def test_an_uncommitted_mirror_that_a_cut_brought_back_is_no_case(store, reopen, data_dir, make_case):
    store.queue_case(make_case(blobs=1))

    def spoil():
        [mirror] = mirrors_in(data_dir)
        [blob] = (data_dir / "blobs").iterdir()
        mirror.rename(mirror.with_name(mirror.name + ".tmp"))
        blob.unlink()
        lose_database(data_dir)

    assert reopen(spoil).list_items() == ()
    assert not leftovers(data_dir)


def test_wrong_key_is_not_damage_and_touches_nothing(store, data_dir, clock, keys, make_case):
    item = store.queue_case(make_case())
    store.close()
    before = (data_dir / "supportpoint.db").read_bytes()
    wrong = dataclasses.replace(keys, database_key=secrets.token_bytes(32))
    with pytest.raises(SupportPointError, match="SP-203"):
        Store.open(data_dir, clock, wrong)
    assert (data_dir / "supportpoint.db").read_bytes() == before
    with Store.open(data_dir, clock, keys) as again:
        assert again.take_batch() == (item,)


def test_without_a_key_check_the_key_is_doubted_first(store, data_dir, clock, keys):
    store.close()
    (data_dir / "supportpoint.keycheck").unlink()
    wrong = dataclasses.replace(keys, database_key=secrets.token_bytes(32))
    with pytest.raises(SupportPointError, match="SP-203"):
        Store.open(data_dir, clock, wrong)
    Store.open(data_dir, clock, keys).close()
    assert (data_dir / "supportpoint.keycheck").exists()


def test_unreadable_database_is_set_aside_and_the_outbox_rebuilt(store, reopen, data_dir, make_case):
    item = store.queue_case(make_case())
    again = reopen(lambda: (data_dir / "supportpoint.db").write_bytes(b"\0" * 8192))
    assert again.take_batch() == (item,)
    (kept,) = (data_dir / "damaged").glob("*/supportpoint.db")
    assert kept.read_bytes() == b"\0" * 8192
    assert again.get_health().repair.tables["item"].from_spool == 1


def test_healthy_database_of_another_key_is_never_set_aside(store, data_dir, clock, keys):
    wrong = dataclasses.replace(keys, database_key=secrets.token_bytes(32))
    with pytest.raises(SupportPointError, match="SP-203"):
        repair.repair(Folder(data_dir), wrong.database_key, clock)
    assert (data_dir / "supportpoint.db").exists()


def test_damage_met_while_running_has_the_next_opening_look(store, data_dir, clock, keys, monkeypatch):
    checked = []
    monkeypatch.setattr(recovery.open_database.__globals__["Database"], "check", lambda _: checked.append(1))
    with pytest.raises(SupportPointError, match="SP-210"):
        store.note_damage()
    store.close()
    Store.open(data_dir, clock, keys).close()
    Store.open(data_dir, clock, keys).close()
    assert checked == [1]


def test_lost_mirrors_are_written_again(store, reopen, data_dir, make_case):
    item = store.queue_case(make_case())
    reopen(lambda: [path.unlink() for path in mirrors_in(data_dir)])
    (mirror,) = mirrors_in(data_dir)
    assert read_entry(mirror).item == item


def test_a_sealed_case_has_no_draft_whatever_an_older_database_says(
    store, reopen, data_dir, make_case, clock
):
    case = make_case()
    store.save_draft(Draft(case.id, "birth", "1", "vi", "/p", b"<x/>", clock.now()))
    store.end_visit()
    older = (data_dir / "supportpoint.db").read_bytes()
    store.queue_case(case, draft_id=case.id)

    def restore():
        lose_database(data_dir)
        (data_dir / "supportpoint.db").write_bytes(older)

    again = reopen(restore)
    assert [item.id for item in again.take_batch()] == [case.id]
    assert again.list_drafts() == ()


def test_unclean_stop_has_the_whole_database_checked(store, data_dir, clock, keys, monkeypatch):
    checked = []
    monkeypatch.setattr(recovery.open_database.__globals__["Database"], "check", lambda _: checked.append(1))
    Store.open(data_dir, clock, keys).close()  # the first store is still open: a log is there
    store.close()
    Store.open(data_dir, clock, keys).close()
    assert checked == [1]


def test_closing_twice_is_quiet(store):
    store.close()
    store.close()
