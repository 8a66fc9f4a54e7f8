"""The box of one receipt: every kiosk relays it, only the receipt opens it, offline.

`box` is a MessagePack array [kid, epoch, rev, nonce + ciphertext, signature]. Who relays it checks
signature, epoch and rev without the secret. Source: docs/envelope.md
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from supportpoint.errors import SupportPointError
from supportpoint.protocol import BoxBody, CaseNews, Count, Message, decode, encode, unsigned
from supportpoint.sealing.keys import SignKey, verify
from supportpoint.sealing.keyset import ORDINARY, Keyset, is_agency
from supportpoint.sealing.padding import pad, unpad
from supportpoint.sealing.receipt import receipt_hash

STEP_BYTES = 512
PURPOSE = "act"

_LABEL = b"supportpoint box 1\n"
_NONCE_BYTES = 12


class _BoxWire(Message, frozen=True, array_like=True):
    kid: bytes
    epoch: str
    rev: Count
    sealed: bytes
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class BoxClear:
    """What a relay knows of a box: whose it is by hash, and how new. `unit` signed it."""

    receipt_hash: bytes
    epoch: str
    rev: int
    unit: str


@dataclass(frozen=True, slots=True)
class OpenedBox:
    """What the villager reads. `is_from_agency`: neither the province nor a commune signed it.

    `purpose` says to whom more is sealed that the news ask for: to the readers of who signed; "" to nobody.
    """

    news: CaseNews
    epoch: str
    rev: int
    is_from_agency: bool = False
    purpose: str = ORDINARY


def _box_cipher(secret: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(algorithm=SHA256(), length=32, salt=None, info=_LABEL).derive(secret))


def _signed_part(address: bytes, box: _BoxWire) -> bytes:
    return _LABEL + address + unsigned(box)


def make_box(news: CaseNews, *, secret: bytes, signer: SignKey, epoch: str, rev: int) -> BoxBody:
    """Return the box that tells `news` to whoever holds `secret`, padded to steps of 512 bytes.

    Shape:  `signer` is a key of purpose "act"; `rev` grows within an epoch.
    """
    address = receipt_hash(secret)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = nonce + _box_cipher(secret).encrypt(nonce, pad(encode(news), STEP_BYTES), address)
    box = _BoxWire(kid=signer.kid, epoch=epoch, rev=rev, sealed=sealed)
    signature = signer.sign(_signed_part(address, box))
    return BoxBody(
        receipt_hash=address,
        box=encode(msgspec.structs.replace(box, signature=signature)),
    )


def _read(body: BoxBody, keyset: Keyset) -> tuple[_BoxWire, str]:
    try:
        box = decode(body.box, _BoxWire)
    except msgspec.DecodeError as error:
        raise SupportPointError("SP-401", reason="box") from error
    signer = keyset.signer(box.kid, PURPOSE)
    verify(signer.public, _signed_part(body.receipt_hash, box), box.signature)
    return box, signer.unit


def verify_box(body: BoxBody, keyset: Keyset) -> BoxClear:
    """Return what a relaying kiosk may know of a box, once its signature stands.

    Errors: SP-401 unreadable, SP-405 wrong signature, SP-406 not signed by an agency of the keyset.
    """
    box, unit = _read(body, keyset)
    return BoxClear(body.receipt_hash, box.epoch, box.rev, unit)


def open_box(body: BoxBody, secret: bytes, keyset: Keyset) -> OpenedBox:
    """Return the news in a box.

    Errors: SP-401 unreadable, SP-402 the box of another receipt, SP-403 altered, SP-405 and SP-406
    as `verify_box`.
    """
    if body.receipt_hash != receipt_hash(secret):
        raise SupportPointError("SP-402", reason="another receipt")
    box, unit = _read(body, keyset)
    nonce, ciphertext = box.sealed[:_NONCE_BYTES], box.sealed[_NONCE_BYTES:]
    try:
        content = unpad(_box_cipher(secret).decrypt(nonce, ciphertext, body.receipt_hash))
        news, purpose = decode(content, CaseNews), keyset.purpose_of(unit)
        return OpenedBox(news, box.epoch, box.rev, is_agency(unit), purpose)
    except (InvalidTag, ValueError) as error:  # msgspec's DecodeError is a ValueError
        raise SupportPointError("SP-403", part="box") from error
