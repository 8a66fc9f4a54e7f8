"""SPE1: content that only its recipients can read.

    "SPE1" | suite, 1 byte | header length, 2 bytes | header | one wrap of 80 bytes per recipient | box

A fresh record key seals the box with ChaCha20-Poly1305; everything before the box is its associated
content. HPKE wraps the record key for each recipient. Source: docs/envelope.md
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Count, Message, decode, encode
from supportpoint.sealing.compression import compress, decompress, make_dictionary_id
from supportpoint.sealing.keys import SealKey
from supportpoint.sealing.keyset import Key
from supportpoint.sealing.padding import pad, unpad

MAGIC = b"SPE1"
SUITE = 1
WRAP_BYTES = 80
PROTECTED_STEP_BYTES = 1024
PROTECTED_CATEGORIES = frozenset({"legal_aid", "protected"})

_LABEL = b"supportpoint SPE1 record key\n"
_NONCE = bytes(12)  # every record key seals exactly one box
_PRELUDE_BYTES = len(MAGIC) + 3
_hpke = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class Header(Message, frozen=True):
    """What anybody may read: which case, for whom, under which keyset, on which day ("2026-11-23")."""

    case_id: str
    keyset_version: int
    kids: tuple[bytes, ...]
    day: str


class Inner(Message, frozen=True):
    """What only the recipients read about the form. `dictionary_id` is filled in by `seal`."""

    form_id: str
    form_version: str
    dictionary_id: str = ""
    commune: str = ""
    category: str = "ordinary"


class _HeaderWire(Message, frozen=True, array_like=True):
    case_id: bytes
    keyset_version: Count
    kids: tuple[bytes, ...]
    day: str


class _BoxWire(Message, frozen=True, array_like=True):
    form_id: str
    form_version: str
    dictionary_id: bytes
    commune: str
    category: str
    frame: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """An envelope that a recipient opened."""

    header: Header
    inner: Inner
    payload: bytes


@dataclass(frozen=True, slots=True)
class _Parts:
    header: Header
    prelude: bytes
    wraps: bytes
    box: bytes


def _wrap_label(prelude: bytes) -> bytes:
    return _LABEL + hashlib.sha256(prelude).digest()


def _make_prelude(header: Header) -> bytes:
    wire = _HeaderWire(
        case_id=UUID(header.case_id).bytes,
        keyset_version=header.keyset_version,
        kids=header.kids,
        day=header.day,
    )
    encoded = encode(wire)
    return MAGIC + bytes([SUITE]) + len(encoded).to_bytes(2, "big") + encoded


def seal(  # noqa: PLR0913 - the facts of one envelope, all named
    payload: bytes,
    *,
    inner: Inner,
    recipients: Sequence[Key],
    keyset_version: int,
    case_id: str,
    day: str,
    dictionary: bytes = b"",
    step_bytes: int = 0,
) -> bytes:
    """Return the SPE1 envelope of `payload` for `recipients`; the sealer itself cannot open it again.

    Shape:  `case_id` is a UUID, `day` an ISO date; `step_bytes` pads in larger steps than its category does.
    Errors: SP-404 when there is no recipient.
    Source: docs/envelope.md
    """
    if not recipients:
        raise SupportPointError("SP-404", case=case_id)
    kids = tuple(key.kid for key in recipients)
    prelude = _make_prelude(Header(case_id=case_id, keyset_version=keyset_version, kids=kids, day=day))
    content = encode(
        _BoxWire(
            form_id=inner.form_id,
            form_version=inner.form_version,
            dictionary_id=bytes.fromhex(make_dictionary_id(dictionary)),
            commune=inner.commune,
            category=inner.category,
            frame=compress(payload, dictionary),
        )
    )
    step = step_bytes or (PROTECTED_STEP_BYTES if inner.category in PROTECTED_CATEGORIES else 0)
    padded = pad(content, step)
    record_key = secrets.token_bytes(32)
    label = _wrap_label(prelude)
    clear = prelude + b"".join(
        _hpke.encrypt(record_key, X25519PublicKey.from_public_bytes(key.public), label) for key in recipients
    )
    return clear + ChaCha20Poly1305(record_key).encrypt(_NONCE, padded, clear)


def _split(envelope: bytes) -> _Parts:
    if envelope[: len(MAGIC)] != MAGIC or envelope[len(MAGIC) : len(MAGIC) + 1] != bytes([SUITE]):
        raise SupportPointError("SP-401", reason="not an SPE1 envelope")
    length = int.from_bytes(envelope[_PRELUDE_BYTES - 2 : _PRELUDE_BYTES], "big")
    end = _PRELUDE_BYTES + length
    try:
        wire = decode(envelope[_PRELUDE_BYTES:end], _HeaderWire)
        header = Header(
            case_id=str(UUID(bytes=wire.case_id)),
            keyset_version=wire.keyset_version,
            kids=wire.kids,
            day=wire.day,
        )
    except (msgspec.DecodeError, ValueError) as error:
        raise SupportPointError("SP-401", reason="header") from error
    box_at = end + WRAP_BYTES * len(header.kids)
    if len(envelope) <= box_at:
        raise SupportPointError("SP-401", reason="cut short")
    return _Parts(header, envelope[:end], envelope[end:box_at], envelope[box_at:])


def read_header(envelope: bytes) -> Header:
    """Return the clear header. Nothing vouches for it until the envelope is opened.

    Errors: SP-401 when this is no SPE1 envelope.
    """
    return _split(envelope).header


def _unwrap(parts: _Parts, keys: Mapping[bytes, SealKey]) -> bytes:
    for position, kid in enumerate(parts.header.kids):
        if kid in keys:
            wrap = parts.wraps[position * WRAP_BYTES : (position + 1) * WRAP_BYTES]
            try:
                return _hpke.decrypt(wrap, keys[kid].private, _wrap_label(parts.prelude))
            except InvalidTag as error:
                raise SupportPointError("SP-403", part="wrap") from error
    raise SupportPointError("SP-402", case=parts.header.case_id)


def open_envelope(
    envelope: bytes, keys: Mapping[bytes, SealKey], dictionary_for: Callable[[str], bytes]
) -> Opened:
    """Return what was sealed, with the first of `keys` (by key id) that is among the recipients.

    Shape:  `dictionary_for` gives the dictionary of an id; it is not asked when none was used.
    Errors: SP-401 unreadable, SP-402 no key of a recipient, SP-403 altered in any bit.
    """
    parts = _split(envelope)
    record_key = _unwrap(parts, keys)
    try:
        padded = ChaCha20Poly1305(record_key).decrypt(_NONCE, parts.box, parts.prelude + parts.wraps)
    except (InvalidTag, ValueError) as error:
        raise SupportPointError("SP-403", part="box") from error
    try:
        wire = decode(unpad(padded), _BoxWire)
    except msgspec.DecodeError as error:
        raise SupportPointError("SP-401", reason="box") from error
    inner = Inner(
        form_id=wire.form_id,
        form_version=wire.form_version,
        dictionary_id=wire.dictionary_id.hex(),
        commune=wire.commune,
        category=wire.category,
    )
    dictionary = dictionary_for(inner.dictionary_id) if inner.dictionary_id else b""
    return Opened(parts.header, inner, decompress(wire.frame, dictionary))
