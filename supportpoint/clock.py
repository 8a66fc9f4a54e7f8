"""The one clock, and identifiers made from it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from datetime import time as time_of_day
from typing import Protocol
from uuid import UUID, uuid4

#: No machine is older than this program: a clock that says so has lost its battery.
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
_UUID_CHARS, _RANDOM = 36, 4
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """What the product may ask of time. Inject it; never call `datetime.now`."""

    def now(self) -> datetime:
        """Return the current moment as an aware UTC datetime."""

    def monotonic_s(self) -> float:
        """Return seconds that never go back within one process."""

    def is_wrong(self) -> bool:
        """Return whether the moment is known to be wrong and nothing can set it right."""


class SystemClock:
    """The machine's clock. It may lie by years: order nothing by it."""

    def now(self) -> datetime:
        """Return the current moment as an aware UTC datetime."""
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        """Return seconds that never go back within one process."""
        return time.monotonic()

    def is_wrong(self) -> bool:
        """Return whether the machine's clock lost its battery."""
        return self.now() < EARLIEST


class FixedClock:
    """A clock that moves only when told, for tests, goldens and reproducible documents."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._monotonic_s = 0.0

    def now(self) -> datetime:
        """Return the moment this clock was set to."""
        return self.at

    def monotonic_s(self) -> float:
        """Return the seconds this clock was advanced by."""
        return self._monotonic_s

    def is_wrong(self) -> bool:
        """Return whether it was set to a moment before the product."""
        return self.at < EARLIEST

    def advance(self, seconds: float) -> None:
        """Move both readings forward by `seconds`."""
        self.at += timedelta(seconds=seconds)
        self._monotonic_s += seconds


def local_day(moment: datetime) -> date:
    """Return the Vietnamese calendar day of an aware moment."""
    return moment.astimezone(VIETNAM).date()


def make_uuid7(now: datetime) -> UUID:
    """Return a time-ordered UUID (RFC 9562, version 7) for an aware moment."""
    millis = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    value = (millis << 80) | secrets.randbits(80)
    value &= ~(0xF << 76) & ~(0x3 << 62)
    return UUID(int=value | (0x7 << 76) | (0x2 << 62))


def make_case_id(settings: Mapping[str, str], now: datetime) -> str:
    """Return the id of a new case of a form: ordered by time, but for feedback, whose id tells no time.

    Shape:  a UUID as text, version 7, or 4 for the purpose `protected` and the section `say`.
    """
    is_feedback = settings.get("purpose") == "protected" or settings.get("section") == "say"
    return str(uuid4() if is_feedback else make_uuid7(now))


def moment_of_case(case_id: str, now: datetime) -> datetime:
    """Return what may be written down as the moment of a case: of one whose id tells no time, the day alone.

    Shape:  the day is its beginning in Việt Nam.
    """
    if len(case_id) != _UUID_CHARS or UUID(case_id).version != _RANDOM:
        return now
    return datetime.combine(local_day(now), time_of_day.min, VIETNAM).astimezone(UTC)
