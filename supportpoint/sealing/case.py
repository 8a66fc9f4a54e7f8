"""A submission as its recipients will read it: answers, receipt secret and the list of its files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from supportpoint import records
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Message, decode, encode
from supportpoint.sealing.envelope import Header, Inner, open_envelope, seal
from supportpoint.sealing.keys import SealKey
from supportpoint.sealing.keyset import Key
from supportpoint.sealing.receipt import receipt_hash


class AttachedFile(Message, frozen=True):
    """A file of the case. `sha256` addresses its sealed blob; `len` counts the bytes of the plain file."""

    name: str
    media_type: str
    sha256: bytes
    len: int


class Record(Message, frozen=True):
    """What is inside a case envelope. `replaces` is the id of the case that this one corrects."""

    xml: bytes
    receipt_secret: bytes
    case_number: str
    submitted_on: str
    files: tuple[AttachedFile, ...] = ()
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class SealingContext:
    """For whom and under which form a case is sealed: from the signed form and the signed keyset."""

    recipients: tuple[Key, ...]
    keyset_version: int
    commune: str
    form_id: str
    form_version: str
    category: str = "ordinary"
    dictionary: bytes = b""


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case envelope that a recipient opened."""

    header: Header
    inner: Inner
    record: Record


def _seal_one(payload: bytes, case_id: str, context: SealingContext, day: str, dictionary: bytes) -> bytes:
    return seal(
        payload,
        inner=Inner(
            form_id=context.form_id,
            form_version=context.form_version,
            commune=context.commune,
            category=context.category,
        ),
        recipients=context.recipients,
        keyset_version=context.keyset_version,
        case_id=case_id,
        day=day,
        dictionary=dictionary,
    )


def seal_case(  # noqa: PLR0913 - the facts of one case, all named
    *,
    kind: str,
    case_id: str,
    xml: bytes,
    attachments: Sequence[records.Attachment],
    receipt: records.Receipt,
    context: SealingContext,
    day: str,
    replaces: str = "",
) -> records.SealedCase:
    """Return the case for the outbox: one envelope for the record, one for each attachment.

    Errors: SP-404 when the context has no recipient.
    """
    blobs = []
    files = []
    for attachment in attachments:
        content = _seal_one(attachment.content, case_id, context, day, b"")
        blob = records.SealedBlob(sha256=hashlib.sha256(content).digest(), content=content)
        blobs.append(blob)
        files.append(
            AttachedFile(
                name=attachment.name,
                media_type=attachment.media_type,
                sha256=blob.sha256,
                len=len(attachment.content),
            )
        )
    record = Record(
        xml=xml,
        receipt_secret=receipt.secret,
        case_number=receipt.case_number,
        submitted_on=day,
        files=tuple(files),
        replaces=replaces,
    )
    return records.SealedCase(
        kind=kind,
        id=case_id,
        envelope=_seal_one(encode(record), case_id, context, day, context.dictionary),
        blobs=tuple(blobs),
        case_number=receipt.case_number,
        receipt_hash=receipt_hash(receipt.secret),
    )


def open_case(
    envelope: bytes, keys: Mapping[bytes, SealKey], dictionary_for: Callable[[str], bytes]
) -> OpenedCase:
    """Return the record of a case envelope.

    Errors: SP-401 unreadable or no case, SP-402 no key, SP-403 altered.
    """
    opened = open_envelope(envelope, keys, dictionary_for)
    try:
        record = decode(opened.payload, Record)
    except msgspec.DecodeError as error:
        raise SupportPointError("SP-401", reason="no case record") from error
    return OpenedCase(opened.header, opened.inner, record)


def _no_dictionary(dictionary_id: str) -> bytes:
    raise SupportPointError("SP-401", reason="a file has no dictionary", dictionary=dictionary_id)


def open_file(blob: bytes, keys: Mapping[bytes, SealKey]) -> bytes:
    """Return the plain bytes of an attachment envelope.

    Errors: SP-401 unreadable, SP-402 no key, SP-403 altered.
    """
    return open_envelope(blob, keys, _no_dictionary).payload
