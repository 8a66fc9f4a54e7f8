from __future__ import annotations

import msgspec
import pytest

from supportpoint.errors import SupportPointError
from supportpoint.protocol import encode
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import Key, SignedKeyset, read_keyset, read_next_keyset, sign_keyset


def test_a_signed_keyset_reads_back(province):
    assert read_keyset(sign_keyset(province.keyset, province.root), province.root.public) == province.keyset


def test_recipients_are_the_province_and_the_unit_alone(province):
    found = province.keyset.recipients("ordinary", "03316")
    assert [key.kid for key in found] == [province.intake.kid, province.commune.kid]


def test_without_a_recipient_nothing_is_sealed(province):
    with pytest.raises(SupportPointError, match="SP-404"):
        province.keyset.recipients("legal_aid", "03316")


def test_the_province_and_the_commune_receive_no_agency_purpose(province):
    def key(unit, seed):
        pair = SealKey(seed * 32)
        return Key(kid=pair.kid, use="seal", purpose="legal_aid", unit=unit, public=pair.public)

    centre = key("legal-aid-centre", b"1")
    keys = (key("province", b"2"), key("03316", b"3"), centre)
    keyset = msgspec.structs.replace(province.keyset, keys=keys)
    assert keyset.recipients("legal_aid", "03316") == (centre,)
    with pytest.raises(SupportPointError, match="SP-404"):
        msgspec.structs.replace(keyset, keys=keys[:2]).recipients("legal_aid", "03316")


def test_a_signer_is_of_its_purpose_and_not_revoked(province):
    keyset = province.keyset
    assert keyset.signer(province.office.kid, "act").unit == "03316"
    assert keyset.signer(SignKey(b"q" * 32).kid, "act").status == "retired"
    for kid, purpose in (
        (province.office.kid, "publish"),
        (SignKey(b"z" * 32).kid, "act"),
        (b"nobody00", "act"),
        (SealKey(b"i" * 32).kid, "ordinary"),
    ):
        with pytest.raises(SupportPointError, match="SP-406"):
            keyset.signer(kid, purpose)


def test_an_older_or_equal_keyset_is_refused(province):
    signed = sign_keyset(province.keyset, province.root)
    assert read_keyset(signed, province.root.public, newer_than=2).version == 3
    with pytest.raises(SupportPointError, match="SP-406"):
        read_keyset(signed, province.root.public, newer_than=3)


def test_another_root_damage_and_rubbish_are_refused(province):
    signed = sign_keyset(province.keyset, province.root)
    for content in (b"", b"rubbish", signed[:-1], sign_keyset(province.keyset, SignKey(b"e" * 32))):
        with pytest.raises(SupportPointError, match="SP-406"):
            read_keyset(content, province.root.public)


def test_every_flipped_bit_of_a_keyset_is_refused(province):
    signed = sign_keyset(province.keyset, province.root)
    for bit in range(0, len(signed) * 8, 7):
        altered = bytearray(signed)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SupportPointError, match="SP-406"):
            read_keyset(bytes(altered), province.root.public)


def test_a_root_signature_over_something_else_is_no_keyset(province):
    content = encode(province.keyset)
    unlabelled = SignedKeyset(keyset=content, signature=province.root.sign(content))
    with pytest.raises(SupportPointError, match="SP-406"):
        read_keyset(encode(unlabelled), province.root.public)


def test_a_key_under_a_foreign_id_is_refused(province):
    first, second, *rest = province.keyset.keys
    swapped = msgspec.structs.replace(first, kid=second.kid)
    keyset = msgspec.structs.replace(province.keyset, keys=(swapped, second, *rest))
    with pytest.raises(SupportPointError, match="SP-406"):
        read_keyset(sign_keyset(keyset, province.root), province.root.public)


def test_a_successor_is_believed_once_it_was_named_and_then_alone(province):
    old, new = province.root, SignKey(b"n" * 32)
    named = msgspec.structs.replace(province.keyset, version=4, successor=new.public)
    by_old = msgspec.structs.replace(province.keyset, version=5)

    with pytest.raises(SupportPointError, match="SP-406"):  # nobody named it here
        read_next_keyset(sign_keyset(by_old, new), province.keyset, old.public)
    held, root = read_next_keyset(sign_keyset(named, old), province.keyset, old.public)
    assert (held, root) == (named, old.public)
    assert read_next_keyset(sign_keyset(by_old, old), held, root) == (by_old, old.public)
    held, root = read_next_keyset(sign_keyset(by_old, new), held, root)
    assert (held, root) == (by_old, new.public)
    later = msgspec.structs.replace(by_old, version=6)
    with pytest.raises(SupportPointError, match="SP-406"):  # the old slot is empty now
        read_next_keyset(sign_keyset(later, old), held, root)


def test_a_successor_rolls_nothing_back(province):
    new = SignKey(b"n" * 32)
    held = msgspec.structs.replace(province.keyset, version=4, successor=new.public)
    for version in (3, 4):
        again = msgspec.structs.replace(held, version=version)
        for root in (province.root, new):
            with pytest.raises(SupportPointError, match="SP-406"):
                read_next_keyset(sign_keyset(again, root), held, province.root.public)
