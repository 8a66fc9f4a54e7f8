"""Locks between programs: a file that one program holds. The system lets go when the program dies."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from supportpoint.errors import SupportPointError
from supportpoint.store.files import make_folder, saving

KIOSK_LOCK_FILE = "kiosk.lock"
BUSY_S = 5.0
_PAUSE_S = 0.02

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int, *, shared: bool = False) -> bool:
        if shared:  # here a file that somebody has open cannot be moved anyway
            return True
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int, *, shared: bool = False) -> bool:
        # flock and not lockf: it also keeps two openings inside one program apart
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class FileLock:
    """A lock that is held from `take` to `release`, or for a `with` block.

    A `shared` one keeps out only who wants it alone.
    """

    def __init__(
        self, path: Path, *, wait_s: float = 0.0, code: str = "SP-204", shared: bool = False
    ) -> None:
        self._path = path
        self._wait_s = wait_s
        self._code = code
        self._shared = shared
        self._descriptor = -1

    def take(self) -> None:
        """Take the lock, waiting at most `wait_s` for the other holder.

        Errors: the `code` given when somebody else holds it (SP-204); SP-202 when the disk refuses.
        """
        with saving():
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        give_up_at = time.monotonic() + self._wait_s  # a wait between programs: no clock to inject
        while not _try_lock(descriptor, shared=self._shared):
            if time.monotonic() >= give_up_at:
                os.close(descriptor)
                raise SupportPointError(self._code, lock=self._path.name)
            time.sleep(_PAUSE_S)
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go. A second call does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        if self._descriptor < 0:  # `lock_kiosk` hands it out taken
            self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def lock_kiosk(data_dir: Path) -> FileLock:
    """Return the lock that makes one kiosk app the only one of its data folder, taken.

    Commands such as `status` and `sync` do not take it: they share the database with the kiosk.
    Errors: SP-204 when a kiosk app has the folder open.
    """
    make_folder(data_dir)
    lock = FileLock(data_dir / KIOSK_LOCK_FILE)
    lock.take()
    return lock
