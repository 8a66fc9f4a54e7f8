"""Recorded units in a row say the number, the amount, the date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportpoint.kiosk.words.spoken import (
    LIMIT,
    VIETNAMESE,
    VIETNAMESE_TEXTS,
    SpeechRules,
    all_recorded,
    all_units,
    read_rules,
    speak_date,
    speak_money,
    speak_number,
)
from supportpoint.kiosk.words.wording import date_words
from supportpoint.numerals import number_words

SCALES = {"num_thousand": 1000, "num_million": 10**6, "num_billion": 10**9}

#: A made-up language that counts without a link and says day, month and year bare.
BARE = SpeechRules(
    below_hundred=tuple((f"n{number}",) for number in range(100)),
    hundred=("h",),
    scales=(("k",), ("m",), ("g",)),
)


def text(units: list[str]) -> str:
    return " ".join(VIETNAMESE_TEXTS[unit] for unit in units)


def heard(units: list[str]) -> int:
    """Count what somebody who knows the words hears."""
    total = group = last = 0
    for unit in units:
        if unit in SCALES:
            total, group, last = total + (group + last) * SCALES[unit], 0, 0
        elif unit == "num_hundred":
            group, last = last * 100, 0
        elif unit == "num_tens":
            group, last = group + last * 10, 0
        elif unit == "num_10":
            group, last = group + 10, 0
        elif unit != "num_link":
            last = int(unit.split("_")[1])
    return total + group + last


@given(st.one_of(st.integers(0, 9999), st.integers(0, LIMIT - 1)))
def test_hearing_the_units_gives_the_number(number: int):
    units = speak_number(VIETNAMESE, number)
    assert heard(units) == number
    assert text(units) == number_words(number)
    assert text(speak_money(VIETNAMESE, number)) == f"{number_words(number)} đồng"


@given(st.integers(0, LIMIT - 1))
def test_another_language_counts_by_its_own_rules(number: int):
    units = speak_number(BARE, number)
    total = group = last = 0
    for unit in units:
        if unit in {"k", "m", "g"}:
            total, group, last = total + (group + last) * 1000 ** ("kmg".index(unit) + 1), 0, 0
        elif unit == "h":
            group, last = last * 100, 0
        else:
            last = int(unit[1:])
    assert total + group + last == number


@pytest.mark.parametrize("number", [-1, LIMIT])
def test_a_number_out_of_range_is_refused(number: int):
    with pytest.raises(ValueError, match=str(number)):
        speak_number(VIETNAMESE, number)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_date_is_said_as_it_is_written_in_words(day: date):
    assert text(speak_date(VIETNAMESE, day.isoformat())) == date_words(day)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1963", "năm một nghìn chín trăm sáu mươi ba"),
        ("1994-04", "tháng tư năm một nghìn chín trăm chín mươi tư"),
        ("2026-11-02", "mồng hai tháng mười một năm hai nghìn không trăm hai mươi sáu"),
        ("2026-11-15", "ngày mười lăm tháng mười một năm hai nghìn không trăm hai mươi sáu"),
    ],
)
def test_what_is_not_known_is_not_said(value: str, said: str):
    assert text(speak_date(VIETNAMESE, value)) == said


def test_one_missing_recording_leaves_the_text():
    units = speak_money(VIETNAMESE, 21_000)
    clips = set(all_units(VIETNAMESE))
    assert all_recorded(units, clips)
    assert not all_recorded(units, clips - {"num_1_last"})
    assert not all_recorded([], clips)


def test_every_unit_has_its_words():
    assert set(all_units(VIETNAMESE)) == set(VIETNAMESE_TEXTS)


def test_rules_come_from_a_pack(tmp_path: Path):
    path = tmp_path / "numbers.json"
    path.write_bytes(msgspec.json.encode(BARE))
    assert read_rules(path) == BARE
    path.write_bytes(msgspec.json.encode(replace(BARE, below_hundred=BARE.below_hundred[:20])))
    with pytest.raises(ValueError, match="numbers"):
        read_rules(path)
