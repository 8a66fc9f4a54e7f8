"""Protocol SP/1: the messages that kiosk and server exchange, one set for both sides.

MessagePack on the wire (`encode`, `decode`); the same structs as JSON for tools. Structs with
`omit_defaults` stay small and readable by older and newer peers: unknown fields are ignored.
Bytes are raw in MessagePack and base64 in JSON. Source: docs/sync.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, TypeVar

import msgspec

MSGPACK = "application/vnd.supportpoint+msgpack"
JSON = "application/json"
EPOCH_HEADER = "Sp-Epoch"
DEVICE_HEADER = "Sp-Device"
MAX_BATCH_BYTES = 256 * 1024
MAX_ITEM_BYTES = 192 * 1024
MAX_BLOB_BYTES = 8 * 1024 * 1024
MAX_HAVE_RANGES = 64
MAX_DROP_BYTES = 40 * 1024
MAX_BEGUN = 64
MAX_WANT = 1000
COMPARE = -1
"""A cursor that says: what I hold must be compared."""


Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
"""A whole number as every database here can hold it; a larger one is no message."""


CountOrNone = Annotated[int, msgspec.Meta(ge=-1, le=2**63 - 1)]
"""The same, or -1 for none."""


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of every wire struct."""


class Kind(StrEnum):
    """What an item is. Unknown kinds are stored by the server and left for a later version."""

    CASE = "case"
    SUPPLEMENT = "supplement"
    ACT = "act"
    AUDIT = "audit"
    SHEET = "sheet"


class Status(StrEnum):
    """The server's verdict on one item. Source: docs/sync.md, five statuses."""

    STORED = "stored"
    COMPLETE = "complete"
    HELD = "held"
    FORKED = "forked"
    REJECTED = "rejected"


class Stream(StrEnum):
    """What a device may pull."""

    BOX = "box"
    BUNDLE = "bundle"
    KEYSET = "keyset"
    CONFIGURATION = "configuration"


class BlobRef(Message, frozen=True):
    """An attachment envelope by content address. `len` counts bytes."""

    sha256: bytes
    len: Count


class Item(Message, frozen=True):
    """One sealed thing, immutable once sealed; `signature` is the device's over `item_bytes`."""

    kind: str
    id: str
    device: str
    incarnation: str
    seq: Count
    envelope: bytes
    blobs: tuple[BlobRef, ...] = ()
    signature: bytes = b""


class BlobNeed(Message, frozen=True):
    """A blob the server still lacks, from `offset` on."""

    sha256: bytes
    offset: Count = 0


class Result(Message, frozen=True):
    """The verdict on one item of the batch."""

    id: str
    status: str
    code: str = ""
    need: tuple[BlobNeed, ...] = ()


class Change(Message, frozen=True):
    """One row of a pull stream. `tombstone` means the row is gone, never that others are."""

    stream: str
    id: str
    rev: Count
    body: bytes = b""
    tombstone: bool = False


class Range(Message, frozen=True):
    """Received sequence numbers of one incarnation, both ends included.

    `digest` is `range_digest` of their item ids, sent when the request names another epoch: after a
    restore, a copied machine may have filled our numbers with its own items. Empty means unsaid.
    """

    incarnation: str
    first: Count
    last: Count
    digest: bytes = b""


class Drop(Message, frozen=True):
    """Protected feedback, or a part of it, that names nobody who sent it. `id` is a random UUID."""

    id: str
    envelope: bytes


class DropReceipt(Message, frozen=True):
    """The server's signed word that it holds these drops, whoever brought them.

    `drops` are (id, SHA-256 of the envelope); `signature` is Ed25519 by the server key over the struct with
    an empty signature. It names no device and no moment.
    """

    epoch: str
    drops: tuple[tuple[str, bytes], ...]
    signature: bytes = b""


class SyncRequest(Message, frozen=True):
    """Push and pull in one round trip.

    `cursor` is `COMPARE` when the device must compare its rows with the server's. `complete` asks for a
    check: how many items this device knows to be complete, -1 when it does not ask.
    """

    epoch: str
    cursor: CountOrNone
    items: tuple[Item, ...] = ()
    sealed_drops: tuple[Drop, ...] = ()
    complete: CountOrNone = -1


class BatchReceipt(Message, frozen=True):
    """The server's signed word on a batch: which items it holds, and how.

    `signature` is Ed25519 by the server key over the struct with an empty signature.
    """

    epoch: str
    device: str
    now: str
    results: tuple[tuple[str, str, bytes], ...]
    """(item id, status, identity hash) in the order of the batch."""
    signature: bytes = b""


class SyncReply(Message, frozen=True):
    """Verdicts, what the server holds of this device, and what is new.

    Units:  `backed_up_through` is a moment of the server's clock in whole seconds since 1970: what it
            acknowledged until then is in a checked backup. 0 says nothing.
    """

    epoch: str
    now: str
    have: tuple[Range, ...] = ()
    have_through: Count = 0
    backed_up_through: Count = 0
    results: tuple[Result, ...] = ()
    receipt: BatchReceipt | None = None
    drop_receipt: DropReceipt | None = None
    begun: tuple[BlobNeed, ...] = ()
    """Attachments of this device that have arrived in part, at most 64: where to go on without asking."""
    changes: tuple[Change, ...] = ()
    cursor: Count = 0
    more: bool = False
    resync: bool = False
    """The cursor means nothing here: compare the rows by `/api/v1/resync`. `changes` are empty then."""
    complete: CountOrNone = -1
    """How many items of this device are complete here, -1 when unsaid."""
    only_complete: bool = False
    """`have` lists complete items and nothing else: what it lacks is offered again (restore, or a check)."""
    next_sync_s: Count = 300
    blob_slots: Count = 2


