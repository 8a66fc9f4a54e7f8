from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportpoint.errors import SupportPointError
from supportpoint.sealing.receipt import (
    check_case_number,
    make_receipt,
    qr_text,
    read_secret,
    receipt_hash,
    write_secret,
)

SECRETS = st.binary(min_size=16, max_size=16)


def test_a_receipt_has_128_bits_and_a_number_to_speak():
    receipts = [make_receipt() for _ in range(200)]
    assert len({receipt.secret for receipt in receipts}) == 200
    assert {len(receipt.secret) for receipt in receipts} == {16}
    for receipt in receipts:
        assert re.fullmatch(r"(?:[2-9A-HJ-NP-Z]{3}-?){3}", receipt.case_number)
        assert check_case_number(receipt.case_number.lower().replace("-", " ")) == receipt.case_number


def test_a_kept_secret_gives_the_same_receipt_again():
    receipt = make_receipt()
    assert make_receipt(receipt.secret) == receipt
    assert make_receipt(bytes(16)).case_number == "U6R-XXB-BN2"


@given(SECRETS)
def test_the_code_reads_back_as_people_type_it(secret):
    written = write_secret(secret)
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{3}", written)
    for text in (
        written,
        written.lower(),
        f"  {written.replace('-', ' ')}\n",
        written.replace("0", "O").replace("1", "l"),
        qr_text(secret),
        qr_text(secret).lower(),
    ):
        assert read_secret(text) == secret


@given(SECRETS, st.integers(0, 26), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_is_noticed(secret, position, letter):
    plain = write_secret(secret).replace("-", "")
    wrong = plain[:position] + letter + plain[position + 1 :]
    if wrong != plain:
        with pytest.raises(SupportPointError, match="SP-407"):
            read_secret(wrong)


@given(SECRETS, st.integers(0, 25))
def test_two_swapped_characters_are_noticed(secret, position):
    plain = write_secret(secret).replace("-", "")
    wrong = plain[:position] + plain[position + 1] + plain[position] + plain[position + 2 :]
    if wrong != plain:
        with pytest.raises(SupportPointError, match="SP-407"):
            read_secret(wrong)


def test_a_wrong_case_number_is_noticed_at_every_place():
    number = make_receipt().case_number.replace("-", "")
    for position in range(9):
        for letter in "23456789ABCDEFGHJKLMNPQRSTUVWXYZ":
            if letter != number[position]:
                with pytest.raises(SupportPointError, match="SP-407"):
                    check_case_number(number[:position] + letter + number[position + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SP1:",
        "hello",
        "https://example.vn/abc",
        "011093001234||Lò Văn Pó|01011993|Nam|Bản Nậm Pọng|01012021",
        "0" * 26,
        "ß" * 27,
    ],
)
def test_what_is_no_receipt_is_refused(text):
    with pytest.raises(SupportPointError, match="SP-407"):
        read_secret(text)
    with pytest.raises(SupportPointError, match="SP-407"):
        check_case_number(text)


def test_only_sixteen_bytes_make_a_code():
    with pytest.raises(SupportPointError, match="SP-407"):
        write_secret(b"short")


def test_the_address_is_not_the_secret():
    secret = make_receipt().secret
    assert len(receipt_hash(secret)) == 32
    assert secret not in receipt_hash(secret)


def test_the_qr_uses_the_dense_mode():
    assert re.fullmatch(r"[0-9A-Z:]+", qr_text(make_receipt().secret))
