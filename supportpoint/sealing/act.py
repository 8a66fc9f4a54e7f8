"""An agency's signed decision on a case."""

from __future__ import annotations

import msgspec

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Act, unsigned
from supportpoint.sealing.keys import SignKey, verify
from supportpoint.sealing.keyset import Key, Keyset

PURPOSE = "act"


def sign_act(act: Act, key: SignKey) -> Act:
    """Return `act` with the key id (hex) and signature of `key` over `protocol.unsigned`."""
    named = msgspec.structs.replace(act, kid=key.kid.hex(), signature=b"")
    return msgspec.structs.replace(named, signature=key.sign(unsigned(named)))


def verify_act(act: Act, keyset: Keyset) -> Key:
    """Return the agency's key when it signed this very act for its own unit.

    Shape:  `by_unit` is the unit code that the keyset gives the key, such as "03316".
    Errors: SP-405 wrong signature, SP-406 unknown or revoked key, or a key of another unit.
    """
    try:
        kid = bytes.fromhex(act.kid)
    except ValueError as error:
        raise SupportPointError("SP-406", reason="key id") from error
    signer = keyset.signer(kid, PURPOSE)
    verify(signer.public, unsigned(act), act.signature)
    if signer.unit != act.by_unit:
        raise SupportPointError("SP-406", reason="key of another unit", unit=signer.unit)
    return signer
