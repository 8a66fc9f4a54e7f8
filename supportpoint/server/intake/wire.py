"""What every endpoint shares: who asks, is the body whole, and a signed answer whatever happens."""

from __future__ import annotations

import errno
import functools
import logging
from collections.abc import Callable

import msgspec
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from supportpoint.errors import SupportPointError
from supportpoint.protocol import EPOCH_HEADER, JSON, MSGPACK, M, Message, Problem, decode, encode
from supportpoint.sealing.compression import ZSTD, decompress
from supportpoint.sealing.http import sign_reply, verify_request
from supportpoint.server.intake.gates import Gate
from supportpoint.server.registry.keys import server_key
from supportpoint.server.registry.marks import current_epoch
from supportpoint.server.registry.models import Device

log = logging.getLogger(__name__)

STATUS_OF = {
    "SP-110": 503,
    "SP-405": 401,
    "SP-504": 401,
    "SP-505": 503,
    "SP-507": 403,
    "SP-801": 400,
    "SP-802": 413,
    "SP-803": 404,
    "SP-805": 460,
    "SP-806": 409,
    "SP-905": 400,
    "SP-906": 400,
}
BUSY = 503
BUSY_RETRY_S = 5
METHOD_REFUSED = 405
DISK_TROUBLES = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS})
"""What a disk says that is full or failing: nothing is wrong with what was sent."""
View = Callable[..., HttpResponse]


def find_media(request: HttpRequest) -> str:
    """Return what a request is written in: JSON where a tool says so, MessagePack otherwise."""
    header = "Content-Type" if request.method == "POST" else "Accept"
    named = request.headers.get(header, "").partition(";")[0].strip().lower()
    return JSON if named == JSON else MSGPACK


def reply(request: HttpRequest, message: Message | None, status: int = 200, **headers: str) -> HttpResponse:
    """Return a signed answer; `headers` are named with underscores. An answer to HEAD has no body to sign."""
    media = find_media(request)
    body = b"" if message is None or request.method == "HEAD" else encode(message, media)
    all_headers = {name.replace("_", "-"): value for name, value in headers.items()}
    all_headers[EPOCH_HEADER] = getattr(message, "epoch", "") or current_epoch()
    if request.method != "HEAD":
        all_headers["Content-Length"] = str(len(body))
    signature = request.headers.get("Signature", "")
    all_headers |= sign_reply(status, all_headers, body, key=server_key(), request_signature=signature)
    return HttpResponse(body, status=status, content_type=media, headers=all_headers)


def refuse(request: HttpRequest, error: SupportPointError) -> HttpResponse:
    """Return a signed Problem. Facts of the server's own folder never leave it."""
    status = STATUS_OF.get(error.code, 500)
    log.info("refused %s %s with %s", request.method, status, error.code)
    facts = {name: str(value) for name, value in error.facts.items()} if status < 500 else {}
    headers = {}
    if status == BUSY:
        headers["Retry_After"] = str(error.facts.get("retry_after_s", BUSY_RETRY_S))
    if error.code == "SP-806":
        headers["Upload_Offset"] = str(error.facts["offset"])
    return reply(request, Problem(code=error.code, facts=facts), status, **headers)


def endpoint(gate: Gate) -> Callable[[View], View]:
    """Return a decorator: admit through `gate`, answer every refusal in the protocol's own words."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @functools.wraps(view)
        def answer(request: HttpRequest, **parts: str) -> HttpResponse:
            try:
                with gate.admitted():
                    return view(request, **parts)
            except SupportPointError as error:
                return refuse(request, error)
            except OperationalError as error:
                log.warning("database is busy: %s", type(error.__cause__).__name__)
                return refuse(request, SupportPointError("SP-505", retry_after_s=BUSY_RETRY_S))
            except OSError as error:
                if error.errno not in DISK_TROUBLES:
                    raise
                log.warning("a file could not be kept: %s", errno.errorcode[error.errno])
                return refuse(request, SupportPointError("SP-505", retry_after_s=BUSY_RETRY_S))

        return answer

    return decorate


def answer_methods(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Return middleware that refuses a method of the devices' interface in the protocol's own words."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != METHOD_REFUSED or not request.path.startswith("/api/"):
            return response
        problem = Problem(code="SP-801", facts={"reason": "method"})
        try:
            return reply(request, problem, METHOD_REFUSED, Allow=response.headers["Allow"])
        except (SupportPointError, DatabaseError):  # nothing can be signed, as in `answer_fault`
            return response

    return answer


def answer_fault(request: HttpRequest) -> HttpResponse:
    """Answer a request that made this program fail: signed, so that no portal's page looks like it.

    Without the keys or the database nothing can be signed; the answer is then empty.
    """
    try:
        return refuse(request, SupportPointError("SP-809"))
    except (SupportPointError, DatabaseError):
        return HttpResponse(status=500)


def read_body(request: HttpRequest, limit: int) -> bytes:
    """Return the whole body. Errors: SP-802 beyond `limit` bytes, SP-801 without a length or cut off."""
    length = request.headers.get("Content-Length", "")
    if not (length.isascii() and length.isdigit()):
        raise SupportPointError("SP-801", reason="no length")
    if int(length) > limit:
        raise SupportPointError("SP-802", limit=limit)
    try:
        body = request.read(int(length))
    except (UnreadablePostError, OSError) as error:
        raise SupportPointError("SP-801", reason="cut off") from error
    if len(body) != int(length):
        raise SupportPointError("SP-801", reason="cut off")
    return body


def unpack(request: HttpRequest, body: bytes, limit: int) -> bytes:
    """Return what a body holds, which may have come as a frame of zstd.

    Errors: SP-801 for a damaged frame, one that holds more than `limit` bytes, and any other encoding.
    """
    encoding = request.headers.get("Content-Encoding", "")
    if not encoding:
        return body
    if encoding != ZSTD:
        raise SupportPointError("SP-801", reason="encoding")
    try:
        return decompress(body, b"", limit)
    except SupportPointError as error:
        raise SupportPointError("SP-801", reason="encoding") from error


def read_as(body: bytes, kind: type[M], media: str = MSGPACK) -> M:
    """Return the struct in a body. Errors: SP-801."""
    try:
        return decode(body, kind, media)
    except msgspec.DecodeError as error:
        raise SupportPointError("SP-801", reason="not a message") from error


def check_sender(request: HttpRequest, public_for: Callable[[str], bytes], body: bytes | None) -> str:
    """Return the device id that signed the request. Errors: SP-405."""
    url = request.get_full_path()
    return verify_request(request.method or "GET", url, dict(request.headers), public_for, body=body)


def get_device(request: HttpRequest, body: bytes | None) -> Device:
    """Return the enrolled device that signed the request.

    Errors: SP-405 signature, SP-504 unknown or revoked device.
    """
    found: dict[str, Device] = {}

    def public_for(device_id: str) -> bytes:
        device = Device.objects.filter(pk=device_id, revoked_at=None).first()
        if device is None:
            raise SupportPointError("SP-504", device=device_id[:36])
        found[device_id] = device
        return bytes(device.sign_public)

    return found[check_sender(request, public_for, body)]
