"""Connect over a link that loses packets and comes and goes: knock again and again."""

from __future__ import annotations

import errno
import os
import selectors
import socket
import time
from contextlib import suppress

REPEATED_TWICE_S = 1.9
"""Systems repeat a first packet after one and two seconds, older ones after one and three."""
_UNDER_WAY = frozenset({0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", 0)})


def reach(host: str, port: int, *, timeout_s: float, every_s: float) -> tuple[socket.socket, float]:
    """Return a connected socket and how many seconds its own attempt took.

    A new attempt is made every `every_s` beside those that still wait: a link that is up for twenty seconds
    has no time for the system's own repetitions. A connection whose first packet was repeated twice is taken
    only when no younger one comes about within `every_s`: Linux lets it begin with one packet, not with ten.
    Errors: TimeoutError; OSError when every address refuses, socket.gaierror when there is none.
    """
    addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    until_s = time.monotonic() + timeout_s
    knocking = _Knocking()
    try:
        for number in range(1, 1 + int(timeout_s / every_s) + len(addresses)):
            family, kind, protocol, _, address = addresses[number % len(addresses)]
            is_settled = bool(knocking.slow)
            knocking.begin(socket.socket(family, kind, protocol), address)
            found = knocking.wait(min(until_s, time.monotonic() + every_s))
            if found is not None:
                return found
            is_refused = not knocking.doors and number >= len(addresses)
            if is_settled or is_refused or time.monotonic() >= until_s:
                break
        return knocking.take_slow()
    finally:
        knocking.close()


class _Knocking:
    """Attempts under way."""

    def __init__(self) -> None:
        self.doors: dict[socket.socket, float] = {}
        self.slow: list[tuple[socket.socket, float]] = []
        """Those that are connected, after their first packet was repeated twice."""
        self._refusal: OSError = TimeoutError("nobody opened")

    def begin(self, door: socket.socket, address: tuple[object, ...]) -> None:
        """Start one attempt."""
        door.setblocking(False)
        error = door.connect_ex(address)
        if error in _UNDER_WAY:
            self.doors[door] = time.monotonic()
        else:
            self._refuse(door, error)

    def wait(self, until_s: float) -> tuple[socket.socket, float] | None:
        """Return the first that connects soon; None when nobody is left, or at the moment `until_s`."""
        while self.doors and (left_s := until_s - time.monotonic()) > 0:
            with selectors.DefaultSelector() as selector:
                for door in self.doors:
                    selector.register(door, selectors.EVENT_WRITE)
                ready = {key.fd for key, _ in selector.select(left_s)}
            for door in [door for door in self.doors if door.fileno() in ready]:
                began_s = self.doors.pop(door)
                error = door.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if error:
                    self._refuse(door, error)
                    continue
                door.setblocking(True)
                took_s = time.monotonic() - began_s
                if took_s < REPEATED_TWICE_S:
                    return door, took_s
                self.slow.append((door, took_s))
        return None

    def take_slow(self) -> tuple[socket.socket, float]:
        """Return one that came about slowly. Errors: OSError, why the last attempt did not succeed."""
        if not self.slow:
            raise self._refusal
        return self.slow.pop()

    def close(self) -> None:
        """Give up all that were not taken."""
        for door in (*self.doors, *(door for door, _ in self.slow)):
            with suppress(OSError):
                door.close()

    def _refuse(self, door: socket.socket, error: int) -> None:
        door.close()
        self._refusal = OSError(error, os.strerror(error))
