"""The text of a citizen card's QR, from old and new cards and from things that are no card."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportpoint.devices.citizen_card import read_card
from supportpoint.errors import SupportPointError

TODAY = date(2026, 11, 23)
OLD = "011198004512||Quàng Thị Ơn|12031998|Nữ|Bản Nậm Cứm, Ngối Cáy, Mường Ảng, Điện Biên|20082022"
NEW = OLD + "|||Lò Văn Bun|"


def changed(place: int, value: str) -> str:
    fields = OLD.split("|")
    fields[place] = value
    return "|".join(fields)


def test_the_seven_fields_of_an_old_card():
    card = read_card(OLD, TODAY)
    assert (card.id_no, card.full_name, card.sex) == ("011198004512", "Quàng Thị Ơn", "female")
    assert (card.birth_date, card.issue_date) == (date(1998, 3, 12), date(2022, 8, 20))
    assert card.residence.startswith("Bản Nậm Cứm")
    assert card.old_id_no == ""
    assert card.masked_no == "•••• •••• 4512"


def test_a_longer_tail_is_ignored():
    assert read_card(NEW, TODAY) == read_card(OLD, TODAY)


def test_an_old_number_and_a_missing_issue_day():
    card = read_card(changed(1, "040123456"), TODAY)
    assert card.old_id_no == "040123456"
    assert read_card(OLD.rpartition("|")[0], TODAY).issue_date is None
    assert read_card(changed(6, "31022022"), TODAY).issue_date is None


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "count"),
        ("https://example.org", "count"),
        ("SP1:ABCDEF", "count"),
        ("|||||||", "number"),
        (changed(0, "01119800451"), "number"),
        (changed(0, "01119800451٣"), "number"),
        (changed(1, "12345"), "old number"),
        (changed(2, "Ơn 2"), "name"),
        (changed(2, ""), "name"),
        (changed(2, "<b>Ơn</b>"), "name"),
        (changed(3, "31021998"), "birth date"),
        (changed(3, "12032027"), "birth date"),
        (changed(3, "12031850"), "birth date"),
        (changed(4, "X"), "sex"),
        (OLD + "|" * 30, "count"),
        (OLD + "x" * 2000, "length"),
    ],
)
def test_what_is_no_card_is_refused_by_the_name_of_the_field(text: str, field: str):
    with pytest.raises(SupportPointError) as caught:
        read_card(text, TODAY)
    assert caught.value.code == "SP-701"
    assert caught.value.facts == {"field": field}


def test_a_card_shows_nothing_personal_when_it_is_printed():
    words = repr(read_card(OLD, TODAY))
    assert not any(part in words for part in ("Ơn", "4512", "1998", "Nậm"))


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str):
    with contextlib.suppress(SupportPointError):
        read_card(text, TODAY)
