from __future__ import annotations

from supportpoint.protocol import MAX_BATCH_BYTES
from supportpoint.sync.pace import MIN_BATCH_BYTES, WRAPPING_BYTES, Pace


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
