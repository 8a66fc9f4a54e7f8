"""Out of this kiosk: what the server does not hold whole yet, answers before photos, as much as fits."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from supportpoint.clock import Clock, local_day
from supportpoint.courier.archive import (
    BLOBS,
    ITEMS,
    MAX_ENTRIES,
    MAX_FOLDER_BYTES,
    MAX_TOTAL_BYTES,
    Entry,
    Part,
    make_part,
)
from supportpoint.courier.heads import LETTER, MAX_WANTS, VERSION, make_file
from supportpoint.courier.stick import LETTER_SUFFIX, PATIENCE_S, free_bytes, make_name, write_file
from supportpoint.courier_messages import CourierHead
from supportpoint.errors import SupportPointError
from supportpoint.protocol import BundleRef, Change, Message, decode, encode
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.keys import SignKey, make_kid
from supportpoint.store.access import StoreAccess
from supportpoint.store.carried import ToCarry
from supportpoint.store.files import write_durably
from supportpoint.store.values import BlobToSend

MAX_ITEMS = 10_000
ENTRY_COST_BYTES = 700
"""What an entry costs beside its own bytes: its header and its line in the list, before compression."""
NOTE_FILE = "courier.note"


@dataclass(frozen=True, slots=True)
class Letter:
    """What an export did. Counts of items and attachments; bytes of the file and of what was left out."""

    path: Path
    items: int
    blobs: int
    size_bytes: int
    left_items: int
    left_blobs: int
    left_bytes: int

    @property
    def is_whole(self) -> bool:
        """Everything that waits is in it."""
        return not (self.left_items or self.left_blobs)


class Note(Message, frozen=True):
    """What was put on a stick before: a hint for the next stick. Losing it costs a repetition."""

    names: frozenset[bytes] = frozenset()


@dataclass
class _Load:
    """What goes along within `room_bytes`, and what does not."""

    room_bytes: int
    parts: list[Part] = field(default_factory=list)
    names: set[bytes] = field(default_factory=set)
    items: int = 0
    left_items: int = 0
    left_blobs: int = 0
    left_bytes: int = 0

    def takes(self, part: Part) -> bool:
        """Take a part if there is room for it."""
        cost = part.entry.size + ENTRY_COST_BYTES
        if cost > self.room_bytes or len(self.parts) >= MAX_ENTRIES:
            return False
        self.room_bytes -= cost
        self.parts.append(part)
        return True


def write_letter(  # noqa: PLR0913 - the seams of one export
    access: StoreAccess,
    key: SignKey,
    data_dir: Path,
    place: Path,
    *,
    clock: Clock,
    max_bytes: int = MAX_TOTAL_BYTES,
    patience_s: float = PATIENCE_S,
) -> Letter:
    """Write a letter into the folder `place`, or to the file `place` when it ends in `.spletter`.

    Nothing changes in the store.
    Shape:  items before attachments, the small before the large, what no stick has carried before what
            one has; a second stick therefore goes on where the first was full. A letter without items
            asks for news.
    Errors: SP-102; SP-901 to SP-905 as `stick.write_file`, SP-901 also when nothing fits at all.
    """
    is_file = place.suffix == LETTER_SUFFIX and not place.is_dir()
    folder = place.parent if is_file else place
    identity = access(lambda store: store.get_identity())
    waiting = access(lambda store: store.list_to_carry(MAX_ITEMS))
    note = _read_note(data_dir)
    load = _load(waiting, note.names, min(free_bytes(folder), max_bytes, MAX_TOTAL_BYTES))
    load.left_items += access(lambda store: store.counts().waiting) - len(waiting)
    if waiting and not load.parts:
        raise SupportPointError("SP-901", left=len(waiting))
    head = _make_head(access, identity, clock)
    path = place if is_file else place / make_name(head)
    size_bytes = write_file(path, make_file(head, load.parts, key), clock, patience_s=patience_s)
    unfinished = {name for one in waiting for name in _names(one)}
    _write_note(data_dir, Note(frozenset((note.names & unfinished) | load.names)))
    return Letter(
        path=path,
        items=load.items,
        blobs=len(load.parts) - load.items,
        size_bytes=size_bytes,
        left_items=load.left_items,
        left_blobs=load.left_blobs,
        left_bytes=load.left_bytes,
    )


def count_for_stick(access: StoreAccess, data_dir: Path) -> int:
    """Return how many waiting items or attachments no stick has carried yet."""
    known = _read_note(data_dir).names
    waiting = access(lambda store: store.list_to_carry(MAX_ITEMS))
    return len({name for one in waiting for name in _names(one)} - known)


def _make_head(access: StoreAccess, identity: DeviceIdentity, clock: Clock) -> CourierHead:
    pending = access(lambda store: store.pending_bundles())
    wants = [ref.sha256 for ref in map(_find_ref, pending) if ref is not None]
    return CourierHead(
        version=VERSION,
        kind=LETTER,
        id=secrets.token_hex(16),
        device=identity.device,
        server=make_kid(identity.server_public),
        province=identity.province_code,
        made_on=local_day(clock.now()).isoformat(),
        epoch=identity.epoch,
        cursor=max(0, access(lambda store: store.get_cursor())),  # below 0 it means nothing to a letter
        wants=tuple(wants[:MAX_WANTS]),
    )


def _find_ref(change: Change) -> BundleRef | None:
    try:
        return decode(change.body, BundleRef)
    except msgspec.DecodeError:
        return None


def _load(waiting: Sequence[ToCarry], carried: frozenset[bytes], room_bytes: int) -> _Load:
    load = _Load(room_bytes)
    room_for_items = MAX_FOLDER_BYTES[ITEMS]
    fresh_first = sorted(waiting, key=lambda one: _name(one.item.id.encode()) in carried)
    blobs: dict[bytes, BlobToSend] = {}
    for number, one in enumerate(fresh_first):
        part = make_part(ITEMS, f"{number:08x}", encode(one.item))
        if part.entry.size > room_for_items or not load.takes(part):
            load.left_items += 1
            load.left_blobs += len(one.blobs)
            load.left_bytes += part.entry.size + sum(blob.len for blob in one.blobs)
            continue
        room_for_items -= part.entry.size
        load.items += 1
        load.names.add(_name(one.item.id.encode()))
        blobs |= {blob.sha256: blob for blob in one.blobs}
    for blob in sorted(blobs.values(), key=lambda blob: (_name(blob.sha256) in carried, blob.len)):
        if _is_sound(blob) and load.takes(_blob_part(blob)):
            load.names.add(_name(blob.sha256))
        else:
            load.left_blobs += 1
            load.left_bytes += blob.len
    return load


def _blob_part(blob: BlobToSend) -> Part:
    entry = Entry(name=f"{BLOBS}/{blob.sha256.hex()}", size=blob.len, sha256=blob.sha256)
    return Part(entry, blob.path.read_bytes)


def _is_sound(blob: BlobToSend) -> bool:
    """A file of ours that is missing or altered must not keep the others at home."""
    try:
        return hashlib.sha256(blob.path.read_bytes()).digest() == blob.sha256
    except OSError:
        return False


def _names(one: ToCarry) -> list[bytes]:
    return [_name(one.item.id.encode()), *(_name(blob.sha256) for blob in one.blobs)]


def _name(text: bytes) -> bytes:
    return hashlib.sha256(text).digest()[:8]


def _read_note(data_dir: Path) -> Note:
    try:
        return decode((data_dir / NOTE_FILE).read_bytes(), Note)
    except (OSError, msgspec.DecodeError):
        return Note()


def _write_note(data_dir: Path, note: Note) -> None:
    write_durably(data_dir / NOTE_FILE, encode(note))