class Listed(Message, frozen=True):
    """One row of the feed in a manifest: `row_key` and `row_digest` of it; no digest for a tombstone."""

    seq: Count
    key: bytes
    digest: bytes = b""


class Seen(Message, frozen=True):
    """A box that a device holds: after a restore it tells the server which of its acts were lost."""

    receipt_hash: bytes
    epoch: str
    rev: Count


class ResyncRequest(Message, frozen=True):
    """Ask for a page of the manifest after `after`, or for the rows of `want`. At most `MAX_WANT` of each."""

    epoch: str
    after: Count = 0
    want: tuple[Count, ...] = ()
    receipts_seen: tuple[Seen, ...] = ()


class ResyncReply(Message, frozen=True):
    """A page of the manifest, or rows: those of the first `handled` wishes that still stand.

    `head` is the cursor from which the pull goes on when everything was compared.
    """

    epoch: str
    head: Count
    listed: tuple[Listed, ...] = ()
    more: bool = False
    changes: tuple[Change, ...] = ()
    handled: Count = 0


class EnrollRequest(Message, frozen=True):
    """One-time code and the device's public keys. `nonce` is random; the reply repeats it.

    `asset_tag` is what stands on the machine; a code that was made for one tag takes no other.
    """

    code: str
    role: str
    sign_public: bytes
    seal_public: bytes
    nonce: bytes
    key_level: str = ""
    asset_tag: str = ""


class EnrollReply(Message, frozen=True):
    """Identity and trust of a new device. `keyset` is the root-signed keyset, opaque here."""

    device: str
    commune_code: str
    commune_name: str
    point_name: str
    province_code: str
    server_public: bytes
    root_public: bytes
    keyset: bytes
    epoch: str
    nonce: bytes


class TimeReply(Message, frozen=True):
    """The server's clock, bound to the caller's nonce."""

    now: str
    nonce: bytes


class Problem(Message, frozen=True):
    """Body of every refusal: a stable code of `errors`, and facts without personal data."""

    code: str
    facts: dict[str, str] = {}


class BundleRef(Message, frozen=True):
    """Body of a `bundle` change: what to fetch from `/api/v1/bundles/{sha256 in hex}`. `len` in bytes."""

    kind: str
    id: str
    version: Count
    sha256: bytes
    len: Count


class BoxBody(Message, frozen=True):
    """Body of a `box` change: the mailbox of one receipt. `box` is signed and sealed (sealing.mailbox)."""

    receipt_hash: bytes
    box: bytes


class MissingThing(Message, frozen=True):
    """One thing the agency asks for. `kind` is photo or answer; `ref` the question it mends, if any."""

    kind: str
    label: str
    reason: str = ""
    ref: str = ""


class CaseNews(Message, frozen=True):
    """What a box says. `state` is one of received, working, need, accepted, refused."""

    case_number: str
    state: str
    at: str
    unit: str
    reason: str = ""
    missing: tuple[MissingThing, ...] = ()
    due_on: str = ""


class Act(Message, frozen=True):
    """An agency's signed decision on a case, with its ready-made box. Same struct from desk or office."""

    id: str
    case_id: str
    decision: str
    by_unit: str
    at: str
    receipt_hash: bytes
    box: bytes
    kid: str
    signature: bytes = b""


M = TypeVar("M", bound=Message)
T = TypeVar("T")

_encoder = msgspec.msgpack.Encoder()


def encode(message: Message, media: str = MSGPACK) -> bytes:
    """Return a struct as MessagePack, or as JSON for tools; equal structs give equal bytes."""
    return msgspec.json.encode(message) if media == JSON else _encoder.encode(message)


def decode(data: bytes, kind: type[T], media: str = MSGPACK) -> T:
    """Return the value held in `data`, MessagePack or JSON.

    Errors: msgspec.DecodeError or its subclass ValidationError when it is none.
    """
    try:
        if media == JSON:
            return msgspec.json.decode(data, type=kind)
        return msgspec.msgpack.decode(data, type=kind)
    except (UnicodeDecodeError, RecursionError) as error:  # what msgspec lets through on hostile bytes
        raise msgspec.DecodeError(str(error)) from error


def unsigned(message: M) -> bytes:
    """Return the bytes that a struct's `signature` field covers: itself, with an empty signature."""
    return encode(msgspec.structs.replace(message, signature=b""))


def identity_hash(item: Item) -> bytes:
    """Return SHA-256 over envelope and blob list: what makes two sends the same thing."""
    digest = hashlib.sha256(item.envelope)
    for blob in item.blobs:
        digest.update(blob.sha256 + blob.len.to_bytes(8, "big"))
    return digest.digest()


def range_digest(ids: Iterable[str]) -> bytes:
    """Return 16 bytes of SHA-256 over item ids in the order of their numbers, each with a newline."""
    return hashlib.sha256("".join(f"{one}\n" for one in ids).encode()).digest()[:16]


def row_key(stream: str, row_id: str) -> bytes:
    """Return 8 bytes that name a row of the feed in a manifest."""
    return hashlib.sha256(f"{stream}\n{row_id}".encode()).digest()[:8]


def row_digest(body: bytes) -> bytes:
    """Return 8 bytes that tell one body of a row from another."""
    return hashlib.sha256(body).digest()[:8]


def item_bytes(item: Item) -> bytes:
    """Return what the device signs: every field, the envelope by its hash."""
    fields: dict[str, Any] = msgspec.structs.asdict(item)
    fields |= {"envelope": hashlib.sha256(item.envelope).digest(), "signature": b""}
    return encode(Item(**fields))
