"""What people know of a birth: a whole date, a year, the animal of the year, a date of the moon. Pure.

Nothing is invented: who knows only the year gives only the year. The officer decides by law what to write.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from supportpoint.kiosk.words.lunar import LunarDate, to_solar

#: The twelve animals in the order of the Vietnamese cycle: name of the drawing, branch, everyday name.
#: The second is the buffalo, the fourth the cat. Place 0 is the year 1900.
ANIMALS = (
    ("rat", "Tý", "chuột"),
    ("buffalo", "Sửu", "trâu"),
    ("tiger", "Dần", "hổ"),
    ("cat", "Mão", "mèo"),
    ("dragon", "Thìn", "rồng"),
    ("snake", "Tỵ", "rắn"),
    ("horse", "Ngọ", "ngựa"),
    ("goat", "Mùi", "dê"),
    ("monkey", "Thân", "khỉ"),
    ("rooster", "Dậu", "gà"),
    ("dog", "Tuất", "chó"),
    ("pig", "Hợi", "lợn"),
)
ROUGH_YEARS = 12

_STEMS = ("Canh", "Tân", "Nhâm", "Quý", "Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ")
_RAT_YEAR = 1900
_CYCLE = len(ANIMALS)


class Precision(StrEnum):
    """How much of the date is known. APPROX: counted from a date of the moon or an animal."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    APPROX = "approx"


class Calendar(StrEnum):
    """By which calendar the person told it."""

    SOLAR = "solar"
    LUNAR = "lunar"


class HowKnown(StrEnum):
    """From what the person told it."""

    DATE = "date"
    YEAR = "year"
    ANIMAL = "animal"
    LUNAR_DATE = "lunar_date"


@dataclass(frozen=True, slots=True)
class KnownBirth:
    """`value` is by the sun: "1994", "1994-05", "1994-05-12"; `told` the date of the moon as said, or ""."""

    value: str
    precision: Precision
    calendar: Calendar = Calendar.SOLAR
    how_known: HowKnown = HowKnown.DATE
    told: str = ""

    def parts(self) -> dict[str, str]:
        """Return the fields by name, as they are kept."""
        return {
            "value": self.value,
            "precision": self.precision.value,
            "calendar": self.calendar.value,
            "how_known": self.how_known.value,
            "told": self.told,
        }


def animal_place(year: int) -> int:
    """Return which animal a lunar year has, as a place in `ANIMALS`."""
    return (year - _RAT_YEAR) % _CYCLE


def year_name(year: int) -> str:
    """Return the name of a lunar year by stem and branch: 1963 is "Quý Mão"."""
    return f"{_STEMS[(year - _RAT_YEAR) % len(_STEMS)]} {ANIMALS[animal_place(year)][1]}"


def candidate_years(animal: int, age: int, this_year: int) -> list[int]:
    """Return the one to three years of an animal that lie nearest a rough age, oldest first.

    `animal` is a place in `ANIMALS`. People count a year of age more or less: up to 12 years off are offered,
    never a year to come, never before 1900.
    """
    about = this_year - age
    nearest = range(max(about - ROUGH_YEARS, _RAT_YEAR), min(about + ROUGH_YEARS, this_year) + 1)
    return [year for year in nearest if animal_place(year) == animal]


def known_date(year: int, month: int = 0, day: int = 0) -> KnownBirth:
    """Return a birth of which the year, the month too, or the whole date is known; 0 is not known.

    Errors: ValueError when the whole date is none.
    """
    if month and day:
        return KnownBirth(date(year, month, day).isoformat(), Precision.DAY)
    if month:
        return KnownBirth(f"{year:04d}-{month:02d}", Precision.MONTH)
    return KnownBirth(f"{year:04d}", Precision.YEAR, how_known=HowKnown.YEAR)


def known_animal(year: int) -> KnownBirth:
    """Return a birth of which the animal is known, and the year chosen from those offered."""
    return KnownBirth(f"{year:04d}", Precision.APPROX, Calendar.LUNAR, HowKnown.ANIMAL, year_name(year))


def known_lunar(lunar: LunarDate) -> KnownBirth:
    """Return a birth told by the moon: the day of the sun is counted, what was told is kept.

    Errors: ValueError when the moon has no such day.
    """
    value = to_solar(lunar).isoformat()
    return KnownBirth(value, Precision.APPROX, Calendar.LUNAR, HowKnown.LUNAR_DATE, lunar_text(lunar))


def lunar_text(lunar: LunarDate) -> str:
    """Return a date of the moon as it is written: "15/4 nhuận/1963" in a leap month."""
    return f"{lunar.day}/{lunar.month}{' nhuận' if lunar.is_leap else ''}/{lunar.year}"
