"""The data folder on disk, and the one way to write a file that must survive a power cut."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from supportpoint.errors import SupportPointError

DATABASE_FILE = "supportpoint.db"
TMP_SUFFIX = ".tmp"


@dataclass(frozen=True)
class Folder:
    """Where the files of one data folder are. Names hold no personal data."""

    root: Path

    @cached_property
    def database(self) -> Path:
        """The SQLCipher database; `-wal` and `-shm` stand beside it."""
        return self.root / DATABASE_FILE

    @cached_property
    def log(self) -> Path:
        """The write-ahead log; it is there after an unclean stop or while somebody has the store open."""
        return self.root / f"{DATABASE_FILE}-wal"

    @cached_property
    def key_check(self) -> Path:
        """Tells a wrong key from a damaged database."""
        return self.root / "supportpoint.keycheck"

    @cached_property
    def identity(self) -> Path:
        """Mirror of the identity, for the day the database is gone. Holds no secret."""
        return self.root / "identity.json"

    @cached_property
    def signed_time(self) -> Path:
        """The newest time our server signed. Outlives the database, holds no secret."""
        return self.root / "time.json"

    @cached_property
    def spool(self) -> Path:
        """One file for each sealed item: the outbox without the database."""
        return self.root / "spool"

    @cached_property
    def blobs(self) -> Path:
        """One file for each attachment envelope, named by its SHA-256 in hex."""
        return self.root / "blobs"

    @cached_property
    def drops(self) -> Path:
        """One file for each sealed drop. It tells a day, as far as a file can."""
        return self.root / "drops"

    @cached_property
    def backups(self) -> Path:
        """Copies of the database without any answer, the newest with the highest number."""
        return self.root / "backups"

    @cached_property
    def quarantine(self) -> Path:
        """One folder for each database that was found damaged, its files under their own names."""
        return self.root / "damaged"

    @cached_property
    def doubt(self) -> Path:
        """Says that the database must be read whole before use, or where a repair had come to."""
        return self.root / "supportpoint.doubt"

    @cached_property
    def repair_report(self) -> Path:
        """What the last repair brought back and what not. Holds no personal data."""
        return self.root / "repair.json"

    @cached_property
    def ballast(self) -> Path:
        """Room that is given up when the disk is full, so that one more case can be saved."""
        return self.root / "ballast"

    @cached_property
    def use_lock(self) -> Path:
        """Shared by everybody who has the database open; alone in the hands of a repair."""
        return self.root / "use.lock"

    @cached_property
    def write_lock(self) -> Path:
        """Held while files and database are changed together."""
        return self.root / "write.lock"

    @cached_property
    def sync_lock(self) -> Path:
        """The file whose lock one sync pass holds."""
        return self.root / "sync.lock"

    def blob_path(self, sha256: bytes) -> Path:
        """Return where the blob of this hash is, or would be."""
        return self.blobs / sha256.hex()

    def spool_path(self, item_id: str) -> Path:
        """Return where the item of this id is mirrored; any id makes a safe file name."""
        return self.spool / self.spool_name(item_id)

    @staticmethod
    def spool_name(item_id: str) -> str:
        """Return the name of the file that mirrors an item."""
        return f"{hashlib.sha256(item_id.encode()).hexdigest()[:32]}.item"

    def drop_path(self, drop_id: str) -> Path:
        """Return where the drop of this id is mirrored."""
        return self.drops / f"{hashlib.sha256(drop_id.encode()).hexdigest()[:32]}.drop"


@contextmanager
def saving() -> Iterator[None]:
    """Turn the file system's refusals inside the block into SP-202."""
    try:
        yield
    except OSError as error:
        raise SupportPointError("SP-202", errno=error.errno) from error


def make_folder(path: Path) -> None:
    """Make a folder, with its parents, that only its owner may enter and that a power cut leaves there.

    Errors: SP-202.
    """
    if path.is_dir():
        return
    make_folder(path.parent)
    with saving():
        path.mkdir(mode=0o700, exist_ok=True)
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make renames in a folder durable. Windows does so by itself and cannot be asked."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def begin_writing(descriptor: int) -> None:
    """Let the disk begin with what was written to a file, where it can be told, while its writer goes on."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def sync_content(descriptor: int) -> None:
    """Make what was written to a file durable, its length with it; the moment of the change may be lost."""
    getattr(os, "fdatasync", os.fsync)(descriptor)


def write_tmp(path: Path, content: bytes) -> Path:
    """Write `content` durably beside `path`, readable by its owner only, and return where.

    Errors: SP-202; nothing is left then.
    """
    tmp = path.with_name(path.name + TMP_SUFFIX)
    with saving():
        try:
            descriptor = os.open(
                tmp, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600
            )
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                tmp.unlink()
            raise
    return tmp


def publish_tmp(path: Path) -> None:
    """Give the file of `write_tmp` its name, durably. A file published by another program is as good.

    Errors: SP-202.
    """
    with saving():
        with suppress(FileNotFoundError):
            path.with_name(path.name + TMP_SUFFIX).replace(path)
        sync_folder(path.parent)


def write_durably(path: Path, content: bytes) -> None:
    """Replace `path` by `content` such that a power cut leaves the old file or the new one.

    Errors: SP-202.
    """
    write_tmp(path, content)
    publish_tmp(path)
