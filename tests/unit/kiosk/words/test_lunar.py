"""The lunar calendar: Tết days on record, where Hà Nội and Beijing differ, leap months, another library."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportpoint.kiosk.words.astronomy import moon_number, new_moon, sun_longitude
from supportpoint.kiosk.words.lunar import (
    HOURS_EAST,
    LunarDate,
    leap_month,
    months_of,
    new_year_day,
    to_lunar,
    to_solar,
)

#: The north kept Tết of 1968 a day before the south, and Việt Nam those of 1985, 2007 and 2030 before China.
TET = [
    (1968, date(1968, 1, 29), date(1968, 1, 30)),
    (1985, date(1985, 1, 21), date(1985, 2, 20)),
    (2000, date(2000, 2, 5), date(2000, 2, 5)),
    (2007, date(2007, 2, 17), date(2007, 2, 18)),
    (2020, date(2020, 1, 25), date(2020, 1, 25)),
    (2023, date(2023, 1, 22), date(2023, 1, 22)),
    (2024, date(2024, 2, 10), date(2024, 2, 10)),
    (2025, date(2025, 1, 29), date(2025, 1, 29)),
    (2026, date(2026, 2, 17), date(2026, 2, 17)),
    (2030, date(2030, 2, 2), date(2030, 2, 3)),
]
BEIJING = 8
CLOSE_TO_MIDNIGHT = 2 / 1440


@pytest.mark.parametrize(("year", "hanoi", "beijing"), TET)
def test_tet_falls_on_the_day_on_record(year: int, hanoi: date, beijing: date):
    assert new_year_day(year) == hanoi
    assert new_year_day(year, BEIJING) == beijing


@pytest.mark.parametrize(
    ("year", "month"),
    [(1985, 2), (2004, 2), (2006, 7), (2012, 4), (2014, 9), (2017, 6), (2020, 4), (2023, 2)],
)
def test_leap_month_is_the_one_on_record(year: int, month: int):
    assert leap_month(year) == month
    assert leap_month(year + 1) == 0


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_to_the_moon_and_back_is_the_same_day(day: date):
    assert to_solar(to_lunar(day)) == day


def test_months_follow_one_another_without_a_gap():
    expected = to_solar(LunarDate(1899, 1, 1))
    for year in range(1899, 2101):
        months = months_of(year)
        assert [month.month for month, _ in months if not month.is_leap] == list(range(1, 13))
        assert len(months) == 12 + bool(leap_month(year))
        for month, days in months:
            assert days in {29, 30}
            assert to_solar(LunarDate(year, month.month, 1, month.is_leap)) == expected
            expected += timedelta(days=days)


@pytest.mark.parametrize(
    "lunar",
    [
        LunarDate(1898, 1, 1),
        LunarDate(2101, 1, 1),
        LunarDate(2024, 1, 30),
        LunarDate(2024, 1, 0),
        LunarDate(2024, 2, 1, is_leap=True),
        LunarDate(2024, 13, 1),
    ],
)
def test_a_day_that_the_moon_has_not_is_refused(lunar: LunarDate):
    with pytest.raises(ValueError, match=r"\d"):
        to_solar(lunar)


def test_a_day_of_the_sun_outside_the_years_is_refused():
    with pytest.raises(ValueError, match="1899"):
        to_lunar(date(1899, 12, 31))


def test_sun_and_moon_stand_where_the_almanac_says():
    """Meeus, examples 25.a (199.909 degrees) and 49.a (new moon at 3:37:42 even time)."""
    even_time_ahead = 58.0 / 86400
    assert sun_longitude(date(1992, 10, 13).toordinal() - even_time_ahead) == pytest.approx(
        199.909, abs=0.002
    )
    moon = new_moon(moon_number(date(1977, 2, 20).toordinal()))
    assert moon == pytest.approx(
        date(1977, 2, 18).toordinal() + (3 * 3600 + 37 * 60 + 42 - 48) / 86400, abs=1e-4
    )


def test_another_library_agrees_but_where_the_moon_is_new_at_midnight():
    library = pytest.importorskip("lunar_vn", reason="lunar-vn is a development dependency")
    compared = 0
    for year in range(1900, 2101):
        for month, days in months_of(year):
            first = to_solar(LunarDate(year, month.month, 1, month.is_leap))
            if first.year > 2099:
                continue
            moment = new_moon(moon_number(first.toordinal() + 2)) + HOURS_EAST / 24
            if abs(moment - round(moment)) < CLOSE_TO_MIDNIGHT:
                continue
            theirs = library.convert_solar_to_lunar(first.day, first.month, first.year)
            assert (theirs.year, theirs.month, theirs.day) == (year, month.month, 1)
            assert bool(theirs.leap) == month.is_leap
            compared += days
    assert compared > 72_000
