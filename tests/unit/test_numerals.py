"""Numbers in words."""

from __future__ import annotations

import pytest

from supportpoint.numerals import number_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (40, "bốn mươi"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (115, "một trăm mười lăm"),
        (1005, "một nghìn không trăm linh năm"),
        (1250, "một nghìn hai trăm năm mươi"),
        (1973, "một nghìn chín trăm bảy mươi ba"),
        (50_000, "năm mươi nghìn"),
        (1_000_001, "một triệu không trăm linh một"),
        (2_000_000_000, "hai tỷ"),
    ],
)
def test_numbers_in_words(number: int, words: str):
    assert number_words(number) == words


@pytest.mark.parametrize("number", [-1, 10**12])
def test_a_number_out_of_range_is_refused(number: int):
    with pytest.raises(ValueError, match=str(number)):
        number_words(number)
