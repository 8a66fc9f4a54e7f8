from __future__ import annotations

import random

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from supportpoint.errors import SupportPointError
from supportpoint.sealing.compression import MAX_CONTENT_BYTES, compress, decompress, make_dictionary_id
from supportpoint.sealing.envelope import Inner, open_envelope, read_header, seal
from supportpoint.sealing.keys import SealKey
from supportpoint.sealing.padding import pad, padme_length, unpad

CASE = "0193a5f0-0000-7000-8000-000000000001"
INNER = Inner(form_id="birth-registration", form_version="2026112301", commune="03316")


def no_dictionary(dictionary_id):
    raise AssertionError(dictionary_id)


@pytest.fixture
def sealed(province):
    return seal(
        b"answers of an invented person" * 8,
        inner=INNER,
        recipients=province.keyset.recipients("ordinary", "03316"),
        keyset_version=3,
        case_id=CASE,
        day="2026-11-23",
    )


def test_each_recipient_opens_it_and_nobody_else(province, sealed):
    for key in (province.intake, province.commune):
        opened = open_envelope(sealed, {key.kid: key}, no_dictionary)
        assert opened.payload == b"answers of an invented person" * 8
        assert opened.inner == INNER
    stranger = SealKey(b"d" * 32)
    with pytest.raises(SupportPointError, match="SP-402"):
        open_envelope(sealed, {stranger.kid: stranger}, no_dictionary)


def test_a_stranger_under_a_recipient_id_opens_nothing(province, sealed):
    with pytest.raises(SupportPointError, match="SP-403"):
        open_envelope(sealed, {province.intake.kid: SealKey(b"d" * 32)}, no_dictionary)


def test_the_clear_header_says_who_and_not_what(province, sealed):
    header = read_header(sealed)
    assert (header.case_id, header.keyset_version, header.day) == (CASE, 3, "2026-11-23")
    assert header.kids == (province.intake.kid, province.commune.kid)
    for hidden in (b"birth", b"03316", b"20261123", b"ordinary", b"answers"):
        assert hidden not in sealed


def test_300_of_300_bit_flips_are_refused_by_each_recipient(province, sealed):
    rng = random.Random(300)
    for key in (province.intake, province.commune):
        for bit in rng.sample(range(len(sealed) * 8), 300):
            altered = bytearray(sealed)
            altered[bit // 8] ^= 1 << bit % 8
            with pytest.raises(SupportPointError, match=r"SP-40[123]"):
                open_envelope(bytes(altered), {key.kid: key}, no_dictionary)


def test_every_cut_and_every_tail_is_refused(province, sealed):
    keys = {province.intake.kid: province.intake}
    for content in (
        *(sealed[:length] for length in range(0, len(sealed), 5)),
        sealed + b"\0",
        b"SPE2" + sealed[4:],
    ):
        with pytest.raises(SupportPointError, match=r"SP-40[13]"):
            open_envelope(content, keys, no_dictionary)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_with_a_code(rubbish):
    for content in (rubbish, b"SPE1\x01" + rubbish, b"SPE1\x01\x00\x08" + rubbish):
        with pytest.raises(SupportPointError, match=r"SP-40[123]"):
            open_envelope(content, {}, no_dictionary)


def test_two_seals_of_one_payload_share_no_secret_part(province, sealed):
    again = seal(
        b"answers of an invented person" * 8,
        inner=INNER,
        recipients=province.keyset.recipients("ordinary", "03316"),
        keyset_version=3,
        case_id=CASE,
        day="2026-11-23",
    )
    assert len(again) == len(sealed)
    assert again[-64:] != sealed[-64:]


def test_no_recipient_no_envelope():
    with pytest.raises(SupportPointError, match="SP-404"):
        seal(b"", inner=INNER, recipients=(), keyset_version=1, case_id=CASE, day="2026-11-23")


def test_the_dictionary_is_named_inside_and_asked_for(province):
    dictionary = b"<data><child><full_name></full_name></child></data>" * 4
    sealed = seal(
        b"<data><child><full_name>L\xc3\xb2</full_name></child></data>",
        inner=INNER,
        recipients=province.keyset.recipients("ordinary", "03316"),
        keyset_version=3,
        case_id=CASE,
        day="2026-11-23",
        dictionary=dictionary,
    )
    shelf = {make_dictionary_id(dictionary): dictionary}
    opened = open_envelope(sealed, {province.intake.kid: province.intake}, shelf.__getitem__)
    assert opened.payload.startswith(b"<data>")
    assert opened.inner.dictionary_id == make_dictionary_id(dictionary)


@pytest.mark.parametrize("category", ["legal_aid", "protected"])
def test_protected_categories_all_look_alike_up_to_a_kib(province, category):
    lengths = {
        len(
            seal(
                random.Random(size).randbytes(size),
                inner=Inner(form_id="f", form_version="1", category=category),
                recipients=province.keyset.recipients("ordinary", "03316")[:1],
                keyset_version=3,
                case_id=CASE,
                day="2026-11-23",
            )
        )
        for size in (1, 100, 400, 900)
    }
    assert len(lengths) == 1


@given(st.integers(2, 2**40))
def test_padme_adds_at_most_12_percent(length):
    assert length <= padme_length(length) <= length * 1.12


@given(st.binary(max_size=3000), st.sampled_from([0, 512, 1024]))
def test_padding_comes_off_again(content, step_bytes):
    padded = pad(content, step_bytes)
    assert unpad(padded) == content
    assert not step_bytes or len(padded) % step_bytes == 0


def test_an_expansion_bomb_is_refused():
    bomb = zstandard.ZstdCompressor().compress(bytes(MAX_CONTENT_BYTES + 1))
    endless = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(9))
    for frame in (bomb, endless, b"no frame", compress(b"fine" * 99, b"")[:-3]):
        with pytest.raises(SupportPointError, match="SP-401"):
            decompress(frame, b"")
