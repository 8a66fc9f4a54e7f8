"""Protected feedback as sealed drops: parts that tell neither who sent them nor that they belong together.

What fits into `SMALL_BYTES` is one drop, padded to the next KiB. Anything larger, an answer by voice or a
photo, is cut into parts that all have the same size, so that a part of a recording looks like a part of a
picture; each is a drop with an id of its own. Source: docs/envelope.md
"""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

import msgspec

from supportpoint.errors import SupportPointError
from supportpoint.protocol import MAX_DROP_BYTES, Drop, Message, decode, encode
from supportpoint.records import Attachment, Receipt
from supportpoint.sealing.case import AttachedFile, Record, SealingContext
from supportpoint.sealing.envelope import Inner, open_envelope, read_header, seal
from supportpoint.sealing.keys import SealKey
from supportpoint.sealing.receipt import receipt_hash

PURPOSE = "protected"
SMALL_BYTES = 16 * 1024
PART_BYTES = 32 * 1024
MAX_PARTS = 2048
_GROUP_BYTES = 16
_INNER_ROOM_BYTES = 512
"""What form id, commune and the frame of zstd may need in a part beside its content."""


class Feedback(Message, frozen=True):
    """What was said: `record` as in a case; `contents` are the plain files in the order of `record.files`."""

    case_id: str
    record: Record
    contents: tuple[bytes, ...] = ()


class _Part(Message, frozen=True, array_like=True):
    group: bytes
    index: int
    count: int
    content: bytes


@dataclass(frozen=True, slots=True)
class SealedDrops:
    """One submission, ready to leave without its sender. The drops are in no order."""

    case_id: str
    drops: tuple[Drop, ...]
    case_number: str
    receipt_hash: bytes
    day: str


@dataclass(frozen=True, slots=True)
class OpenedDrops:
    """Feedback that its reader put together again; `drop_ids` are those it came in."""

    inner: Inner
    feedback: Feedback
    drop_ids: tuple[str, ...]


def seal_drops(  # noqa: PLR0913 - the facts of one submission, all named
    *,
    case_id: str,
    xml: bytes,
    attachments: Sequence[Attachment],
    receipt: Receipt,
    context: SealingContext,
    day: str,
) -> SealedDrops:
    """Return a submission as drops. Their clear headers hold ids of their own and the day.

    Errors: SP-404 when the context has no recipient; SP-802 when it is larger than 64 MiB.
    """
    files = tuple(
        AttachedFile(
            name=one.name,
            media_type=one.media_type,
            sha256=hashlib.sha256(one.content).digest(),
            len=len(one.content),
        )
        for one in attachments
    )
    record = Record(
        xml=xml,
        receipt_secret=receipt.secret,
        case_number=receipt.case_number,
        submitted_on=day,
        files=files,
    )
    content = encode(
        Feedback(case_id=case_id, record=record, contents=tuple(one.content for one in attachments))
    )
    return SealedDrops(
        case_id=case_id,
        drops=_seal_all(content, context, day),
        case_number=receipt.case_number,
        receipt_hash=receipt_hash(receipt.secret),
        day=day,
    )


def _seal_all(content: bytes, context: SealingContext, day: str) -> tuple[Drop, ...]:
    group = secrets.token_bytes(_GROUP_BYTES)
    if len(content) < PART_BYTES:
        whole = _Part(group=group, index=0, count=1, content=content)
        drop = _seal_part(whole, context, day, context.dictionary, 0)
        if len(drop.envelope) <= SMALL_BYTES:
            return (drop,)
    size = PART_BYTES - _INNER_ROOM_BYTES
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    if len(pieces) > MAX_PARTS:
        raise SupportPointError("SP-802", limit=MAX_PARTS * size)
    return tuple(
        _seal_part(
            _Part(group=group, index=index, count=len(pieces), content=piece), context, day, b"", PART_BYTES
        )
        for index, piece in enumerate(pieces)
    )


def _seal_part(part: _Part, context: SealingContext, day: str, dictionary: bytes, step_bytes: int) -> Drop:
    drop_id = str(uuid4())
    envelope = seal(
        encode(part),
        inner=Inner(
            form_id=context.form_id,
            form_version=context.form_version,
            commune=context.commune,
            category=PURPOSE,
        ),
        recipients=context.recipients,
        keyset_version=context.keyset_version,
        case_id=drop_id,
        day=day,
        dictionary=dictionary,
        step_bytes=step_bytes,
    )
    return Drop(id=drop_id, envelope=envelope)


def check_drop(drop: Drop) -> None:
    """Return quietly when a drop has the shape of one; nothing vouches for what is in it.

    Errors: SP-401 when it is too large, no envelope, or names another id than its own.
    """
    if len(drop.envelope) > MAX_DROP_BYTES or read_header(drop.envelope).case_id != drop.id:
        raise SupportPointError("SP-401", reason="drop")


def open_drops(
    drops: Iterable[Drop], keys: Mapping[bytes, SealKey], dictionary_for: Callable[[str], bytes]
) -> tuple[OpenedDrops, ...]:
    """Return the feedback that is whole among `drops`, in any order and any number of copies.

    What no key opens, what is altered and what lacks a part is left out: it may come whole another day.
    """
    parts: dict[tuple[bytes, int], dict[int, tuple[str, Inner, bytes]]] = defaultdict(dict)
    for drop in drops:
        try:
            check_drop(drop)
            opened = open_envelope(drop.envelope, keys, dictionary_for)
            part = decode(opened.payload, _Part)
        except (SupportPointError, msgspec.DecodeError):
            continue
        if 0 <= part.index < part.count <= MAX_PARTS:
            parts[part.group, part.count].setdefault(part.index, (drop.id, opened.inner, part.content))
    whole = [found for (_, count), found in parts.items() if len(found) == count]
    return tuple(one for one in map(_join, whole) if one is not None)


def _join(parts: dict[int, tuple[str, Inner, bytes]]) -> OpenedDrops | None:
    ordered = [parts[index] for index in range(len(parts))]
    try:
        feedback = decode(b"".join(content for _, _, content in ordered), Feedback)
    except msgspec.DecodeError:
        return None
    hashes = [hashlib.sha256(content).digest() for content in feedback.contents]
    if hashes != [file.sha256 for file in feedback.record.files]:
        return None
    return OpenedDrops(ordered[0][1], feedback, tuple(drop_id for drop_id, _, _ in ordered))
