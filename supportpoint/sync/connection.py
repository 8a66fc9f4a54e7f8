"""A session to one server: its own trust, no proxy or redirect from the surroundings, real progress."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from supportpoint.errors import SupportPointError
from supportpoint.sync.pace import Pace
from supportpoint.sync.transport import Stop
from supportpoint.sync.wire import pools_at

BLOCK_BYTES = 2 * 1024
"""One record of TLS: what a cut connection had begun of it is lost."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Stopped(Exception):  # noqa: N818 - a wish, not an error
    """The stop event was set in the middle of a body."""


class OwnTrustAdapter(HTTPAdapter):
    """Trusts one TLS context and nothing else; its connections notice when nobody is there any more."""

    def __init__(self, context: ssl.SSLContext, pace: Pace) -> None:
        self._context = context
        self._pace = pace
        super().__init__(pool_connections=1, pool_maxsize=3, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Give every connection our context, and make them all watched ones."""
        kwargs["ssl_context"] = self._context
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = pools_at(self._pace)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave verification to our context: the base class would add every public authority to it."""
        del url, verify, cert
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = None
        conn.ca_cert_dir = None


def _do_nothing() -> None:
    pass


class Body:
    """A request body read in small blocks, so that a timeout bounds each block and not the whole.

    `sent` counts the bytes read for the connection so far, `handed` those it has taken. `on_block` is called
    before each block is read, `on_end` once the connection has taken the last one.
    Errors, out of `read`: Stopped once the stop event is set; SP-202 when our own disk does not give a block.
    """

    def __init__(
        self,
        source: BinaryIO,
        length: int,
        stop: Stop,
        *,
        on_block: Callable[[], None] = _do_nothing,
        on_end: Callable[[], None] = _do_nothing,
    ) -> None:
        self._source = source
        self._length = length
        self._stop = stop
        self._on_block = on_block
        self._on_end = on_end
        self.sent = 0
        self.handed = 0

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[bytes]:
        while block := self.read(BLOCK_BYTES):
            yield block

    def read(self, size: int = -1) -> bytes:
        """Return the next block, at most 2 KiB, and b"" at the end."""
        self._on_block()
        if self._stop.is_set():
            raise Stopped
        self.handed = self.sent
        left = self._length - self.sent
        wanted = min(left, BLOCK_BYTES) if size < 0 else min(left, size, BLOCK_BYTES)
        try:
            block = self._source.read(wanted)
        except OSError as error:  # or it would pass for a broken line
            raise SupportPointError("SP-202", file="blob") from error
        self.sent += len(block)
        if not block:
            self._on_end()
        return block


def make_context(ca_pem: str) -> ssl.SSLContext:
    """Return a TLS context that trusts the given authorities only, from TLS 1.2 on.

    Errors: SP-503 when `ca_pem` holds no certificate.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_pem:
        try:
            context.load_verify_locations(cadata=ca_pem)
        except (ssl.SSLError, ValueError, TypeError) as error:  # TypeError: not ASCII
            raise SupportPointError("SP-503", reason="authority cannot be read") from error
    return context


def open_session(
    server_url: str, ca_pem: str, pace: Pace, context: ssl.SSLContext | None = None
) -> requests.Session:
    """Return a session that reaches only servers under the given authority, or those `context` trusts.

    Plain http is for loopback addresses only: enrolment has nothing but TLS to know the server by.
    Errors: SP-503 for plain http elsewhere, and for an authority that cannot be read.
    """
    address = urlsplit(server_url)
    if address.scheme != "https" and not (address.scheme == "http" and address.hostname in LOOPBACK):
        raise SupportPointError("SP-503", reason="https needed", scheme=address.scheme)
    session = requests.Session()
    session.trust_env = False
    session.headers.clear()
    adapter = OwnTrustAdapter(context or make_context(ca_pem), pace)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def open_at(path: Path, offset: int) -> BinaryIO:
    """Return a file open for reading from `offset`. Errors: SP-202 when it cannot be read."""
    try:
        source = path.open("rb")
    except OSError as error:
        raise SupportPointError("SP-202", file="blob") from error
    source.seek(offset)
    return source
