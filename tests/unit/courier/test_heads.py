"""Heads and answers: signed, in shape, or refused."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportpoint.courier.heads import read_answer, read_head, sign_answer, sign_head, verify_head
from supportpoint.courier.stick import make_name
from supportpoint.courier_messages import CourierAnswer, CourierHead
from supportpoint.errors import SupportPointError
from supportpoint.sealing.keys import SignKey

KEY = SignKey(bytes(range(32)))
HEAD = CourierHead(
    version=1,
    kind="letter",
    id="0123456789abcdef" * 2,
    device="0193a1b2-0000-7000-8000-00000000cafe",
    server=KEY.kid,
    province="11",
    made_on="2026-11-28",
    contents=bytes(32),
    epoch="0193aaaa",
    cursor=5,
)
ANSWER = CourierAnswer(letter=HEAD.id, device=HEAD.device, epoch="e", asked_epoch="e", now="2026-11-28")


def test_a_head_comes_back_and_its_signature_holds():
    data = sign_head(HEAD, KEY)
    assert read_head(data) == HEAD
    verify_head(data, KEY.public)
    with pytest.raises(SupportPointError, match="SP-905"):
        verify_head(data, SignKey.make().public)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"kind": "other"},
        {"id": "../../etc"},
        {"id": "ABCDEF0123456789" * 2},
        {"device": "a/b"},
        {"device": "x" * 65},
        {"province": "1\n1"},
        {"made_on": "28/11/2026"},
        {"cursor": -1},
        {"cursor": 2**63},
        {"contents": b"short"},
        {"wants": (b"short",)},
        {"wants": tuple(bytes(32) for _ in range(257))},
    ],
)
def test_a_head_out_of_shape_is_refused(change):
    with pytest.raises(SupportPointError, match="SP-905"):
        read_head(sign_head(msgspec.structs.replace(HEAD, **change), KEY))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_flipped_bit_is_signed(data):
    for whole, check in (
        (sign_head(HEAD, KEY), lambda found: verify_head(found, KEY.public)),
        (sign_answer(ANSWER, KEY), lambda found: read_answer(found, KEY.public)),
    ):
        bit = data.draw(st.integers(0, len(whole) * 8 - 1))
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SupportPointError, match="SP-905"):
            check(bytes(damaged))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_noise_is_no_head_and_no_answer(noise):
    with pytest.raises(SupportPointError, match="SP-905"):
        read_head(noise)
    with pytest.raises(SupportPointError, match="SP-905"):
        read_answer(noise, KEY.public)


def test_a_head_is_no_answer_though_the_same_key_signed_it():
    with pytest.raises(SupportPointError, match="SP-905"):
        read_answer(sign_head(HEAD, KEY), KEY.public)


def test_a_file_name_says_device_number_and_day_alone():
    assert make_name(HEAD) == "0000cafe-01234567-20261128.spletter"
    assert make_name(msgspec.structs.replace(HEAD, kind="answers", device="")) == (
        "server-01234567-20261128.spanswers"
    )
