"""The lunar calendar of Việt Nam, 1900-2100: days of the moon to days of the sun and back. Pure.

The rule, for the clock of Hà Nội (UTC+7): a month begins on the day of a new moon; the month with the winter
solstice is the eleventh; when thirteen months lie from one eleventh to the next, the first of them in which
the sun enters no new sign is leap, and carries the number of the one before.

Before 1968 (in the south before 1976) printed calendars followed the clock of Beijing. A date that somebody
remembers from then may lie a day beside ours, once in decades a month: the page says "about", and keeps the
lunar date as told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import floor

from supportpoint.kiosk.words.astronomy import moon_number, new_moon, sun_sign

FIRST_YEAR, LAST_YEAR = 1900, 2100
HOURS_EAST = 7

_SOLSTICE_SIGN = 9
_MONTHS = 12
_LEAP_COUNT = 13


@dataclass(frozen=True, slots=True, order=True)
class LunarMonth:
    """A month of the moon: `year` 1899-2101, `month` 1-12, a leap one after its namesake."""

    year: int
    month: int
    is_leap: bool = False


@dataclass(frozen=True, slots=True)
class LunarDate:
    """A day of the moon: `day` 1-30 of a month."""

    year: int
    month: int
    day: int
    is_leap: bool = False


def _moon_day(number: int, hours: int) -> int:
    """Return the ordinal of the day on which a moon is new, by a clock so many hours east."""
    return floor(new_moon(number) + hours / 24)


def _sign(day: int, hours: int) -> int:
    """Return the sign of the sun at the midnight that begins a day."""
    return sun_sign(day - hours / 24)


@lru_cache(maxsize=512)
def _eleventh_moon(year: int, hours: int) -> int:
    """Return the number of the moon that begins the eleventh month in a year of the sun."""
    number = moon_number(date(year, 12, 31).toordinal()) + 1
    while _moon_day(number, hours) > date(year, 12, 31).toordinal():
        number -= 1
    return number - 1 if _sign(_moon_day(number, hours), hours) >= _SOLSTICE_SIGN else number


@lru_cache(maxsize=512)
def _months_until_eleventh(year: int, hours: int) -> tuple[tuple[LunarMonth, int], ...]:
    """Return the months from the eleventh of the year before up to the tenth, with their first days."""
    first, after = _eleventh_moon(year - 1, hours), _eleventh_moon(year, hours)
    starts = [_moon_day(number, hours) for number in range(first, after + 1)]
    leap_open = after - first == _LEAP_COUNT
    found: list[tuple[LunarMonth, int]] = []
    number = _MONTHS - 2
    for start, following in pairwise(starts):
        is_leap = leap_open and bool(found) and _sign(start, hours) == _sign(following, hours)
        leap_open = leap_open and not is_leap
        number += not is_leap
        in_year = year if number > _MONTHS else year - 1
        found.append((LunarMonth(in_year, (number - 1) % _MONTHS + 1, is_leap), start))
    return tuple(found)


@lru_cache(maxsize=512)
def _months(year: int, hours: int) -> tuple[tuple[LunarMonth, int, int], ...]:
    """Return the months of a lunar year, each with its first day and its number of days."""
    around = [
        *_months_until_eleventh(year, hours),
        *_months_until_eleventh(year + 1, hours),
    ]
    ends = [*(start for _, start in around[1:]), _moon_day(_eleventh_moon(year + 1, hours), hours)]
    return tuple(
        (month, start, end - start)
        for (month, start), end in zip(around, ends, strict=True)
        if month.year == year
    )


def _require_year(year: int, first: int = FIRST_YEAR) -> None:
    if not first <= year <= LAST_YEAR:
        raise ValueError(year)


def months_of(year: int, hours: int = HOURS_EAST) -> list[tuple[LunarMonth, int]]:
    """Return the 12 or 13 months of a lunar year, each with its number of days, 29 or 30.

    Errors: ValueError outside 1899-2100.
    """
    _require_year(year, FIRST_YEAR - 1)
    return [(month, days) for month, _, days in _months(year, hours)]


def leap_month(year: int, hours: int = HOURS_EAST) -> int:
    """Return which month of a lunar year comes twice; 0 when none does. Errors: ValueError as `months_of`."""
    return next((month.month for month, _ in months_of(year, hours) if month.is_leap), 0)


def new_year_day(year: int, hours: int = HOURS_EAST) -> date:
    """Return the day of Tết of a lunar year. Errors: ValueError outside 1899-2100."""
    return to_solar(LunarDate(year, 1, 1), hours)


def to_lunar(day: date, hours: int = HOURS_EAST) -> LunarDate:
    """Return the day of the moon that a day of the sun is. Errors: ValueError outside 1900-2100."""
    _require_year(day.year)
    ordinal = day.toordinal()
    year = day.year if ordinal >= _months(day.year, hours)[0][1] else day.year - 1
    month, start = next(
        (month, start) for month, start, days in _months(year, hours) if start <= ordinal < start + days
    )
    return LunarDate(month.year, month.month, ordinal - start + 1, month.is_leap)


def to_solar(lunar: LunarDate, hours: int = HOURS_EAST) -> date:
    """Return the day of the sun that a day of the moon is.

    Errors: ValueError when the year is outside 1899-2100 or has no such leap month or day.
    """
    _require_year(lunar.year, FIRST_YEAR - 1)
    wanted = LunarMonth(lunar.year, lunar.month, lunar.is_leap)
    for month, start, days in _months(lunar.year, hours):
        if month == wanted and 1 <= lunar.day <= days:
            return date.fromordinal(start + lunar.day - 1)
    raise ValueError(lunar)
