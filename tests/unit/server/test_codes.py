from __future__ import annotations

from datetime import timedelta

from supportpoint.server.registry.codes import ALPHABET, GOOD_FOR, LENGTH, hash_code


def test_a_code_has_60_bits_and_lives_a_day():
    assert (len(set(ALPHABET)) ** LENGTH, GOOD_FOR) == (2**60, timedelta(hours=24))


def test_a_code_is_read_however_it_was_typed():
    assert hash_code("4k2m-9xw3-t7q1") == hash_code("4K2M 9XW3 T7QI") != hash_code("4K2M-9XW3-T7Q2")
