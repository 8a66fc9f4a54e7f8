"""The terms of the farmers' year, against days of printed calendars."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from supportpoint.kiosk.words.seasons import TERMS, season_of


@pytest.mark.parametrize(
    ("first_day", "term"),
    [
        (date(2024, 2, 4), "Lập xuân"),
        (date(2025, 4, 4), "Thanh minh"),
        (date(2026, 11, 22), "Tiểu tuyết"),
        (date(2026, 12, 22), "Đông chí"),
        (date(2025, 6, 21), "Hạ chí"),
    ],
)
def test_a_term_begins_on_its_day(first_day: date, term: str):
    assert season_of(first_day) == term
    assert season_of(first_day - timedelta(days=1)) == TERMS[TERMS.index(term) - 1]


def test_a_year_has_every_term_once_and_in_order():
    days = [date(2026, 3, 25) + timedelta(days=number) for number in range(360)]
    seen = list(dict.fromkeys(map(season_of, days)))
    assert seen == list(TERMS)
