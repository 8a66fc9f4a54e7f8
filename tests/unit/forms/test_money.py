"""Prices as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportpoint.errors import SupportPointError
from supportpoint.forms.money import MAX_VND, money_words, parse_vnd


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("120k", 120_000),
        ("120K", 120_000),
        ("120 k", 120_000),
        ("1tr2", 1_200_000),
        ("1tr25", 1_250_000),
        ("1tr250", 1_250_000),
        ("1tr05", 1_050_000),
        ("1 triệu 2", 1_200_000),
        ("1 triệu 200", 1_200_000),
        ("1 triệu 200 nghìn", 1_200_000),
        ("1tr200k", 1_200_000),
        ("1tr200.000", 1_200_000),
        ("2k5", 2_500),
        ("120 nghìn", 120_000),
        ("120 ngàn", 120_000),
        ("120 nghin dong", 120_000),
        ("120 nghìn đồng", 120_000),
        ("2 nghìn rưỡi", 2_500),
        ("1 triệu rưỡi", 1_500_000),
        ("1,5 triệu", 1_500_000),
        ("1.5tr", 1_500_000),
        ("0,25 triệu", 250_000),
        ("2 tỷ", 2_000_000_000),
        ("2 tỉ 3", 2_300_000_000),
        ("1 ty 250 trieu", 1_250_000_000),
        ("1.200.000", 1_200_000),
        ("1,200,000", 1_200_000),
        ("1 200 000", 1_200_000),
        ("120.000đ", 120_000),
        ("50.000 VNĐ", 50_000),
        ("1.200", 1_200),
        ("500", 500),
        (" 0 ", 0),
        ("3 trie\u0323\u0302u", 3_000_000),  # marks typed one by one
    ],
)
def test_what_is_said(said, amount):
    assert parse_vnd(said) == amount


@pytest.mark.parametrize(
    "said",
    [
        "",
        "đồng",
        "1.5",
        "1,5",
        "1.50",
        "12.00",
        "1.20.000",
        "1.200,000",
        "1.250 triệu",  # 1,250 million, or one and a quarter?
        "1,250k",
        "2k50",
        "1 triệu 25",
        "1tr2500",
        "1tr2tr",
        "1k2tr",
        "1tr 1200k",
        "1,5tr2",
        "1,5tr 200k",
        "1.2345k",
        "0,0005k",
        "-5",
        "1e5",
        "k",
        "120kg",
        "120 trăm",
        "chừng 120k",
        "120k hoặc 130k",
        "٣k",
        "9999999 tỷ",
        "1" * 30,
        "rưỡi",
    ],
)
def test_what_could_mean_two_things_or_none(said):
    assert parse_vnd(said) is None


@given(st.integers(0, MAX_VND))
def test_written_amounts_are_read_back(amount):
    assert parse_vnd(money_words(amount)) == amount
    assert parse_vnd(str(amount)) == amount


@given(st.text("0123456789.,ktr nghìđồ", max_size=20))
def test_any_text_gives_an_amount_or_nothing(text):
    amount = parse_vnd(text)
    assert amount is None or 0 <= amount <= MAX_VND


@pytest.fixture
def session(start):
    return start(
        "<price/><count/>",
        '<bind nodeset="/data/price" type="int" constraint=". &gt;= 1000"/>'
        '<bind nodeset="/data/count" type="int"/>',
        '<input ref="/data/price" appearance="sp:money"/><input ref="/data/count"/>',
    )


def test_a_price_question_takes_what_is_said(session):
    assert session.answer("/data/price", "1tr2").problem is None
    assert session.value("/data/price") == 1_200_000
    assert "<price>1200000</price>" in session.to_xml().decode()
    assert session.page(0).questions[0].display == "1.200.000 đồng"
    session.answer("/data/price", 45_000)
    assert session.value("/data/price") == 45_000
    session.answer("/data/price", "")
    assert session.value("/data/price") is None


@pytest.mark.parametrize(("ref", "said"), [("/data/price", "1.5"), ("/data/count", "2k")])
def test_a_price_that_is_not_clear_is_refused(session, ref, said):
    with pytest.raises(SupportPointError) as caught:
        session.answer(ref, said)
    assert caught.value.code == "SP-306"
    assert session.value(ref) is None
