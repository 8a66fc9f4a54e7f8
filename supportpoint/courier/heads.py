"""The signed front of a courier file, and the server's signed answer: made, read, checked."""

from __future__ import annotations

import hashlib
import re

import msgspec

from supportpoint.courier.archive import CourierFile, Part, encode_contents
from supportpoint.courier_messages import CourierAnswer, CourierHead, Signed
from supportpoint.errors import SupportPointError
from supportpoint.protocol import M, decode, encode
from supportpoint.sealing.keys import SignKey, verify

VERSION = 1
LETTER = "letter"
ANSWERS = "answers"
HEAD_LABEL = b"supportpoint courier head 1\n"
ANSWER_LABEL = b"supportpoint courier answer 1\n"
MAX_WANTS = 256
_ID = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[0-9A-Za-z-]{0,64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HASH_BYTES = 32
_MAX_CURSOR = 2**63 - 1


def make_file(head: CourierHead, parts: list[Part], key: SignKey) -> CourierFile:
    """Return a file ready to be written: the head signed over the list of its parts."""
    contents = encode_contents(parts)
    full = msgspec.structs.replace(head, contents=hashlib.sha256(contents).digest())
    return CourierFile(sign_head(full, key), contents, parts)


def sign_head(head: CourierHead, key: SignKey) -> bytes:
    """Return the encoded `Signed` of a head."""
    return _sign(HEAD_LABEL, encode(head), key)


def check_contents(head: CourierHead, contents: bytes) -> None:
    """Return quietly when this is the list that the head was signed over. Errors: SP-905."""
    if hashlib.sha256(contents).digest() != head.contents:
        raise SupportPointError("SP-905", reason="contents")


def read_head(data: bytes) -> CourierHead:
    """Return the head, its shape checked and its signature not: a relay knows no key of its writer.

    Errors: SP-905.
    """
    head = _read(_read_signed(data).content, CourierHead)
    names = (head.device, head.province, head.epoch)
    has_shape = (
        head.version == VERSION
        and head.kind in {LETTER, ANSWERS}
        and _ID.fullmatch(head.id) is not None
        and _DAY.fullmatch(head.made_on) is not None
        and all(_NAME.fullmatch(name) for name in names)
        and 0 <= head.cursor <= _MAX_CURSOR
        and len(head.contents) == _HASH_BYTES
        and len(head.wants) <= MAX_WANTS
        and all(len(one) == _HASH_BYTES for one in head.wants)
    )
    if not has_shape:
        raise SupportPointError("SP-905", reason="head")
    return head


def verify_head(data: bytes, public: bytes) -> None:
    """Return quietly when the key `public` signed this head. Errors: SP-905."""
    _verify(HEAD_LABEL, _read_signed(data), public)


def sign_answer(answer: CourierAnswer, key: SignKey) -> bytes:
    """Return the encoded `Signed` of an answer."""
    return _sign(ANSWER_LABEL, encode(answer), key)


def read_answer(data: bytes, server_public: bytes) -> CourierAnswer:
    """Return the answer that our server signed. Errors: SP-905 when it did not, or it cannot be read."""
    signed = _read_signed(data)
    _verify(ANSWER_LABEL, signed, server_public)
    return _read(signed.content, CourierAnswer)


def _sign(label: bytes, content: bytes, key: SignKey) -> bytes:
    return encode(Signed(content=content, signature=key.sign(label + content)))


def _read_signed(data: bytes) -> Signed:
    return _read(data, Signed)


def _read(data: bytes, kind: type[M]) -> M:
    try:
        return decode(data, kind)
    except msgspec.DecodeError as error:
        raise SupportPointError("SP-905", reason="not a message") from error


def _verify(label: bytes, signed: Signed, public: bytes) -> None:
    try:
        verify(public, label + signed.content, signed.signature)
    except SupportPointError as error:
        raise SupportPointError("SP-905", reason="signature") from error
