"""The sealed files beside the database: attachment envelopes, and a mirror of every outbox item.

A save writes the mirror over the zeroes of a room, a file whose place on the disk and in the folder was
made durable before; then it is renamed. The folder need not be synced for it: a power cut leaves the mirror
under the one name or the other. Source: docs/decisions/0013-store-repair.md
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

import msgspec

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Item, Message, decode, encode
from supportpoint.records import SealedBlob
from supportpoint.store.files import (
    TMP_SUFFIX,
    Folder,
    begin_writing,
    saving,
    sync_content,
    sync_folder,
    write_tmp,
)

ROOM_PREFIX = "room-"
ROOMS = 4
ROOM_BYTES = 4096
ITEM_SUFFIX = ".item"
DAMAGED_SUFFIX = ".damaged"


class SpoolEntry(Message, frozen=True):
    """One outbox item with what its row knows beside it. Holds nothing a person could read.

    The last field is text that is never empty: zeroes behind it are the rest of a room.
    """

    item: Item
    case_number: str
    receipt_hash: bytes
    created_at: str


def make_rooms(folder: Folder) -> None:
    """Make the rooms that lack, durably, while the caller holds the write lock.

    The folder is synced before: a room must not take the name of one whose renaming a cut could undo.
    It is synced between: whatever stands under the name of a room is in the folder for good. And after: ext4
    would make up for the renaming at the sync of the save, which somebody waits for.
    Errors: SP-202; no room is there then that was not there before.
    """
    lacking = [room for room in _rooms(folder) if not room.exists()]
    if not lacking:
        return
    with saving():
        sync_folder(folder.spool)
        try:
            for room in lacking:
                write_tmp(room, bytes(ROOM_BYTES))
            sync_folder(folder.spool)
        except BaseException:
            remove(map(_tmp_of, lacking))
            raise
        for room in lacking:
            _tmp_of(room).replace(room)
        sync_folder(folder.spool)


@contextmanager
def mirroring(folder: Folder, entry: SpoolEntry) -> Iterator[Path]:
    """Mirror an item in a room, which says "not committed yet", and yield the room.

    The disk writes while the block runs; when the block ends, the mirror is durable.
    Errors: SP-202; the room is gone then, and also where the block fails.
    """
    with saving():
        room, file = _take_room(folder)
        try:
            with file:
                _overwrite(file, encode(entry).ljust(ROOM_BYTES, b"\0"))
                begin_writing(file.fileno())
                yield room
                sync_content(file.fileno())
        except BaseException:
            remove([room])
            raise


def read_entry(path: Path) -> SpoolEntry | None:
    """Return the entry in a file, None when it is damaged."""
    try:
        return decode(path.read_bytes().rstrip(b"\0"), SpoolEntry)
    except (OSError, msgspec.DecodeError):
        return None


def is_unnamed(name: str) -> bool:
    """Tell whether a file of the spool is a room, or a mirror that was given no name for good."""
    is_room = name.startswith(ROOM_PREFIX) and not name.endswith(DAMAGED_SUFFIX)
    return is_room or name.endswith(ITEM_SUFFIX + TMP_SUFFIX)


def is_free(room: Path) -> bool:
    """Tell whether a room is as it was made."""
    return not room.name.endswith(TMP_SUFFIX) and room.read_bytes() == bytes(ROOM_BYTES)


def has_entries(folder: Folder) -> bool:
    """Tell whether anything stands in the spool beside free rooms."""
    return any(not (is_unnamed(path.name) and is_free(path)) for path in folder.spool.iterdir())


def write_blobs(folder: Folder, blobs: Sequence[SealedBlob]) -> list[Path]:
    """Write attachment envelopes durably and return the files that were not there before.

    Errors: SP-202, and what was written is gone again; ValueError when a hash is not its content's.
    """
    written: list[Path] = []
    wrong = [blob.sha256.hex() for blob in blobs if hashlib.sha256(blob.content).digest() != blob.sha256]
    if wrong:
        raise ValueError("blobs with other content than their hash", wrong)
    try:
        for blob in blobs:
            path = folder.blob_path(blob.sha256)
            if not path.exists():
                tmp = write_tmp(path, blob.content)
                written.append(path)
                with saving():
                    tmp.replace(path)
        if written:
            with saving():
                sync_folder(folder.blobs)
    except BaseException:
        remove(written)
        raise
    return written


def _rooms(folder: Folder) -> Iterator[Path]:
    return (folder.spool / f"{ROOM_PREFIX}{number}" for number in range(ROOMS))


def _tmp_of(room: Path) -> Path:
    return room.with_name(room.name + TMP_SUFFIX)


def _take_room(folder: Folder) -> tuple[Path, FileIO]:
    """Open the first free room; where there is none, make rooms. Errors: SP-202."""
    taken = _find_room(folder)
    if taken is None:
        make_rooms(folder)
        taken = _find_room(folder)
    if taken is None:
        raise SupportPointError("SP-202")
    return taken


def _find_room(folder: Folder) -> tuple[Path, FileIO] | None:
    """Open the first free room; one that holds an entry waits for the next opening to see to its renaming."""
    for room in _rooms(folder):
        with suppress(FileNotFoundError):
            file = FileIO(room, "r+")
            if file.read(1) == b"\0":
                return room, file
            file.close()
    return None


def _overwrite(file: FileIO, content: bytes) -> None:
    file.seek(0)
    left = memoryview(content)
    while left:
        left = left[file.write(left) :]


def remove(paths: Iterable[Path]) -> None:
    """Delete files as far as the disk lets us; a leftover is found again at the next opening."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
