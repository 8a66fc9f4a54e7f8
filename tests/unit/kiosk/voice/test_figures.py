"""Numbers and dates inside words: units to play, words for the machine."""

from __future__ import annotations

import pytest

from supportpoint.kiosk.voice.figures import figure_units, say_figures, word_units
from supportpoint.kiosk.words.spoken import VIETNAMESE


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("5", ["num_5"]),
        ("1.250", ["num_1", "num_thousand", "num_2", "num_hundred", "num_5", "num_tens"]),
        ("50.000 đồng", ["num_5", "num_tens", "num_thousand", "money_dong"]),
        ("11/2026", ["month_11", "date_year", *word_units("hai nghìn không trăm hai mươi sáu")]),
        ("Cần thêm 2 thứ", []),
        ("31/13/2026", []),
        ("", []),
    ],
)
def test_a_figure_alone_is_units(text: str, units: list[str]):
    assert figure_units(VIETNAMESE, text) == units


def test_vietnamese_number_words_are_the_same_units():
    assert word_units("Năm mươi nghìn đồng") == ["num_5", "num_tens", "num_thousand", "money_dong"]
    assert word_units("mồng hai tháng mười một") == ["date_first_days", "num_2", "month_11"]
    assert word_units("hai con trâu") == []
    assert word_units("") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Cần thêm 2 thứ", "Cần thêm hai thứ"),
        ("Giá 50.000 đồng một ký", "Giá năm mươi nghìn đồng một ký"),
        ("trước ngày 02/11/2026.", "trước mồng hai tháng mười một năm hai nghìn không trăm hai mươi sáu."),
        ("tháng 11/2026", "tháng mười một năm hai nghìn không trăm hai mươi sáu"),
        ("Luật 60/2014/QH13", "Luật 60/2014/QH13"),
        ("31/13/2026", "31/13/2026"),
    ],
)
def test_the_machine_reads_figures_as_words(text: str, said: str):
    assert say_figures(text) == said
