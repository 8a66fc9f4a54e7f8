"""Where the server's own files are, below the data folder."""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

PARTIAL = ".new"
LONGEST_WRITE_S = 3600.0


def data_dir() -> Path:
    """Return the data folder of this server."""
    folder: Path = settings.DATA_DIR
    return folder


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only this user reads, whole or not at all, and durable on return."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PARTIAL}")  # two may write the same at once
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)
    _sync_names(path)


def remove_partial_files() -> None:
    """Delete what a process that died had begun to write; nobody writes one file for an hour."""
    long_ago_s = time.time() - LONGEST_WRITE_S
    for partial in data_dir().rglob(f"*{PARTIAL}"):
        with suppress(OSError):
            if partial.stat().st_mtime < long_ago_s:
                partial.unlink()


def _sync_names(path: Path) -> None:
    """Make the name of a file durable, and those of its folders: they may be as new as the file."""
    top = data_dir() if settings.configured else path.parent  # certificates are made without a server too
    for folder in path.parents:
        sync_folder(folder)
        if top not in folder.parents:
            return


def sync_folder(folder: Path) -> None:
    """Make names in `folder` durable, where the system can (POSIX)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
