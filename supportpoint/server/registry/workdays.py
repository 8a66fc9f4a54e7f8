"""The working-day calendar of deadlines."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta

from supportpoint.clock import VIETNAM

AFTERNOON_CUT_H = 15
SATURDAY = 5
DEADLINE = re.compile(r"^\s*(\d+)\s*$|(\d+)\s*(?:ngày làm việc|working days?)")


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Return whether offices are open on `day`."""
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(start: date, days: int, holidays: Collection[date] = ()) -> date:
    """Return the working day that lies `days` working days after `start`."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day, holidays)
    return day


def due_on(received_at: datetime, deadline: str, holidays: Collection[date] = ()) -> date | None:
    """Return the last day for a case, from its form's deadline in working days.

    The deadline is "5", or a sentence with "5 ngày làm việc" in it, the first one counts. What
    arrives after 15:00 or on a day off counts from the next working day. None without a number.
    Source: docs/decisions/0005-server.md
    """
    found = DEADLINE.search(deadline)
    if found is None:
        return None
    local = received_at.astimezone(VIETNAM)
    start = local.date()
    if local.hour >= AFTERNOON_CUT_H or not is_working_day(start, holidays):
        start = add_working_days(start, 1, holidays)
    return add_working_days(start, int(found[1] or found[2]), holidays)
