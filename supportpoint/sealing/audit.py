"""A chain of what staff and device did: each row holds the hash of the one before.

No row holds anything of a villager: a fact is a code, a count or an id, and anything else is refused.
Source: docs/envelope.md
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from supportpoint.protocol import Message, decode, encode

LABEL = b"supportpoint audit 1\n"
START = bytes(32)
"""What the very first row names as the hash before it."""
MAX_FACTS = 8
_FACT = re.compile(r"[A-Za-z0-9._:-]{0,64}")
_SEPARATORS = str.maketrans("", "", "._:-")
_PERSONAL = re.compile(r"\d{9,12}")
"""A number of a card or a telephone, however it is grouped."""


class AuditRow(Message, frozen=True):
    """One act. `number` counts within the incarnation from 1; `at` is the machine's own word on the time."""

    incarnation: str
    number: int
    at: str
    what: str
    previous: bytes
    facts: dict[str, str] = msgspec.field(default_factory=dict)


class AuditPage(Message, frozen=True):
    """The payload of an item of kind `audit`: rows as they were hashed, in their order."""

    rows: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where a chain does not hold. `position` counts rows from 1.

    `reason`: unreadable, altered (its hash is another), missing (rows before it are), broken (it does not
    continue the row before it), cut (the newest rows are gone).
    """

    position: int
    reason: str
    incarnation: str = ""
    number: int = 0


def row_hash(content: bytes) -> bytes:
    """Return the 32 bytes by which the next row names this one."""
    return hashlib.sha256(LABEL + content).digest()


def make_row(  # noqa: PLR0913 - the facts of one row, all named
    *, incarnation: str, number: int, at: str, what: str, previous: bytes, facts: Mapping[str, object]
) -> bytes:
    """Return the bytes of a row.

    Errors: ValueError for a fact that might be more than a code, a count or an id.
    """
    plain = {name: str(fact) for name, fact in facts.items()}
    words = (what, *plain, *plain.values())
    if len(plain) > MAX_FACTS or not all(_is_plain(word) for word in words):
        raise ValueError("an audit row holds codes, counts and ids alone", what)
    row = AuditRow(incarnation=incarnation, number=number, at=at, what=what, previous=previous, facts=plain)
    return encode(row)


def _is_plain(word: str) -> bool:
    return bool(_FACT.fullmatch(word)) and not _PERSONAL.fullmatch(word.translate(_SEPARATORS))


def find_fault(rows: Iterable[tuple[bytes, bytes]], count: int, head: bytes) -> Fault | None:
    """Return where a whole chain breaks first, None when it holds.

    Shape:  `rows` are (content, hash as kept) from the first one on; `count` and `head` are how many there
            must be and the hash of the newest.
    """
    before, position = START, 0
    last: dict[str, int] = {}
    for position, (content, kept) in enumerate(rows, start=1):
        try:
            row = decode(content, AuditRow)
        except msgspec.DecodeError:
            return Fault(position, "unreadable")
        here = (row.incarnation, row.number)
        if row.number != last.get(row.incarnation, 0) + 1:
            return Fault(position, "missing", *here)
        if row_hash(content) != kept:
            return Fault(position, "altered", *here)
        if row.previous != before:
            return Fault(position, "broken", *here)
        before, last[row.incarnation] = kept, row.number
    return None if (position, before) == (count, head) else Fault(position + 1, "cut")
