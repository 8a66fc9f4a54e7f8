"""The sealed files beside the database: attachment envelopes, and a mirror of every outbox item."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from supportpoint.protocol import Item, Message, decode, encode
from supportpoint.records import SealedBlob
from supportpoint.store.files import Folder, saving, sync_folder, write_tmp


class SpoolEntry(Message, frozen=True):
    """One outbox item with what its row knows beside it. Holds nothing a person could read."""

    item: Item
    case_number: str
    receipt_hash: bytes
    created_at: str


def write_entry_tmp(folder: Folder, entry: SpoolEntry) -> Path:
    """Mirror an item durably, under a name that says "not committed yet".

    Errors: SP-202.
    """
    return write_tmp(folder.spool_path(entry.item.id), encode(entry))


def read_entry(path: Path) -> SpoolEntry | None:
    """Return the entry in a file, None when it is damaged."""
    try:
        return decode(path.read_bytes(), SpoolEntry)
    except (OSError, msgspec.DecodeError):
        return None


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


def remove(paths: Iterable[Path]) -> None:
    """Delete files as far as the disk lets us; a leftover is found again at the next opening."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
