"""Dates in words, capitals and clean text."""

from __future__ import annotations

import unicodedata

import pytest

from supportpoint.reports.words import capital_name, clean_text, find_date, in_sentence, join_address


@pytest.mark.parametrize(
    ("stored", "text", "words"),
    [
        (
            "2026-11-23",
            "23/11/2026",
            "ngày hai mươi ba tháng mười một năm hai nghìn không trăm hai mươi sáu",
        ),
        ("2026-04-02", "02/04/2026", "ngày mùng hai tháng tư năm hai nghìn không trăm hai mươi sáu"),
        ("2024-02-29", "29/02/2024", "ngày hai mươi chín tháng hai năm hai nghìn không trăm hai mươi tư"),
        ("1971-10-10", "10/10/1971", "ngày mùng mười tháng mười năm một nghìn chín trăm bảy mươi mốt"),
        ("1994-05", "05/1994", "tháng năm năm một nghìn chín trăm chín mươi tư"),
        ("1994", "1994", "năm một nghìn chín trăm chín mươi tư"),
        ("2005", "2005", "năm hai nghìn không trăm linh năm"),
        ("2000", "2000", "năm hai nghìn"),
    ],
)
def test_dates_and_parts_of_dates(stored, text, words):
    found = find_date(stored)
    assert (found.text, found.words) == (text, words)


@pytest.mark.parametrize("text", ["", "năm 1994", "2026-02-30", "2026-13", "2026-1-2", "0000", "19944"])
def test_what_is_no_date_has_none(text):
    assert find_date(text) is None


def test_capitals_keep_every_mark():
    assert capital_name("  Quàng Thị  Ơn ") == "QUÀNG THỊ ƠN"
    assert capital_name(unicodedata.normalize("NFD", "đặng ỷ ngữ")) == "ĐẶNG Ỷ NGỮ"


def test_text_is_nfc_and_shows_all_it_holds():
    decomposed = unicodedata.normalize("NFD", "Vừ A Dế")
    assert clean_text(decomposed) == "Vừ A Dế"
    assert clean_text("Lò\u202eMai\u2066 \u200fAn\u200b\u00ad\x07") == "LòMai An"
    assert clean_text("một\r\nhai\rba") == "một\nhai\nba"


def test_addresses_in_one_line():
    parts = ("bản Nậm Cứm", in_sentence("Xã Nà Tấu"), in_sentence("Tỉnh Điện Biên"), "VN")
    assert join_address(parts) == "bản Nậm Cứm, xã Nà Tấu, tỉnh Điện Biên"
    assert in_sentence("Trạm y tế Xã Xá Tổng") == "Trạm y tế xã Xá Tổng"
    assert join_address(("", " ", "Lào")) == "Lào"
