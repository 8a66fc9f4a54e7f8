"""The badge, a printed QR that the scanner reads, and the six digits that go with it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from dataclasses import dataclass, field

from supportpoint.errors import SupportPointError

PREFIX = "SPB1:"
SECRET_BYTES = 16
ID_BYTES = 8
_CHECK_BYTES = 6
_PIN = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Badge:
    """Whose badge it is (16 hex digits) and its 128 secret bits, which stand on paper and nowhere else."""

    person: str
    secret: bytes = field(repr=False)


def make_badge(person: str = "") -> Badge:
    """Return a new badge, of a new person where none is named."""
    return Badge(person or secrets.token_hex(ID_BYTES), secrets.token_bytes(SECRET_BYTES))


def qr_text(badge: Badge) -> str:
    """Return what the QR holds; only characters of the dense alphanumeric mode."""
    content = bytes.fromhex(badge.person) + badge.secret
    return PREFIX + base64.b32encode(content + _check(content)).decode().rstrip("=")


def read_badge(text: str) -> Badge:
    """Return the badge of a QR text.

    Errors: SP-408 when it is none or a character is wrong.
    """
    plain = text.strip().upper()
    if not plain.startswith(PREFIX):
        raise SupportPointError("SP-408", reason="no badge")
    coded = plain.removeprefix(PREFIX)
    try:
        content = base64.b32decode(coded + "=" * (-len(coded) % 8))
    except (binascii.Error, ValueError) as error:
        raise SupportPointError("SP-408", reason="characters") from error
    body, check = content[:-_CHECK_BYTES], content[-_CHECK_BYTES:]
    if len(body) != ID_BYTES + SECRET_BYTES or check != _check(body):
        raise SupportPointError("SP-408", reason="check")
    return Badge(body[:ID_BYTES].hex(), body[ID_BYTES:])


def check_pin(pin: str) -> None:
    """Return quietly for six digits that are not all the same.

    Errors: SP-409 otherwise.
    """
    if not _PIN.fullmatch(pin) or len(set(pin)) == 1:
        raise SupportPointError("SP-409", reason="shape")


def _check(content: bytes) -> bytes:
    return hashlib.sha256(b"supportpoint badge 1\n" + content).digest()[:_CHECK_BYTES]
