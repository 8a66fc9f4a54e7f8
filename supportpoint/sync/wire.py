"""Connections that tell what the other end has acknowledged, and notice soon when nobody is there."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import struct
import sys
from collections.abc import Iterator
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from supportpoint.sync.flight import is_told, wait_for_room
from supportpoint.sync.pace import Pace
from supportpoint.sync.prompt import PromptResponse
from supportpoint.sync.reaching import reach

if sys.platform == "linux":
    import fcntl
    import termios

CONNECT_S = 8.0
HANDSHAKE_S = 5.0
PROBE_AFTER_S = 2
PROBES = 3
SIO_KEEPALIVE_VALS = 0x98000004


class _Watched(HTTPConnection):
    """What both kinds of connection share. `pace` is set by the pool's own subclass."""

    pace: Pace
    response_class = PromptResponse

    def _new_conn(self) -> socket.socket:
        """Connect by knocking at the pace's rhythm."""
        try:
            found, took_s = reach(self.host, self.port or 0, timeout_s=CONNECT_S, every_s=self.pace.knock_s)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "connect") from error
        except OSError as error:
            raise NewConnectionError(self, f"connect: {error.errno}") from error
        self.pace.note_connected(took_s)
        found.settimeout(HANDSHAKE_S)
        self._bound_buffer(found)
        watch(found, self.pace.silence_s)
        _set_nodelay(found, on=False)
        return found

    def putrequest(self, *args: Any, **kwargs: Any) -> None:
        """Begin a request whose parts travel in full packets."""
        if self.sock is not None:
            _set_nodelay(self.sock, on=False)
            self._bound_buffer(self.sock)
        super().putrequest(*args, **kwargs)

    def send(self, data: Any) -> None:
        """Send a block when there is room; an error carries `unacked_bytes`, what was not acknowledged."""
        if self.sock is None:
            self.connect()
        with _counting(self.sock):
            if self.sock is not None and is_told():
                wait_for_room(self.sock, self.pace.flight_bytes, self.pace.stall_s)
            super().send(data)
        self.pace.note_sent(len(data))

    def getresponse(self) -> Any:
        """Send what is left and wait for the answer; an error carries `unacked_bytes`."""
        if self.sock is not None:
            _set_nodelay(self.sock, on=True)
        with _counting(self.sock):
            return super().getresponse()

    def _bound_buffer(self, found: socket.socket) -> None:
        """Bound what the system takes ahead, where it does not say what is on its way."""
        if not is_told():
            with contextlib.suppress(OSError):
                found.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self.pace.flight_bytes)


class _WatchedTls(_Watched, HTTPSConnection):
    pass


def pools_at(pace: Pace) -> dict[str, type[HTTPConnectionPool]]:
    """Return the classes of connection pools, by scheme, whose connections keep this pace."""
    plain = type("Plain", (_Watched,), {"pace": pace})
    secure = type("Secure", (_WatchedTls,), {"pace": pace})
    return {
        "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }


def watch(found: socket.socket, silence_s: float) -> None:
    """Make the system end a connection on which nothing was acknowledged for so long.

    Without data in flight it asks every second after two; a server that only thinks long answers that.
    """
    found.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            found.ioctl(SIO_KEEPALIVE_VALS, (1, PROBE_AFTER_S * 1000, 1000))
        return
    options = {
        "TCP_KEEPIDLE": PROBE_AFTER_S,
        "TCP_KEEPALIVE": PROBE_AFTER_S,
        "TCP_KEEPINTVL": 1,
        "TCP_KEEPCNT": PROBES,
        "TCP_USER_TIMEOUT": round(silence_s * 1000),
    }
    for name, value in options.items():
        number = getattr(socket, name, None)
        if number is not None:
            with contextlib.suppress(OSError):
                found.setsockopt(socket.IPPROTO_TCP, number, value)


def find_unacked(error: BaseException) -> int | None:
    """Return the `unacked_bytes` that an error or one of its causes carries, None when none does."""
    for cause in list_causes(error):
        found = getattr(cause, "unacked_bytes", None)
        if isinstance(found, int):
            return found
    return None


def list_causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it was made of: its reason, arguments and cause, eight deep at most."""
    seen: list[BaseException] = [error]
    for _ in range(8):
        if not seen:
            return
        one = seen.pop(0)
        yield one
        parts = (getattr(one, "reason", None), *getattr(one, "args", ()), one.__cause__)
        seen += [part for part in parts if isinstance(part, BaseException)]


def _set_nodelay(found: socket.socket, *, on: bool) -> None:
    with contextlib.suppress(OSError):
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, int(on))


@contextlib.contextmanager
def _counting(found: socket.socket | None) -> Iterator[None]:
    """Count, on an error, what was sent and not acknowledged, where the system tells it."""
    handle = _second_handle(found)
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if handle is not None:
            error.unacked_bytes = _unacked(handle)  # type: ignore[union-attr] # read by find_unacked
        raise
    finally:
        if handle is not None:
            os.close(handle)


def _second_handle(found: socket.socket | None) -> int | None:
    """Return a handle that outlives the socket: who fails closes it first."""
    if found is None or sys.platform != "linux":
        return None
    with contextlib.suppress(OSError):
        return os.dup(found.fileno())
    return None


def _unacked(handle: int) -> int | None:
    with contextlib.suppress(OSError):
        answer = fcntl.ioctl(handle, termios.TIOCOUTQ, b"\0" * 4)
        return int(struct.unpack("i", answer)[0])
    return None
