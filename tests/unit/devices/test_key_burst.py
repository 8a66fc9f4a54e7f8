"""A scanner that types is told from a person by speed alone."""

from __future__ import annotations

import pytest

from supportpoint.devices.key_burst import MAX_GAP_MS, MAX_KEYS, MIN_KEYS, KeyBurst, Verdict


def typed(text: str, gap_ms: int) -> KeyBurst:
    burst = KeyBurst()
    for place, letter in enumerate(text):
        if burst.letters:
            assert burst.continues(place * gap_ms) == (gap_ms <= MAX_GAP_MS)
        burst.add(letter, place * gap_ms)
    return burst


@pytest.mark.parametrize("gap_ms", [1, 15, MAX_GAP_MS])
def test_fast_keys_and_enter_are_a_code(gap_ms: int):
    burst = typed("011198004512|Quàng Thị Ơn", gap_ms)
    assert burst.finish_line() is Verdict.CODE
    assert burst.take() == "011198004512|Quàng Thị Ơn"
    assert burst.letters == []


def test_slow_keys_do_not_belong_together():
    burst = typed("a", 0)
    assert not burst.continues(MAX_GAP_MS + 1)
    assert not burst.continues(-1)
    assert burst.end() is Verdict.RELEASE


def test_a_few_fast_keys_are_a_person_rolling_fingers():
    burst = typed("x" * (MIN_KEYS - 1), 5)
    assert burst.finish_line() is Verdict.RELEASE
    assert burst.end() is Verdict.RELEASE


def test_a_scanner_without_an_end_is_dropped():
    assert typed("x" * MIN_KEYS, 5).end() is Verdict.DROP


def test_an_endless_stream_is_dropped():
    burst = typed("x" * MAX_KEYS, 1)
    assert burst.add("x", MAX_KEYS) is Verdict.DROP
