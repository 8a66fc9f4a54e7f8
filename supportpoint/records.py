"""Values that several floors share. No behaviour beyond reading themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ItemState(StrEnum):
    """Where an outbox item stands. There is no "in flight": a crash needs no recovery."""

    QUEUED = "queued"
    STORED = "stored"
    COMPLETE = "complete"
    NEEDS_PERSON = "needs_person"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file a person gave to a question: `name` is what the answer holds, `content` its bytes."""

    name: str
    content: bytes
    media_type: str = "image/jpeg"


@dataclass(frozen=True, slots=True)
class SealedBlob:
    """An attachment envelope, content-addressed. `sha256` has 32 bytes."""

    sha256: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class SealedCase:
    """A submission that only its recipients can read, ready for the outbox."""

    kind: str
    id: str
    envelope: bytes
    blobs: tuple[SealedBlob, ...]
    case_number: str
    receipt_hash: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the villager carries away. The secret is never stored on the kiosk, only its hash."""

    secret: bytes
    case_number: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished form. `xml` and `attachments` are the answers so far; `page_ref` the open page."""

    id: str
    form_id: str
    form_version: str
    language: str
    page_ref: str
    xml: bytes
    updated_at: datetime
    attachments: tuple[Attachment, ...] = ()
    receipt_secret: bytes = b""


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """Who this machine is to the server. Keys are 32 raw bytes; `server_url` has no trailing slash."""

    device: str
    role: str
    server_url: str
    commune_code: str
    commune_name: str
    point_name: str
    province_code: str
    server_public: bytes
    root_public: bytes
    keyset: bytes
    epoch: str
    ca_pem: str = ""


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """What waits, by state. `blob_bytes` are attachment bytes not yet acknowledged."""

    queued: int = 0
    stored: int = 0
    complete: int = 0
    needs_person: int = 0
    archived: int = 0
    blob_bytes: int = 0

    @property
    def waiting(self) -> int:
        """Items that the server does not hold completely yet."""
        return self.queued + self.stored


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one sync pass did. `code` is "" or the error of `errors` that ended it."""

    pushed: int = 0
    completed: int = 0
    blob_bytes: int = 0
    changes: int = 0
    code: str = ""
    next_in_s: float = 300.0
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """The pass reached its end."""
        return not self.code
