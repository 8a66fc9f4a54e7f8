"""Room held back, and given up so that one more case is saved."""

from __future__ import annotations

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.store import ballast, queueing


@pytest.fixture
def folder(store):
    return store._opened.folder


def fail_while_held(folder, monkeypatch, name, real):
    """Let the disk be full as long as the ballast lies on it."""

    def write(*values):
        if folder.ballast.exists():
            raise SupportPointError("SP-202")
        return real(*values)

    monkeypatch.setattr(queueing, name, write)


def test_room_is_really_held_and_only_above_the_floor(folder):
    assert not ballast.fill(folder, floor_bytes=1 << 60)
    assert not folder.ballast.exists()
    assert ballast.fill(folder, 0, size_bytes=1 << 20)
    assert folder.ballast.stat().st_blocks * 512 >= 1 << 20
    assert ballast.fill(folder, 1 << 60)  # what is held stays held


def test_full_disk_gives_the_room_up_and_the_case_is_saved(store, folder, make_case, monkeypatch):
    ballast.fill(folder, 0, size_bytes=4096)
    fail_while_held(folder, monkeypatch, "mirroring", queueing.mirroring)
    item = store.queue_case(make_case(blobs=1))
    assert store.take_batch() == (item,)
    assert not folder.ballast.exists()


def test_without_room_it_says_not_saved_once(store, folder, make_case, monkeypatch):
    tries = []

    def full(*_):
        tries.append(1)
        raise SupportPointError("SP-202")

    monkeypatch.setattr(queueing, "mirroring", full)
    with pytest.raises(SupportPointError, match="SP-202"):
        store.queue_case(make_case())
    assert len(tries) == 1
    ballast.fill(folder, 0, size_bytes=4096)
    with pytest.raises(SupportPointError, match="SP-202"):
        store.queue_case(make_case())
    assert len(tries) == 3
    assert store.take_batch() == ()


def test_other_failures_keep_the_room(store, folder, make_case, monkeypatch):
    ballast.fill(folder, 0, size_bytes=4096)

    def busy(*_):
        raise SupportPointError("SP-201")

    monkeypatch.setattr(queueing, "mirroring", busy)
    with pytest.raises(SupportPointError, match="SP-201"):
        store.queue_case(make_case())
    assert folder.ballast.exists()
