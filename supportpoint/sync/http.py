"""The way to the server over HTTPS: signed requests, verified answers, uploads that resume."""

from __future__ import annotations

import hashlib
import io
import logging
import secrets
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode

import requests

from supportpoint.clock import Clock, SystemClock
from supportpoint.courier_messages import CourierReply, CourierRequest
from supportpoint.errors import SupportPointError
from supportpoint.protocol import (
    EPOCH_HEADER,
    MSGPACK,
    M,
    Message,
    ResyncReply,
    ResyncRequest,
    SyncReply,
    SyncRequest,
    TimeReply,
    encode,
)
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.compression import ZSTD, compress
from supportpoint.sealing.http import sign_request
from supportpoint.sealing.keys import SignKey
from supportpoint.store.signed_clock import SignedClock
from supportpoint.sync.connection import BLOCK_BYTES, Body, Stopped, make_context, open_at, open_session
from supportpoint.sync.dating import date_by, is_date_error, leave_dates
from supportpoint.sync.download import Download, path_of
from supportpoint.sync.pace import Pace
from supportpoint.sync.precedence import Precedence
from supportpoint.sync.reply import (
    MAX_REPLY_BYTES,
    NETWORK_ERRORS,
    Reply,
    check_reply,
    find_number,
    network_error,
    raise_for_refusal,
    read_message,
    read_reply,
)
from supportpoint.sync.transport import Stop
from supportpoint.sync.wire import find_unacked

READ_TIMEOUT_S = 15.0
SLOWEST_BYTES_PER_S = 8 * 1024
READ_TIMEOUT_CAP_S = 60.0
MAX_BUNDLE_BYTES = 64 * 1024 * 1024
OFFSET_HEADER = "Upload-Offset"
LENGTH_HEADER = "Upload-Length"
OFFSET_CONFLICT = 409
NOT_FOUND = 404

log = logging.getLogger(__name__)

R = TypeVar("R", SyncReply, ResyncReply, CourierReply)


