"""Three pictures as a key."""

from __future__ import annotations

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.sealing.picture_lock import make_lock

MINE = ("fish", "house", "star")


@pytest.fixture(scope="module")
def lock():
    return make_lock(MINE)


def test_the_pictures_in_their_order_open_and_no_others(lock):
    assert lock.is_opened_by(MINE)
    assert not lock.is_opened_by(("house", "fish", "star"))
    assert not lock.is_opened_by(("fish", "house", "leaf"))


def test_the_same_pictures_of_two_people_are_two_keys(lock):
    assert make_lock(MINE).key != lock.key
    assert make_lock(MINE, lock.salt).key == lock.key


def test_what_is_sealed_opens_under_its_name_alone(lock):
    sealed = lock.seal("Chuyện đất".encode(), "case 1")
    assert "Chuyện".encode() not in sealed
    assert lock.unseal(sealed, "case 1").decode() == "Chuyện đất"
    for key, content, name in [
        (make_lock(("egg", "leaf", "fish"), lock.salt), sealed, "case 1"),
        (lock, sealed, "case 2"),
        (lock, sealed[:-1] + bytes([sealed[-1] ^ 1]), "case 1"),
        (lock, b"", "case 1"),
    ]:
        with pytest.raises(SupportPointError, match="SP-403"):
            key.unseal(content, name)


def test_the_key_is_in_no_text_of_the_lock(lock):
    assert lock.key.hex() not in repr(lock)
    assert repr(lock.key) not in repr(lock)
