"""The messages of the USB courier: what is written on a stick, and what a relay and the server exchange.

MessagePack as in `protocol`. Source: docs/sync.md
"""

from __future__ import annotations

from supportpoint.protocol import (
    MAX_BATCH_BYTES,
    BatchReceipt,
    Change,
    Count,
    CountOrNone,
    Item,
    Message,
    Range,
    Result,
)

MAX_COURIER_BYTES = MAX_BATCH_BYTES + 32 * 1024


class Signed(Message, frozen=True):
    """Bytes and an Ed25519 signature over a label of their kind and them."""

    content: bytes
    signature: bytes


class CourierHead(Message, frozen=True):
    """The front of a courier file. `contents` is SHA-256 of its list of entries; `server` a key id.

    `kind` is letter (by a device, for the server) or answers. `epoch`, `cursor` and `wants` (hashes of
    packages that were announced and not fetched) say what a letter's device knows.
    """

    version: Count
    kind: str
    id: str
    device: str
    server: bytes
    province: str
    made_on: str
    contents: bytes = b""
    epoch: str = ""
    cursor: CountOrNone = 0
    wants: tuple[bytes, ...] = ()


class CourierVerdict(Message, frozen=True):
    """A verdict on the item that lay at this place of its device's counter."""

    result: Result
    incarnation: str
    seq: Count


class CourierAnswer(Message, frozen=True):
    """What the server says to a device by way of others. `changes` are its rows from `after` to `cursor`.

    `asked_epoch` is the epoch that the letter named; `have` counts only where it is another than ours.
    """

    letter: str
    device: str
    epoch: str
    asked_epoch: str
    now: str
    verdicts: tuple[CourierVerdict, ...] = ()
    receipt: BatchReceipt | None = None
    have: tuple[Range, ...] = ()
    have_through: Count = 0
    changes: tuple[Change, ...] = ()
    after: Count = 0
    cursor: CountOrNone = 0


class CourierRequest(Message, frozen=True):
    """Items of another device, with the signed head of the letter they came in (`Signed`, encoded)."""

    letter: bytes
    epoch: str
    cursor: CountOrNone
    items: tuple[Item, ...] = ()


class CourierReply(Message, frozen=True):
    """Verdicts for the carrier, and the signed answer (`Signed`, encoded) for it to bring back."""

    epoch: str
    answer: bytes
    results: tuple[Result, ...] = ()
    cursor: CountOrNone = 0
    more: bool = False