@dataclass(frozen=True)
class Call:
    """One request to be made. `digest` is SHA-256 of the whole body, None where the address checks it."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: Body | None = None
    digest: bytes | None = None
    max_reply_bytes: int = MAX_REPLY_BYTES
    kept: Download | None = None


class HttpTransport:
    """Transport over HTTPS for one enrolled device. Usable from several threads at once.

    Errors: those of `Transport`; SP-503 from the constructor when the authority cannot be read.
    """

    def __init__(
        self,
        identity: DeviceIdentity,
        key: SignKey,
        *,
        stop: Stop,
        clock: Clock | None = None,
        downloads: Path | None = None,
    ) -> None:
        """Take who we are and the folder for packages on their way; without one they wait in memory only."""
        self.pace = Pace()
        self._precedence = Precedence()
        self._identity = identity
        self._key = key
        self._stop = stop
        self._clock = clock if isinstance(clock, SignedClock) else SignedClock(clock or SystemClock())
        self._session = self._open_session()
        self._downloads = downloads
        self._half: Download | None = None

    def close(self) -> None:
        """Close the kept connections."""
        self._session.close()

    def sync(self, request: SyncRequest) -> SyncReply:
        """Send items and fetch changes in one round trip."""
        reply = self._post("/api/v1/sync", request, SyncReply)
        self._clock.hear(reply.now)
        return reply

    def resync(self, request: ResyncRequest) -> ResyncReply:
        """Compare what is held with what the server has: a page of its manifest, or the rows asked for."""
        return self._post("/api/v1/resync", request, ResyncReply)

    def courier(self, request: CourierRequest) -> CourierReply:
        """Bring items of another device, in the name of the letter they came in."""
        return self._post("/api/v1/courier", request, CourierReply)

    def _post(self, path: str, request: Message, kind: type[R]) -> R:
        headers, content = _pack(request)
        body = Body(
            io.BytesIO(content),
            len(content),
            self._stop,
            on_block=self._precedence.take,
            on_end=self._precedence.release,
        )
        call = Call(
            method="POST",
            path=path,
            headers=headers,
            body=body,
            digest=hashlib.sha256(content).digest(),
        )
        try:
            reply = self._ask(call)
        finally:
            self._precedence.release()
        raise_for_refusal(reply)
        message = read_message(reply, kind)
        if message.epoch != reply.header(EPOCH_HEADER):
            raise SupportPointError("SP-502", reason="epochs differ")
        return message

    def blob_offset(self, sha256: bytes) -> int:
        """Return how many bytes of a blob the server holds, 0 when it has never seen it."""
        reply = self._ask(Call(method="HEAD", path=f"/api/v1/blobs/{sha256.hex()}"))
        if reply.status == NOT_FOUND:
            return 0
        raise_for_refusal(reply)
        return _offset_of(reply)

    def send_blob(self, sha256: bytes, path: Path, offset: int, length: int, stop: Stop) -> int:
        """Send a blob from `offset` on; return the server's offset afterwards.

        Errors: as `Transport`; SP-501 carries `sent_bytes`, what had left this machine by then, and
                `acked_bytes` where the system knows how much of it the other end has received.
        """
        size = self.pace.next_chunk(length - offset)
        with open_at(path, offset) as source:
            body = Body(source, size, stop, on_block=self._precedence.give_way)
            call = Call(
                method="PATCH",
                path=f"/api/v1/blobs/{sha256.hex()}",
                headers={
                    "Content-Type": "application/octet-stream",
                    OFFSET_HEADER: str(offset),
                    LENGTH_HEADER: str(length),
                },
                body=body,
            )
            try:
                reply = self._ask(call)
            except SupportPointError as error:
                error.facts["sent_bytes"] = body.sent
                unacked = error.facts.pop("unacked_bytes", None)
                if isinstance(unacked, int):
                    whole_records = max(body.handed - unacked, 0) // BLOCK_BYTES
                    error.facts["acked_bytes"] = whole_records * BLOCK_BYTES
                raise
        if reply.status == NOT_FOUND:
            return 0
        if reply.status != OFFSET_CONFLICT:
            raise_for_refusal(reply)
        return _offset_of(reply)

    def fetch_bundle(self, sha256: bytes) -> bytes:
        """Return the bytes with this hash; a broken download goes on where it stopped.

        The hash came in a signed answer, so the bytes need no signature of the server's here.
        """
        kept = self._half
        if kept is None or not kept.is_for(sha256):
            kept = self._half = Download(sha256, self._downloads)
        if not kept.is_whole:
            self._fetch_rest(sha256, kept)
        if not kept.is_whole:
            kept.clear()
            raise SupportPointError("SP-502", reason="bundle hash", sha256=sha256.hex())
        content = bytes(kept)
        # Its file stays until `forget_bundle`: what is refused today is not fetched again tomorrow.
        self._half = None
        return content

    def forget_bundle(self, sha256: bytes) -> None:
        """Delete what was kept of a package, for it is installed."""
        if self._downloads is not None:
            with suppress(OSError):
                path_of(sha256, self._downloads).unlink(missing_ok=True)

    def _fetch_rest(self, sha256: bytes, kept: Download) -> None:
        resume = {"Range": f"bytes={len(kept)}-", "If-Range": f'"{sha256.hex()}"'} if len(kept) else {}
        call = Call(
            method="GET",
            path=f"/api/v1/bundles/{sha256.hex()}",
            headers=resume,
            max_reply_bytes=MAX_BUNDLE_BYTES,
            kept=kept,
        )
        try:
            raise_for_refusal(self._ask(call))
        except SupportPointError as error:
            if error.code != "SP-501":
                kept.clear()  # what we have is no beginning of it
            raise

    def time(self) -> TimeReply:
        """Return the server's clock, bound to a fresh nonce. Errors: SP-502 for another's nonce."""
        return self._ask_time(self._ask)

    def _ask_time(self, ask: Callable[[Call], Reply]) -> TimeReply:
        nonce = secrets.token_bytes(16)
        reply = ask(Call(method="GET", path="/api/v1/time?" + urlencode({"nonce": nonce.hex()})))
        raise_for_refusal(reply)
        message = read_message(reply, TimeReply)
        if message.nonce != nonce:
            raise SupportPointError("SP-502", reason="nonce")
        self._clock.hear(message.now)
        return message

    def fetch_message(self, path: str, kind: type[M]) -> M:
        """Return the message that our server answers at `path`, such as an agency's cases."""
        reply = self._ask(Call(method="GET", path=path, max_reply_bytes=MAX_BUNDLE_BYTES))
        raise_for_refusal(reply)
        return read_message(reply, kind)

    def _ask(self, call: Call) -> Reply:
        try:
            return self._ask_through(self._session, call)
        except SupportPointError as error:
            if not is_date_error(error):
                raise
            self._learn_time()
        return self._ask_through(self._session, call)

    def _learn_time(self) -> None:
        """Ask once for the time with no date checked; from then on judge certificates by the answer."""
        undated = self._open_session(leave_dates(make_context(self._identity.ca_pem)))
        with undated:
            self._ask_time(lambda call: self._ask_through(undated, call))
        context = date_by(make_context(self._identity.ca_pem), self._clock.trusted)
        old, self._session = self._session, self._open_session(context)
        old.close()

    def _open_session(self, context: ssl.SSLContext | None = None) -> requests.Session:
        session = open_session(self._identity.server_url, self._identity.ca_pem, self.pace, context)
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        return session

    def _ask_through(self, session: requests.Session, call: Call) -> Reply:
        if self._stop.is_set():
            raise SupportPointError("SP-501", reason="stopped")
        url = self._identity.server_url + call.path
        headers = dict(call.headers) | {"User-Agent": "supportpoint"}
        headers |= sign_request(
            call.method,
            url,
            headers,
            device=self._identity.device,
            key=self._key,
            body_digest=call.digest,
        )
        reply = self._exchange(session, call, url, headers)
        if call.kept is None or reply.status >= 300:
            check_reply(
                reply,
                server_public=self._identity.server_public,
                request_signature=headers["Signature"],
            )
        return reply

    def _exchange(self, session: requests.Session, call: Call, url: str, headers: dict[str, str]) -> Reply:
        size = len(call.body) if call.body is not None else 0
        began_s = self._clock.monotonic_s()
        read_timeout_s = min(READ_TIMEOUT_S + size / SLOWEST_BYTES_PER_S, READ_TIMEOUT_CAP_S)
        try:
            response = session.request(
                call.method,
                url,
                headers=headers,
                data=call.body,
                timeout=(self.pace.stall_s, read_timeout_s),
                allow_redirects=False,
                stream=True,
            )
        except Stopped as error:
            raise SupportPointError("SP-501", reason="stopped") from error
        except NETWORK_ERRORS as error:
            raise self._explain(call, error) from error
        if call.method == "PATCH" and response.status_code < 300:
            self.pace.note_rate(size, self._clock.monotonic_s() - began_s)
        return read_reply(response, self._clock, call.max_reply_bytes, call.kept)

    def _explain(self, call: Call, error: Exception) -> SupportPointError:
        """Return what a broken connection means, with what it had not delivered."""
        found = network_error(error)
        log.info(
            "broken %s %s handed=%s", call.method, found.facts.get("reason"), call.body and call.body.handed
        )
        unacked = find_unacked(error)
        if unacked is not None:
            found.facts["unacked_bytes"] = unacked
        return found


def _pack(request: Message) -> tuple[dict[str, str], bytes]:
    """Return headers and body of a message, as a frame where that is smaller.

    Sealed answers do not compress; what stands around them is the same again and again: a sixth of a batch.
    """
    content = encode(request)
    frame = compress(content, b"")
    if len(frame) < len(content):
        return {"Content-Type": MSGPACK, "Content-Encoding": ZSTD}, frame
    return {"Content-Type": MSGPACK}, content


def _offset_of(reply: Reply) -> int:
    offset = find_number(reply.header(OFFSET_HEADER))
    if offset is None:
        raise SupportPointError("SP-502", reason="no offset", status=reply.status)
    return offset
