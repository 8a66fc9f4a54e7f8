"""Save the case and queue it: all of it or nothing."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest

from supportpoint.clock import SystemClock
from supportpoint.errors import SupportPointError
from supportpoint.records import Draft, SealedBlob
from supportpoint.sealing.item import verify_item
from supportpoint.store import queueing, spool
from supportpoint.store.spool import read_entry
from supportpoint.store.store import Store
from supportpoint.store.values import Locked
from tests.conftest import mirrors_in

ALL_ROOMS = ["room-0", "room-1", "room-2", "room-3"]


@pytest.fixture
def draft(store, clock):
    made = Draft("d1", "birth", "1", "vi", "/p", b"<x/>", clock.now())
    store.save_draft(made)
    return made


def files_of(tmp_path, folder):
    return sorted(path.name for path in (tmp_path / "data" / folder).iterdir())


def mirrors_of(tmp_path):
    return [path.name for path in mirrors_in(tmp_path / "data")]


def rooms_of(tmp_path):
    """The names of the rooms; none of them holds anything."""
    rooms = sorted((tmp_path / "data" / "spool").glob("room-*"))
    assert all(spool.is_free(room) for room in rooms)
    return [room.name for room in rooms]


def test_queued_case_is_signed_mirrored_and_its_draft_is_gone(tmp_path, store, keys, draft, make_case):
    sealed = make_case(blobs=2)
    item = store.queue_case(sealed, draft_id="d1")
    verify_item(item, keys.sign.public)
    assert (item.id, item.envelope, item.seq, item.device) == (sealed.id, sealed.envelope, 1, "kiosk-1")
    assert [blob.sha256 for blob in item.blobs] == [blob.sha256 for blob in sealed.blobs]
    assert store.find_draft("d1") is None
    assert files_of(tmp_path, "blobs") == sorted(blob.sha256.hex() for blob in sealed.blobs)
    assert len(mirrors_of(tmp_path)) == 1
    assert mirrors_of(tmp_path)[0].endswith(".item")
    assert store.counts().queued == 1
    assert store.counts().blob_bytes == sum(len(blob.content) for blob in sealed.blobs)


def test_a_locked_draft_goes_with_its_case_and_no_other(store, draft, make_case):
    for name in ("d1", "d2"):
        store.save_locked(Locked(name, "draft", b"salt", b"sealed", "2999-01-01"))
    store.queue_case(make_case(), draft_id="d1")
    assert [entry.id for entry in store.list_locked_drafts()] == ["d2"]


def test_seq_is_dense_within_the_incarnation(store, make_case):
    items = [store.queue_case(make_case()) for _ in range(3)]
    assert [item.seq for item in items] == [1, 2, 3]
    assert len({item.incarnation for item in items}) == 1
    assert len(items[0].incarnation) == 16


def test_same_case_again_is_the_same_item(store, make_case):
    sealed = make_case(blobs=1)
    assert store.queue_case(sealed) == store.queue_case(sealed)
    assert store.counts().queued == 1


def test_other_envelope_under_the_same_id_is_refused(tmp_path, store, make_case):
    first = store.queue_case(make_case(case_id="same"))
    with pytest.raises(ValueError, match="another envelope"):
        store.queue_case(make_case(case_id="same", blobs=1))
    assert store.take_batch() == (first,)
    assert files_of(tmp_path, "blobs") == []
    assert len(mirrors_of(tmp_path)) == 1


def test_blob_that_is_not_its_hash_is_refused(tmp_path, store, make_case):
    wrong = SealedBlob(hashlib.sha256(b"other").digest(), b"content")
    with pytest.raises(ValueError, match="other content"):
        store.queue_case(dataclasses.replace(make_case(), blobs=(wrong,)))
    assert files_of(tmp_path, "blobs") == []


def test_before_enrolment_nothing_is_queued(tmp_path, clock, keys, make_case):
    with Store.open(tmp_path / "new", clock, keys) as store:
        with pytest.raises(SupportPointError, match="SP-102"):
            store.queue_case(make_case())
        assert store.counts().waiting == 0


def test_full_disk_at_the_mirror_keeps_draft_and_numbers(tmp_path, store, draft, make_case, monkeypatch):
    def refuse(*_):
        raise SupportPointError("SP-202")

    monkeypatch.setattr(queueing, "mirroring", refuse)
    with pytest.raises(SupportPointError, match="SP-202"):
        store.queue_case(make_case(blobs=1), draft_id="d1")
    monkeypatch.undo()
    assert store.find_draft("d1") == draft
    assert files_of(tmp_path, "blobs") == mirrors_of(tmp_path) == []
    assert store.queue_case(make_case(), draft_id="d1").seq == 1


def test_mirror_without_its_name_is_still_saved(tmp_path, store, keys, make_case, monkeypatch):
    def refuse(*_):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", refuse)
        items = (store.queue_case(make_case()), store.queue_case(make_case()))
    assert mirrors_of(tmp_path) == []
    entries = [read_entry(tmp_path / "data" / "spool" / f"room-{number}") for number in range(2)]
    assert [entry.item for entry in entries] == list(items)  # the second went into another room
    store.close()
    with Store.open(tmp_path / "data", SystemClock(), keys) as again:
        assert again.take_batch() == items
        assert len(mirrors_of(tmp_path)) == 2
    assert rooms_of(tmp_path) == ALL_ROOMS


def test_a_save_without_a_room_makes_rooms(tmp_path, store, make_case):
    items = [store.queue_case(make_case(size=size)) for size in (700, 9000, 700, 700, 700)]
    assert len(mirrors_of(tmp_path)) == 5
    assert rooms_of(tmp_path) == ALL_ROOMS[1:]
    folder = store._opened.folder
    assert [read_entry(folder.spool_path(item.id)).item for item in items] == items
    store.end_visit()
    assert rooms_of(tmp_path) == ALL_ROOMS


def test_a_full_disk_at_the_room_says_not_saved_and_leaves_no_room_half_written(
    tmp_path, store, draft, make_case, monkeypatch
):
    def refuse(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(spool, "sync_content", refuse)
        with pytest.raises(SupportPointError, match="SP-202"):
            store.queue_case(make_case(), draft_id="d1")
    assert rooms_of(tmp_path) == ALL_ROOMS[1:]
    assert store.find_draft("d1") == draft
    assert store.queue_case(make_case(), draft_id="d1").seq == 1


def test_a_save_that_is_rolled_back_leaves_its_room_empty(tmp_path, store, draft, make_case, monkeypatch):
    def refuse(*_):
        raise SupportPointError("SP-210")

    with monkeypatch.context() as broken:
        broken.setattr(queueing, "delete_locked", refuse)
        with pytest.raises(SupportPointError, match="SP-210"):
            store.queue_case(make_case(), draft_id="d1")
    assert rooms_of(tmp_path) == ALL_ROOMS[1:]
    assert mirrors_of(tmp_path) == []
