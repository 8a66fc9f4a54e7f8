"""The server's one clock."""

from __future__ import annotations

from datetime import datetime

from supportpoint.clock import Clock, SystemClock

CLOCK: Clock = SystemClock()


def now() -> datetime:
    """Return the current moment as an aware UTC datetime."""
    return CLOCK.now()


def now_text() -> str:
    """Return the current moment as protocol text, to the second: 2026-11-23T03:20:00Z."""
    return now().strftime("%Y-%m-%dT%H:%M:%SZ")
