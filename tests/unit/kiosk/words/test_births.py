"""What is known of a birth is kept as it is known, and nothing is invented."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportpoint.kiosk.words.births import (
    ANIMALS,
    Calendar,
    HowKnown,
    Precision,
    animal_place,
    candidate_years,
    known_animal,
    known_date,
    known_lunar,
    year_name,
)
from supportpoint.kiosk.words.lunar import LunarDate

#: What the forms accept as a date of birth (assets/blocks/person.csv).
ACCEPTED = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def test_the_cycle_is_the_vietnamese_one():
    names = [name for _, _, name in ANIMALS]
    assert len(set(names)) == 12
    assert (names[1], names[3]) == ("trâu", "mèo")


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (1945, "Ất Dậu"),
        (1954, "Giáp Ngọ"),
        (1963, "Quý Mão"),
        (1968, "Mậu Thân"),
        (2023, "Quý Mão"),
        (2026, "Bính Ngọ"),
    ],
)
def test_year_carries_the_name_people_know(year: int, name: str):
    assert year_name(year) == name


def test_candidates_are_the_cats_about_sixty():
    assert candidate_years(animal_place(1963), 60, 2026) == [1963, 1975]
    assert candidate_years(animal_place(1963), 63, 2026) == [1951, 1963, 1975]


@given(st.integers(0, 11), st.integers(0, 115))
def test_candidates_have_the_animal_and_lie_near(animal: int, age: int):
    years = candidate_years(animal, age, 2026)
    assert 1 <= len(years) <= 3
    assert years == sorted(years)
    for year in years:
        assert animal_place(year) == animal
        assert 1900 <= year <= 2026
        assert abs(2026 - year - age) <= 12


@pytest.mark.parametrize(
    ("parts", "value", "precision"),
    [
        ((1963,), "1963", Precision.YEAR),
        ((1963, 5), "1963-05", Precision.MONTH),
        ((1963, 5, 8), "1963-05-08", Precision.DAY),
    ],
)
def test_what_is_not_known_is_not_written(parts: tuple[int, ...], value: str, precision: Precision):
    known = known_date(*parts)
    assert (known.value, known.precision, known.calendar) == (value, precision, Calendar.SOLAR)


def test_an_animal_gives_the_year_alone():
    known = known_animal(1963)
    assert known.parts() == {
        "value": "1963",
        "precision": "approx",
        "calendar": "lunar",
        "how_known": "animal",
        "told": "Quý Mão",
    }


def test_a_date_of_the_moon_is_kept_as_told_beside_the_day_counted():
    known = known_lunar(LunarDate(1984, 12, 1))
    assert (known.value, known.told) == ("1984-12-22", "1/12/1984")
    assert known.precision is Precision.APPROX
    assert known.how_known is HowKnown.LUNAR_DATE
    leap = known_lunar(LunarDate(2023, 2, 10, is_leap=True))
    assert (leap.value, leap.told) == ("2023-03-31", "10/2 nhuận/2023")


@given(st.integers(1900, 2026), st.integers(1, 12), st.integers(1, 28))
def test_every_value_is_one_the_forms_read(year: int, month: int, day: int):
    for known in (
        known_date(year),
        known_date(year, month),
        known_date(year, month, day),
        known_animal(year),
        known_lunar(LunarDate(year, month, day)),
    ):
        assert ACCEPTED.fullmatch(known.value)
