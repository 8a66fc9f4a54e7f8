from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from supportpoint.sync import backoff

draws = st.floats(0, 1, exclude_max=True)


@given(st.integers(1, 10_000), draws)
def test_a_retry_comes_within_its_bounds_for_ever(failures: int, draw: float) -> None:
    delay_s = backoff.retry_delay_s(failures, draw)
    assert 0.5 <= delay_s <= min(300, max(0.5, 2 * 2.0 ** min(failures - 1, 30)))
    assert backoff.retry_delay_s(failures, draw, watched=True) <= 10


def test_the_wait_doubles_from_two_seconds_to_five_minutes() -> None:
    longest = [backoff.retry_delay_s(failures, 1.0) for failures in range(1, 11)]
    assert longest == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


@given(st.floats(0, 1e9), draws)
def test_a_busy_server_is_obeyed_up_to_an_hour(asked_s: float, draw: float) -> None:
    delay_s = backoff.retry_after_delay_s(asked_s, draw)
    obeyed_s = min(asked_s, 3600)
    assert obeyed_s <= delay_s <= obeyed_s * 1.25


def test_a_server_cannot_make_us_poll_it_or_sleep_for_ever() -> None:
    assert backoff.next_pass_delay_s(0) == 5
    assert backoff.next_pass_delay_s(300) == 300
    assert backoff.next_pass_delay_s(10**9) == 3600
