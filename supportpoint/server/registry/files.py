"""Finished files through Django storage, durable before anybody is told that they are here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from supportpoint.server.registry.folder import write_private


class DurableStorage(FileSystemStorage):
    """Local files that survive a power cut; writing the same name again replaces it whole.

    Names are content addresses, so replacing means writing the same bytes again after a crash.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name itself."""
        del max_length
        return name

    def _save(self, name: str, content: Any) -> str:
        write_private(Path(self.path(name)), b"".join(content.chunks()))
        return name


def save_file(folder: str, sha256: bytes, content: bytes) -> str:
    """Store bytes under their address; return the name to read them by."""
    address = sha256.hex()
    return default_storage.save(f"{folder}/{address[:2]}/{address}", ContentFile(content))


def read_stored(name: str) -> bytes:
    """Return the bytes of a stored file. Errors: FileNotFoundError."""
    with default_storage.open(name, "rb") as stream:
        content: bytes = stream.read()
    return content
