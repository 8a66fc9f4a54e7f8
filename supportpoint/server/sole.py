"""What must hold before serving: the folder was set up, nobody else serves it, and the port is free."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from supportpoint.errors import SupportPointError

LOCK_FILE = "server.lock"
WAIT_S = 3.0
"""A worker whose master was killed notices it after about a second, and holds the lock until then."""
PAUSE_S = 0.05

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def need_set_up(data_dir: Path) -> None:
    """Return quietly when `init` was run on this folder. Errors: SP-106."""
    if not (data_dir / "keys" / "keyset.bin").is_file():
        raise SupportPointError("SP-106", folder=data_dir.name)


@contextmanager
def sole_server(data_dir: Path) -> Iterator[None]:
    """Be the only server of this folder; the system lets go when the process dies.

    Errors: SP-109 when another has it, SP-108 when the folder cannot be written.
    """
    try:
        descriptor = os.open(data_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise SupportPointError("SP-108", file=LOCK_FILE) from error
    try:
        give_up_at = time.monotonic() + WAIT_S  # a wait between programs: no clock to inject
        while not _try_lock(descriptor):
            if time.monotonic() >= give_up_at:
                raise SupportPointError("SP-109", lock=LOCK_FILE)
            time.sleep(PAUSE_S)
        yield
    finally:
        os.close(descriptor)


def need_free_port(host: str, port: int) -> None:
    """Return quietly when this process may listen there. Errors: SP-107."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if sys.platform != "win32":  # there the option would let two programs share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        raise SupportPointError("SP-107", port=port) from error
