from __future__ import annotations

import unicodedata

import pytest

from supportpoint.sealing.fingerprint import COUNT, WORDS, make_fingerprint, same_fingerprint

KEYS = tuple(bytes([number]) * 32 for number in range(1, 5))
#: The words of those keys for ever: both sides must find them, whatever their release.
EXPECTED = "nuôi tôm cơm tàu mía em lều rìu"


def plain(word):
    marked = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


def test_256_words_are_one_syllable_each_and_differ_without_their_marks():
    assert len(WORDS) == len({plain(word) for word in WORDS}) == 256
    assert all(word == unicodedata.normalize("NFC", word) and word.isalpha() for word in WORDS)


def test_the_words_of_given_keys_never_change():
    assert make_fingerprint(*KEYS) == EXPECTED


@pytest.mark.parametrize("position", range(4))
def test_another_key_at_any_place_shows(position):
    others = list(KEYS)
    others[position] = b"x" * 32
    assert make_fingerprint(*others) != EXPECTED
    assert len(make_fingerprint(*others).split()) == COUNT


def test_words_are_compared_as_people_type_them():
    assert same_fingerprint(f" {EXPECTED.upper()}  ", EXPECTED)
    assert same_fingerprint(" ".join(plain(word) for word in EXPECTED.split()), EXPECTED)
    assert not same_fingerprint(" ".join(reversed(EXPECTED.split())), EXPECTED)
