"""What three pictures open: kept for a day, five tries, and then nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from supportpoint.store.locked import DRAFT, RECEIPT, TRIES
from supportpoint.store.values import Locked


def entry(clock, entry_id="a", kind=DRAFT, hours=24):
    kept_until = (clock.now() + timedelta(hours=hours)).isoformat(timespec="milliseconds")
    return Locked(entry_id, kind, b"salt", b"sealed", kept_until)


def test_a_draft_is_kept_until_its_hour_and_not_longer(store, clock):
    store.save_locked(entry(clock))
    clock.advance(24 * 3600 - 1)
    assert [one.id for one in store.list_locked_drafts()] == ["a"]
    clock.advance(1)
    assert store.list_locked_drafts() == ()
    assert store.find_locked("a") is None


def test_five_wrong_tries_delete_a_draft(store, clock):
    store.save_locked(entry(clock))
    assert [store.note_wrong("a") for _ in range(TRIES)] == [4, 3, 2, 1, 0]
    assert store.find_locked("a") is None


def test_saving_again_forgives_wrong_tries(store, clock):
    store.save_locked(entry(clock))
    store.note_wrong("a")
    store.save_locked(entry(clock))
    assert store.note_wrong("a") == TRIES - 1


def test_a_receipt_stays_private_when_its_pictures_are_spent(store, clock):
    store.save_locked(entry(clock, "b", RECEIPT))
    for _ in range(TRIES):
        store.note_wrong("b")
    found = store.find_locked("b")
    assert (found.kind, found.salt, found.sealed) == (RECEIPT, b"", b"")
    assert store.list_locked_drafts() == ()


@pytest.mark.parametrize("kind", [DRAFT, RECEIPT])
def test_deleting_twice_is_nothing(store, clock, kind):
    store.save_locked(entry(clock, kind=kind))
    store.delete_locked("a")
    store.delete_locked("a")
    assert store.find_locked("a") is None
