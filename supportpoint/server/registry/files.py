"""Finished files through Django storage, durable before anybody is told that they are here.

The store holds a mark. Where that is missing stands an empty folder below a mount, or somebody else's:
nothing is written there, and nothing is called lost.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from supportpoint.errors import SupportPointError
from supportpoint.server.registry.folder import write_private

STORE_MARK = "store.mark"
NOT_THERE = "SP-110"
_MARK_WORDS = b"The files of a Support Point server. Without this one the folder counts as not mounted.\n"


class DurableStorage(FileSystemStorage):
    """Local files that survive a power cut; writing the same name again replaces it whole.

    Names are content addresses, so replacing means writing the same bytes again after a crash.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name itself."""
        del max_length
        return name

    def _save(self, name: str, content: Any) -> str:
        if name != STORE_MARK and not self.exists(STORE_MARK):
            raise SupportPointError(NOT_THERE)
        write_private(Path(self.path(name)), b"".join(content.chunks()))
        return name


def save_file(folder: str, sha256: bytes, content: bytes) -> str:
    """Store bytes under their address; return the name to read them by. Errors: SP-110."""
    return default_storage.save(make_name(folder, sha256), ContentFile(content))


def make_name(folder: str, sha256: bytes) -> str:
    """Return the name that bytes of this address have in a folder of the store."""
    address = sha256.hex()
    return f"{folder}/{address[:2]}/{address}"


def read_stored(name: str) -> bytes:
    """Return the bytes of a stored file. Errors: FileNotFoundError."""
    with default_storage.open(name, "rb") as stream:
        content: bytes = stream.read()
    return content


def mark_store() -> None:
    """Say that the folder of the store is the store."""
    default_storage.save(STORE_MARK, ContentFile(_MARK_WORDS))


def has_store() -> bool:
    """Tell whether the store is there."""
    return default_storage.exists(STORE_MARK)


def is_whole(name: str, size: int | None, sha256: bytes, *, reads: bool = False) -> bool:
    """Tell whether a file is there with its size, None for any but 0; with `reads` also with its hash."""
    try:
        found = default_storage.size(name)
        if not found or (size is not None and found != size):
            return False
        return not reads or hashlib.sha256(read_stored(name)).digest() == sha256
    except FileNotFoundError:
        return False
