from __future__ import annotations

import time

from supportpoint.protocol import MAX_BATCH_BYTES
from supportpoint.sync.pace import (
    CALM_AFTER_S,
    CALM_FLIGHT_BYTES,
    CUT_FLIGHT_BYTES,
    FIRST_KNOCK_S,
    KNOCK_S,
    MIN_BATCH_BYTES,
    SILENCE_CAP_S,
    SILENCE_S,
    WRAPPING_BYTES,
    Pace,
)


def test_a_fast_link_earns_the_largest_batch() -> None:
    pace = Pace()
    for _ in range(10):
        pace.note_batch(pace.batch_bytes, 0.1)
    assert pace.batch_bytes == MAX_BATCH_BYTES - WRAPPING_BYTES


def test_a_slow_or_dying_link_gets_small_batches() -> None:
    pace = Pace()
    pace.note_batch(pace.batch_bytes, 20.0)
    assert pace.batch_bytes == 32 * 1024
    for _ in range(10):
        pace.note_batch_lost()
    assert pace.batch_bytes == MIN_BATCH_BYTES


def test_a_small_batch_says_nothing_of_the_link() -> None:
    pace = Pace()
    pace.note_batch(500, 0.6)
    assert pace.batch_bytes == Pace().batch_bytes


def test_uploads_go_in_one_piece_until_something_buffers_them() -> None:
    pace = Pace()
    assert pace.next_chunk(3_000_000) == 3_000_000
    pace.note_blob_lost(sent_bytes=200_000, arrived_bytes=16_384)
    assert pace.next_chunk(3_000_000) == 3_000_000
    pace.note_blob_lost(sent_bytes=200_000, arrived_bytes=0)
    assert pace.next_chunk(3_000_000) == 1024 * 1024
    for _ in range(20):
        pace.note_blob_lost(sent_bytes=200_000, arrived_bytes=0)
    assert pace.next_chunk(3_000_000) == 32 * 1024
    assert pace.next_chunk(100) == 100


def test_chunks_hold_eight_seconds_of_what_the_link_brings() -> None:
    pace = Pace()
    pace.note_rate(160_000, 10.0)
    pace.note_blob_lost(sent_bytes=200_000, arrived_bytes=0)
    assert pace.next_chunk(3_000_000) == 64 * 1024
    fast = Pace()
    fast.note_rate(10_000_000, 1.0)
    fast.note_blob_lost(sent_bytes=200_000, arrived_bytes=0)
    assert fast.next_chunk(3_000_000) == 1024 * 1024


def test_patience_and_rhythm_follow_the_round_trip() -> None:
    pace = Pace()
    assert (pace.knock_s, pace.silence_s) == (FIRST_KNOCK_S, SILENCE_S)
    pace.note_connected(1.6)
    assert (pace.knock_s, pace.silence_s) == (0.8, 6.4)
    assert 9.5 < pace.stall_s < 9.7
    pace.note_connected(0.2)
    assert (pace.knock_s, pace.silence_s) == (KNOCK_S, SILENCE_S)
    for _ in range(40):
        pace.note_connected(60.0)
    assert pace.silence_s == SILENCE_CAP_S


def test_one_slow_connection_makes_a_quick_link_no_slow_one() -> None:
    pace = Pace()
    pace.note_connected(0.6)
    pace.note_connected(3.6)
    assert pace.round_trip_s < 0.8


def test_less_lies_on_the_way_for_a_while_after_a_cut(monkeypatch) -> None:
    pace = Pace()
    assert pace.flight_bytes == CALM_FLIGHT_BYTES
    pace.note_cut()
    assert pace.flight_bytes == CUT_FLIGHT_BYTES
    later = time.monotonic() + CALM_AFTER_S + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert pace.flight_bytes == CALM_FLIGHT_BYTES
