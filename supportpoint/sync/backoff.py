"""How long to wait before the next pass. Pure: chance comes in as `draw`, a number in [0, 1)."""

from __future__ import annotations

BASE_S = 2.0
RETRY_MIN_S = 0.5
CAP_S = 300.0
WATCHED_CAP_S = 10.0
CUTS_ALLOWED = 8
"""Cuts in a row, without a word of the server in between, after which a pass ends."""
RECONNECT_BASE_S = 0.1
RECONNECT_CAP_S = 0.5
RETRY_AFTER_CAP_S = 3600.0
FIRST_SPREAD_S = 120.0
NEXT_SYNC_MIN_S = 5.0


def retry_delay_s(failures: int, draw: float, *, watched: bool = False) -> float:
    """Return the wait after `failures` failed passes in a row: full jitter, doubling from 2 s.

    Units:  seconds, at least 0.5, below 300; below 10 while a person watches. There is no last attempt.
    Source: docs/sync.md, retry table
    """
    cap = WATCHED_CAP_S if watched else CAP_S
    doublings = min(max(failures - 1, 0), 30)
    return max(draw * min(cap, BASE_S * 2.0**doublings), RETRY_MIN_S)


def reconnect_delay_s(cuts: int, draw: float) -> float:
    """Return the wait within a pass after `cuts` cuts in a row: half to whole of 0.1 s, doubling to 0.5 s."""
    return min(RECONNECT_CAP_S, RECONNECT_BASE_S * 2.0 ** min(cuts - 1, 10)) * (0.5 + draw / 2)


def retry_after_delay_s(retry_after_s: float, draw: float) -> float:
    """Return the wait that a busy server asked for, at most an hour, plus up to a quarter of it."""
    asked = min(max(retry_after_s, 0.0), RETRY_AFTER_CAP_S)
    return asked + draw * asked / 4


def next_pass_delay_s(next_sync_s: float) -> float:
    """Return the wait after a clean pass: the server's wish, between 5 s and an hour."""
    return min(max(next_sync_s, NEXT_SYNC_MIN_S), RETRY_AFTER_CAP_S)


def first_delay_s(draw: float) -> float:
    """Return the wait before the first automatic pass after start: a province's power-up is no herd."""
    return draw * FIRST_SPREAD_S
