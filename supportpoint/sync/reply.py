"""Read an answer within limits, and decide whether it is our server's word at all."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TypeVar

import msgspec
import requests
import urllib3

from supportpoint.clock import Clock
from supportpoint.errors import SupportPointError
from supportpoint.protocol import EPOCH_HEADER, MSGPACK, Message, Problem, decode
from supportpoint.sealing.http import verify_reply
from supportpoint.sync.download import Download
from supportpoint.sync.wire import list_causes

READ_BYTES = 16 * 1024
MAX_REPLY_BYTES = 4 * 1024 * 1024
REPLY_DEADLINE_S = 180.0
REFUSED_DEVICE = frozenset({401, 403})
BUSY = frozenset({429, 503})

M = TypeVar("M", bound=Message)


@dataclass(frozen=True)
class Reply:
    """An answer as it came: status, headers, whole body. Trusted only after `check_reply`."""

    status: int
    headers: dict[str, str]
    body: bytes

    def header(self, name: str) -> str:
        """Return a header by its name in any case, "" when it is not there."""
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), "")


def network_error(error: Exception) -> SupportPointError:
    """Return SP-503 for a certificate that does not hold, SP-501 for any other failure of the link."""
    for cause in list_causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = cause.verify_message or "certificate"
            return SupportPointError("SP-503", reason=reason, verify_code=cause.verify_code)
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
            return SupportPointError("SP-503", reason=cause.reason or "tls")
    return SupportPointError("SP-501", reason=type(error).__name__)


def read_reply(
    response: requests.Response,
    clock: Clock,
    max_bytes: int = MAX_REPLY_BYTES,
    kept: Download | None = None,
) -> Reply:
    """Return the whole answer; the connection goes back to the session only when all of it was read.

    Shape:  with `kept`, the body of a 206 goes on where `kept` ends and a 200 starts it anew; what
            arrived stays in `kept` when the connection breaks.
    Errors: SP-501 when the body breaks off or drips for more than three minutes; SP-502 when it
            is larger than `max_bytes` or encoded, which ours never is.
    """
    body: bytearray | Download = (
        kept if kept is not None and response.status_code in {200, 206} else bytearray()
    )
    if response.status_code != 206:
        body.clear()
    try:
        _read_into(body, response, clock, max_bytes)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        response.close()
        raise network_error(error) from error
    except SupportPointError:
        response.close()
        raise
    return Reply(response.status_code, dict(response.headers), bytes(body))


def _read_into(body: bytearray | Download, response: requests.Response, clock: Clock, max_bytes: int) -> None:
    if response.headers.get("Content-Encoding"):
        raise SupportPointError("SP-502", reason="encoded")
    until_s = clock.monotonic_s() + REPLY_DEADLINE_S
    start = len(body)
    while block := response.raw.read1(READ_BYTES, decode_content=False):
        body.extend(block)
        if len(body) > max_bytes:
            raise SupportPointError("SP-502", reason="too large")
        if clock.monotonic_s() > until_s:
            raise SupportPointError("SP-501", reason="too slow")
    expected = find_number(response.headers.get("Content-Length", ""))
    if expected is not None and expected != len(body) - start and response.request.method != "HEAD":
        raise SupportPointError("SP-501", reason="truncated")


def check_shape(reply: Reply) -> None:
    """Return quietly when an answer looks like our protocol. Errors: SP-502: no epoch, or another type."""
    if not reply.header(EPOCH_HEADER):
        raise SupportPointError("SP-502", reason="no epoch", status=reply.status)
    if reply.body and reply.header("Content-Type") != MSGPACK:
        raise SupportPointError("SP-502", reason="content type", status=reply.status)


def check_reply(reply: Reply, *, server_public: bytes, request_signature: str) -> None:
    """Return quietly when this is our server's answer to this very request, whatever it says.

    Errors: SP-502 otherwise: no epoch, another content type, another signature. Changes nothing.
    """
    check_shape(reply)
    verify_reply(
        reply.status, reply.headers, reply.body, public=server_public, request_signature=request_signature
    )


def find_number(text: str) -> int | None:
    """Return the whole number that a header says, None when it says none; "²" is a digit to Python alone."""
    return int(text) if text.isascii() and text.isdigit() else None


def raise_for_refusal(reply: Reply) -> None:
    """Return quietly for a success.

    Errors: SP-504 for 401 and 403; SP-505 for 429 and 503 with `retry_after_s`; SP-506 for any other.
    """
    if 200 <= reply.status < 300:
        return
    facts: dict[str, object] = {"status": reply.status, "server_code": _problem_code(reply.body)}
    if reply.status in REFUSED_DEVICE:
        raise SupportPointError("SP-504", **facts)
    if reply.status in BUSY:
        raise SupportPointError(
            "SP-505", **facts, retry_after_s=find_number(reply.header("Retry-After")) or 0
        )
    raise SupportPointError("SP-506", **facts)


def read_message(reply: Reply, kind: type[M]) -> M:
    """Return the struct in a checked answer. Errors: SP-502 when our server's body is not one."""
    try:
        return decode(reply.body, kind)
    except msgspec.DecodeError as error:
        raise SupportPointError("SP-502", reason="body", status=reply.status) from error


def _problem_code(body: bytes) -> str:
    try:
        return decode(body, Problem).code
    except msgspec.DecodeError:
        return ""


NETWORK_ERRORS = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)
"""What a broken link raises; `Stopped` is not among them."""
