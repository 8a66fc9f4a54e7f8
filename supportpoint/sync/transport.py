"""What a sync pass asks of a way to the server. HTTPS is one way, a test's memory another."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from supportpoint.protocol import ResyncReply, ResyncRequest, SyncReply, SyncRequest, TimeReply
from supportpoint.sync.pace import Pace


class Stop(Protocol):
    """The part of `threading.Event` that stops a pass, so that tests wait for nothing."""

    def is_set(self) -> bool:
        """Return whether the pass is to end."""

    def wait(self, timeout: float) -> bool:
        """Wait at most `timeout` seconds; return whether the pass is to end."""


class Transport(Protocol):
    """A way to the enrolled server, and to no other.

    Errors, of every method: SP-501 no answer or a broken one; SP-502 an answer that is not our
    server's; SP-503 its certificate is not trusted; SP-504 it refuses this device; SP-505 it is
    busy, `retry_after_s` says how long; SP-506 it refuses the request, `status` is the HTTP status.
    After an error nothing may be concluded about what the server has done.
    """

    pace: Pace

    def sync(self, request: SyncRequest) -> SyncReply:
        """Send items and fetch changes in one round trip."""

    def resync(self, request: ResyncRequest) -> ResyncReply:
        """Compare what is held with what the server has: a page of its manifest, or the rows asked for."""

    def blob_offset(self, sha256: bytes) -> int:
        """Return how many bytes of a blob the server holds, 0 when it has never seen it."""

    def send_blob(self, sha256: bytes, path: Path, offset: int, length: int, stop: Stop) -> int:
        """Send a blob from `offset` to its full `length`; return the server's offset afterwards.

        The offset returned is lower or higher than `length` when the server was elsewhere: go on there.
        A server that stands beyond `offset` passes over what it has.
        Errors: SP-506 with status 460 when the bytes do not have this hash; SP-501 with `sent_bytes` and,
                where the system tells it, `acked_bytes`.
        """

    def fetch_bundle(self, sha256: bytes) -> bytes:
        """Return the bytes with this hash. Errors: SP-502 when the answer has another hash."""

    def forget_bundle(self, sha256: bytes) -> None:
        """Let go of what is kept of a fetched package: it is installed."""

    def time(self) -> TimeReply:
        """Return the server's clock, bound to a fresh nonce."""
