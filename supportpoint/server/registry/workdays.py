"""The working-day calendar of deadlines."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta

from supportpoint.clock import VIETNAM

AFTERNOON_CUT_H = 15
SATURDAY = 5


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
    """Return the last day for a case, from the form's deadline in working days ("5", "5 ngày làm việc").

    What arrives after 15:00 or on a day off counts from the next working day. None without a number.
    Source: docs/decisions/0005-server.md
    """
    number = re.search(r"\d+", deadline)
    if number is None:
        return None
    local = received_at.astimezone(VIETNAM)
    start = local.date()
    if local.hour >= AFTERNOON_CUT_H or not is_working_day(start, holidays):
        start = add_working_days(start, 1, holidays)
    return add_working_days(start, int(number[0]), holidays)
