"""What the store hands out, beside the values of `records` and the messages of `protocol`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from supportpoint.records import ItemState
from supportpoint.sealing.audit import Fault


@dataclass(frozen=True, slots=True)
class BlobToSend:
    """An attachment envelope the server lacks. Bytes; `offset` is a hint, the server decides."""

    sha256: bytes
    len: int
    offset: int
    path: Path
    item_id: str


class OutboxRow(msgspec.Struct, frozen=True):
    """One outbox item as screens and staff may see it. `last_error` is "" or the last word of the server."""

    id: str
    kind: str
    state: ItemState
    created_at: datetime
    blobs_done: int
    blobs_total: int
    last_error: str
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class DropCounts:
    """Sealed drops that wait, and those kept for a while after the server signed for them."""

    waiting: int = 0
    delivered: int = 0


@dataclass(frozen=True, slots=True)
class AuditState:
    """How many audit rows there are and wait to be sent; `fault` is where the chain breaks, if it does."""

    rows: int
    unsent: int
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Locked:
    """An entry behind three pictures: a draft by its case id, or a private receipt by its hash in hex.

    `salt` and `sealed` are empty where no lock was set. `kept_until` is a moment in ISO form.
    """

    id: str
    kind: str
    salt: bytes
    sealed: bytes
    kept_until: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What one reply changed. Numbers count items, `changes` and `ignored` rows of the pull streams."""

    stored: int = 0
    completed: int = 0
    needs_person: int = 0
    requeued: int = 0
    changes: int = 0
    ignored: int = 0
    is_forked: bool = False
    is_new_epoch: bool = False
