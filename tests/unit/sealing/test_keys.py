from __future__ import annotations

import hashlib

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Item
from supportpoint.sealing.item import sign_item, verify_item
from supportpoint.sealing.keys import SealKey, SignKey, verify


def test_the_key_id_is_the_start_of_the_hash_of_the_public_key():
    for pair in (SignKey(b"1" * 32), SealKey(b"1" * 32)):
        assert pair.kid == hashlib.sha256(pair.public).digest()[:8]


def test_made_keys_differ_and_do_not_show_their_seed():
    first, second = SignKey.make(), SignKey.make()
    assert first.public != second.public
    assert first.seed.hex() not in repr(first)
    assert repr(SealKey(b"s" * 32)) == "SealKey()"


def test_ed25519_is_the_published_one():
    """RFC 8032, section 7.1, test 2."""
    key = SignKey(bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
    assert key.public.hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert key.sign(b"\x72").hex().startswith("92a009a9f0d4cab8720e820b5f642540")


@pytest.mark.parametrize("public", [b"", b"short", SignKey(b"2" * 32).public])
def test_a_signature_of_another_key_is_refused(public):
    with pytest.raises(SupportPointError, match="SP-405"):
        verify(public, b"content", SignKey(b"1" * 32).sign(b"content"))


ITEM = Item(kind="case", id="a", device="d", incarnation="i", seq=4, envelope=b"sealed")


def test_the_item_signature_covers_every_field():
    key = SignKey(b"1" * 32)
    signed = sign_item(ITEM, key)
    verify_item(signed, key.public)
    changes = {"kind": "act", "id": "b", "device": "e", "incarnation": "j", "seq": 5, "envelope": b"sealeD"}
    for field, value in changes.items():
        fields = {name: getattr(signed, name) for name in signed.__struct_fields__} | {field: value}
        with pytest.raises(SupportPointError, match="SP-405"):
            verify_item(Item(**fields), key.public)
