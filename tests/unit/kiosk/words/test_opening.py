"""When somebody can be met at the point."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.kiosk.words.opening import read_opening

WEEK = (1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 11, 23, 0, 29, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 0, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 9, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 10, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 22, 3, 0, tzinfo=UTC), False),
    ],
    ids=["before", "start", "last minute", "end", "Sunday"],
)
def test_hours_are_of_the_day_in_vietnam(moment: datetime, *, is_open: bool):
    opening = read_opening("07:30", "17:00", WEEK)
    assert opening is not None
    assert opening.is_open(moment) == is_open


def test_no_hours_are_no_opening():
    assert read_opening("", "", WEEK) is None


@pytest.mark.parametrize(
    ("start", "end"), [("7:30", "17:00"), ("07:30", ""), ("17:00", "07:30"), ("25:00", "26:00")]
)
def test_hours_that_are_none_are_refused(start: str, end: str):
    with pytest.raises(SupportPointError, match="SP-101"):
        read_opening(start, end, WEEK)
