"""Room held back on the disk, and given up when it is full, so that one more case can be saved."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from supportpoint.errors import SupportPointError
from supportpoint.store.files import TMP_SUFFIX, Folder, saving

SIZE_BYTES = 32 * 1024 * 1024
_BLOCK = bytes(1024 * 1024)

T = TypeVar("T")

logger = logging.getLogger(__name__)


def fill(folder: Folder, floor_bytes: int, size_bytes: int = SIZE_BYTES) -> bool:
    """Hold room back where `floor_bytes` stay free beside it; tell whether it is held now."""
    if folder.ballast.exists():
        return True
    tmp = folder.ballast.with_name(folder.ballast.name + TMP_SUFFIX)
    try:
        if shutil.disk_usage(folder.root).free - size_bytes < floor_bytes:
            return False
        with tmp.open("wb") as file:
            if hasattr(os, "posix_fallocate"):  # a hole would hold nothing back
                os.posix_fallocate(file.fileno(), 0, size_bytes)
            else:
                for _ in range(0, size_bytes, len(_BLOCK)):
                    file.write(_BLOCK)
            os.fsync(file.fileno())
        tmp.replace(folder.ballast)
    except OSError as error:
        logger.warning("no room could be held back: errno %s", error.errno)
        with suppress(OSError):
            tmp.unlink(missing_ok=True)
        return False
    return True


def release(folder: Folder) -> bool:
    """Give the room up; tell whether there was any."""
    with saving():
        try:
            folder.ballast.unlink()
        except FileNotFoundError:
            return False
    logger.warning("the disk is full: the room held back was given up")
    return True


def save_even_when_full(folder: Folder, save: Callable[[], T]) -> T:
    """Return what `save` returns; where the disk refuses, give the ballast up and try once more.

    `save` changes nothing when it raises.
    Errors: SP-202 when there was no ballast, or the room of it was not enough; all others of `save`.
    """
    try:
        return save()
    except SupportPointError as error:
        if error.code != "SP-202" or not release(folder):
            raise
    return save()
