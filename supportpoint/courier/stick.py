"""The stick itself: files found, read, and written so that a stick pulled at any moment tells no lie."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from supportpoint.clock import Clock
from supportpoint.courier.archive import ArchiveReader, CourierFile, write_archive
from supportpoint.courier_messages import CourierHead
from supportpoint.errors import SupportPointError

LETTER_SUFFIX = ".spletter"
ANSWERS_SUFFIX = ".spanswers"
TMP_SUFFIX = ".tmp"
PATIENCE_S = 600.0
RESERVE_BYTES = 256 * 1024
_SYNC_EVERY_BYTES = 1024 * 1024
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_LOCKED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def make_name(head: CourierHead) -> str:
    """Return a file name of device, random number and day: nothing of a person, nothing of a case."""
    writer = head.device.replace("-", "")[-8:] or "server"
    suffix = LETTER_SUFFIX if head.kind == "letter" else ANSWERS_SUFFIX
    return f"{writer}-{head.id[:8]}-{head.made_on.replace('-', '')}{suffix}"


def list_files(place: Path, suffix: str) -> list[Path]:
    """Return the courier files of one kind in a folder, or the file itself; links are passed over.

    Errors: SP-903 when the place cannot be read.
    """
    try:
        if place.is_file():
            return [place] if place.suffix == suffix else []
        return sorted(
            path
            for path in place.iterdir()
            if path.suffix == suffix and path.is_file() and not path.is_symlink()
        )
    except OSError as error:
        raise SupportPointError("SP-903", errno=error.errno) from error


@contextmanager
def open_file(path: Path) -> Iterator[ArchiveReader]:
    """Open a courier file for the length of a block.

    Errors: SP-903 when it cannot be read; SP-905 when its front is damaged.
    """
    try:
        source = path.open("rb")
    except OSError as error:
        raise SupportPointError("SP-903", errno=error.errno) from error
    with source:
        yield ArchiveReader(source, os.fstat(source.fileno()).st_size)


def free_bytes(folder: Path) -> int:
    """Return how much a courier file may hold here, some room left for the file system. Errors: SP-903."""
    with _writing():
        return max(0, shutil.disk_usage(folder).free - RESERVE_BYTES)


def write_file(path: Path, made: CourierFile, clock: Clock, *, patience_s: float = PATIENCE_S) -> int:
    """Write a courier file whole or not at all, read it back from the stick, and return its size in bytes.

    Order: a file of another name, fsync, read back, rename, fsync of the folder.
    Errors: SP-901 full, SP-902 not writable, SP-903 gone or failed, SP-904 slower than `patience_s`,
            SP-905 what was written reads back as something else. Nothing of it is left then, as far as
            the stick lets us; a leftover has no name that anybody reads.
    """
    tmp = path.with_name(path.name + TMP_SUFFIX)
    try:
        with _writing():
            with tmp.open("wb") as file:
                out = _Paced(file, clock, clock.monotonic_s() + patience_s)
                write_archive(cast("BinaryIO", out), made)
                out.sync()
            size_bytes = tmp.stat().st_size
        _read_back(tmp, made)
        with _writing():
            tmp.replace(path)
            _sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            tmp.unlink(missing_ok=True)
        raise
    return size_bytes


def write_plain(path: Path, content: bytes) -> None:
    """Write a small file whole or not at all, and read it back from the stick.

    Errors: SP-901 full, SP-902 not writable, SP-903 gone or failed, SP-905 it reads back as something else.
    """
    tmp = path.with_name(path.name + TMP_SUFFIX)
    try:
        with _writing():
            with tmp.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _forget_cached(tmp)
            is_same = tmp.read_bytes() == content
        _need_same(is_same=is_same)
        with _writing():
            tmp.replace(path)
            _sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            tmp.unlink(missing_ok=True)
        raise


def remove_files(paths: list[Path]) -> None:
    """Delete what is of no use any more, as far as the stick lets us."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


class _Paced:
    """Hands every MiB down to the stick, so that a slow or missing one is noticed while it is written."""

    def __init__(self, file: BinaryIO, clock: Clock, until_s: float) -> None:
        self._file, self._clock, self._until_s = file, clock, until_s
        self._unsynced = 0

    def write(self, content: bytes) -> int:
        self._file.write(content)
        self._unsynced += len(content)
        if self._unsynced >= _SYNC_EVERY_BYTES:
            self.sync()
        return len(content)

    def flush(self, *_: object) -> None:
        """Nothing: `sync` decides."""

    def sync(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._unsynced = 0
        if self._clock.monotonic_s() > self._until_s:
            raise SupportPointError("SP-904")


def _read_back(path: Path, made: CourierFile) -> None:
    _forget_cached(path)
    with open_file(path) as reader:
        whole = sum(1 for _ in reader.parts())
        is_same = (reader.head, reader.contents) == (made.head, made.contents)
        _need_same(is_same=is_same and not reader.lost and whole == len(reader.entries))


def _need_same(*, is_same: bool) -> None:
    if not is_same:
        raise SupportPointError("SP-905", reason="reads back as something else")


def _forget_cached(path: Path) -> None:
    """Ask the system to read from the stick and not from its memory, where it can be asked."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError), path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows makes names durable by itself and cannot be asked
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        code = "SP-901" if error.errno in _FULL else "SP-902" if error.errno in _LOCKED else "SP-903"
        raise SupportPointError(code, errno=error.errno) from error
