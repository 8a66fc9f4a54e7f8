"""Room in the write-ahead log: zeroes between visits, and what an opening makes of them."""

from __future__ import annotations

import shutil

import pytest

from supportpoint.records import Draft
from supportpoint.store import log
from supportpoint.store.driver import Database
from supportpoint.store.store import Store

FRAME_BYTES = 24 + 4096


@pytest.fixture
def path(tmp_path, store):
    return store._opened.folder.log


@pytest.fixture
def checks(monkeypatch):
    """How often an opening read the whole database."""
    made = []
    check = Database.check
    monkeypatch.setattr(Database, "check", lambda db: made.append(1) or check(db))
    return made


@pytest.fixture
def open_copy(tmp_path, store, clock, keys):
    """Opens what would be there had the program died now."""

    def run():
        shutil.copytree(tmp_path / "data", tmp_path / "copy", dirs_exist_ok=True)
        return Store.open(tmp_path / "copy", clock, keys)

    return run


def frames_in(path):
    """The page numbers of the frames of a log, in order."""
    content = path.read_bytes()
    heads = (content[at : at + 4] for at in range(32, len(content), FRAME_BYTES))
    return [int.from_bytes(head, "big") for head in heads if any(head)]


def test_a_visit_ends_with_room_in_the_log_that_a_save_does_not_outgrow(path, store, make_case):
    store.end_visit()
    assert path.read_bytes() == bytes(log.ROOM_BYTES)
    store.queue_case(make_case())
    assert path.stat().st_size == log.ROOM_BYTES
    assert frames_in(path)


def test_a_first_save_seals_six_pages(path, store, clock, make_case):
    """Its row, three indexes of it, the draft and the index of that; each costs a save 0.03 ms."""
    store.save_draft(Draft("d1", "birth", "1", "vi", "/p", b"<x/>", clock.now()))
    before = len(frames_in(path))
    store.queue_case(make_case(), draft_id="d1")
    assert len(frames_in(path)[before:]) == 6


def test_zeroes_in_the_log_are_no_unclean_stop(store, make_case, checks, open_copy):
    item = store.queue_case(make_case())
    store.end_visit()
    with open_copy() as copy:
        assert copy.take_batch() == (item,)
        copy.queue_case(make_case())
        assert copy.counts().queued == 2
    assert checks == []


def test_frames_over_the_zeroes_are_an_unclean_stop_and_count(store, make_case, checks, open_copy):
    store.end_visit()
    item = store.queue_case(make_case())
    with open_copy() as copy:
        assert copy.take_batch() == (item,)
    assert checks == [1]


def test_a_log_that_somebody_wrote_to_since_stays(path, store, make_case):
    store.end_visit()
    item = store.queue_case(make_case())
    before = path.read_bytes()
    log.make_room_in_log(store._opened.db, store._opened.folder)
    assert path.read_bytes() == before
    assert store.take_batch() == (item,)
