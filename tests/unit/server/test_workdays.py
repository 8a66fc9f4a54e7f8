"""Deadlines in working days, as a clerk counts them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from supportpoint.clock import VIETNAM
from supportpoint.server.registry.workdays import add_working_days, due_on, is_working_day

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def test_weekends_and_holidays_do_not_count():
    assert add_working_days(FRIDAY, 1) == MONDAY
    assert add_working_days(FRIDAY, 1, {MONDAY}) == date(2026, 11, 24)
    assert add_working_days(MONDAY, 5) == date(2026, 11, 30)
    assert add_working_days(MONDAY, 0) == MONDAY
    assert not is_working_day(date(2026, 11, 22))


@pytest.mark.parametrize(
    ("received", "deadline", "due"),
    [
        (datetime(2026, 11, 23, 10, 0, tzinfo=VIETNAM), "1", date(2026, 11, 24)),
        (datetime(2026, 11, 23, 14, 59, tzinfo=VIETNAM), "5 ngày làm việc", date(2026, 11, 30)),
        (datetime(2026, 11, 23, 15, 0, tzinfo=VIETNAM), "1", date(2026, 11, 25)),
        (datetime(2026, 11, 20, 16, 0, tzinfo=VIETNAM), "1", date(2026, 11, 24)),
        (datetime(2026, 11, 22, 9, 0, tzinfo=VIETNAM), "1", date(2026, 11, 24)),
        (
            datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM),
            "Trong 2 ngày làm việc; đi khai trong 60 ngày",
            date(2026, 11, 25),
        ),
        (datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM), "theo Điều 13", None),
        (datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM), "", None),
    ],
)
def test_a_deadline_starts_on_the_day_the_office_could_begin(received, deadline, due):
    assert due_on(received, deadline) == due
