"""What the villager carries away: a secret that opens the mailbox, a case number that opens nothing.

Both codes end with a check character computed in GF(32), which finds every single wrong character
and every swap of two characters in up to 31 characters. Source: docs/envelope.md
"""

from __future__ import annotations

import hashlib
import secrets

from supportpoint.errors import SupportPointError
from supportpoint.records import Receipt

SECRET_BYTES = 16
QR_PREFIX = "SP1:"

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CASE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CASE_LENGTH = 9
_SECRET_LENGTH = 27
_SPARE_BITS = 2
_NUMBER_LABEL = b"supportpoint case number 1\n"
_SEPARATORS = str.maketrans("", "", " -\t\r\n")
_LOOKALIKES = str.maketrans("OIL", "011")


def _check_value(values: list[int]) -> int:
    total = 0
    for value in values:
        total = (total << 1) ^ value
        if total & 0b100000:
            total ^= 0b100101  # x^5 + x^2 + 1, primitive over GF(2)
    doubled = total << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled


def _groups(text: str, size: int) -> str:
    return "-".join(text[start : start + size] for start in range(0, len(text), size))


def _read(text: str, alphabet: str, length: int) -> list[int]:
    if len(text) != length or any(letter not in alphabet for letter in text):
        raise SupportPointError("SP-407", reason="length or characters")
    values = [alphabet.index(letter) for letter in text]
    if _check_value(values[:-1]) != values[-1]:
        raise SupportPointError("SP-407", reason="check character")
    return values


def make_receipt(secret: bytes = b"") -> Receipt:
    """Return a new receipt, or again the receipt of a secret that a draft kept.

    Shape:  16 secret bytes, and a case number such as DB7-4K2-9X8 made from their hash; 40 bits of
            a hash tell nothing of the secret.
    """
    secret = secret or secrets.token_bytes(SECRET_BYTES)
    number = int.from_bytes(hashlib.sha256(_NUMBER_LABEL + secret).digest()[:5], "big")
    values = [number >> shift & 31 for shift in range(5 * (_CASE_LENGTH - 2), -1, -5)]
    values.append(_check_value(values))
    return Receipt(secret=secret, case_number=_groups("".join(_CASE_ALPHABET[value] for value in values), 3))


def receipt_hash(secret: bytes) -> bytes:
    """Return the mailbox address of a receipt: SHA-256 of its secret, 32 bytes."""
    return hashlib.sha256(secret).digest()


def _plain(secret: bytes) -> str:
    if len(secret) != SECRET_BYTES:
        raise SupportPointError("SP-407", reason="secret length")
    number = int.from_bytes(secret, "big") << _SPARE_BITS
    values = [number >> shift & 31 for shift in range(5 * (_SECRET_LENGTH - 2), -1, -5)]
    values.append(_check_value(values))
    return "".join(_CROCKFORD[value] for value in values)


def write_secret(secret: bytes) -> str:
    """Return the typed form: 27 Crockford base32 characters in groups of four, the last one a check."""
    return _groups(_plain(secret), 4)


def qr_text(secret: bytes) -> str:
    """Return what the receipt's QR holds; only characters of the dense alphanumeric mode."""
    return QR_PREFIX + _plain(secret)


def read_secret(text: str) -> bytes:
    """Return the 16 secret bytes of a QR text or a typed code, in any case, with any spaces.

    Errors: SP-407 when it is no receipt code or a character is wrong.
    """
    plain = text.upper().translate(_SEPARATORS).removeprefix(QR_PREFIX).translate(_LOOKALIKES)
    number = 0
    for value in _read(plain, _CROCKFORD, _SECRET_LENGTH)[:-1]:
        number = number << 5 | value
    if number & ((1 << _SPARE_BITS) - 1):
        raise SupportPointError("SP-407", reason="spare bits")
    return (number >> _SPARE_BITS).to_bytes(SECRET_BYTES, "big")


def check_case_number(text: str) -> str:
    """Return a case number in its written form, from any case and spacing.

    Errors: SP-407 when it is none or a character is wrong.
    """
    plain = text.upper().translate(_SEPARATORS)
    _read(plain, _CASE_ALPHABET, _CASE_LENGTH)
    return _groups(plain, 3)
