"""Dates in words, groups of digits and masks."""

from __future__ import annotations

from datetime import date

import pytest

from supportpoint.kiosk.words.wording import (
    date_words,
    group_digits,
    long_date,
    mask_name,
    mask_number,
    mask_phone,
    partial_date_text,
)


def test_dates_in_words():
    assert date_words(date(2026, 11, 2)) == "mồng hai tháng mười một năm hai nghìn không trăm hai mươi sáu"
    assert date_words(date(1998, 4, 15)).startswith(
        "ngày mười lăm tháng tư năm một nghìn chín trăm chín mươi tám"
    )


def test_weekdays():
    assert long_date(date(2026, 11, 23)) == "thứ Hai 23/11/2026"
    assert long_date(date(2026, 11, 22)) == "Chủ nhật 22/11/2026"
    assert long_date(date(2026, 11, 23), "en") == "Monday 23/11/2026"


@pytest.mark.parametrize(
    ("value", "text"), [("1994", "1994"), ("1994-05", "05/1994"), ("1994-05-12", "12/05/1994"), ("", "")]
)
def test_partial_dates(value: str, text: str):
    assert partial_date_text(value) == text


def test_groups_and_masks():
    assert group_digits("1250000") == "1.250.000"
    assert mask_number("011198004512") == "•••• •••• 4512"
    assert mask_number("123") == "••••"
    assert mask_phone("0912345678") == "••• ••• 56 78"
    assert mask_name("Lò Thị Mai An") == "L. T. M. An"
