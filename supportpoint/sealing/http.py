"""Signed requests and replies (RFC 9421), behind four functions.

`created` is constant and never judged, because kiosk clocks lie; a random nonce makes every request
signature unique, and a reply covers the signature of the request it answers, so no old reply fits.
Source: docs/envelope.md
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    MappingKeyResolver,
    algorithms,
)

from supportpoint.errors import SupportPointError
from supportpoint.protocol import DEVICE_HEADER, EPOCH_HEADER
from supportpoint.sealing.keys import SignKey

DIGEST_HEADER = "Content-Digest"
SIGNATURE_HEADER = "Signature"

_CREATED = datetime.fromtimestamp(0, UTC)
_HOST = "https://support.point"  # the host is checked by TLS; proxies may change its name
_REPLY_PARTS = ("@status", EPOCH_HEADER.lower(), "content-digest", '"signature";req')
_UPLOAD_PARTS = ("upload-offset", "upload-length")


@dataclass
class _Request:
    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class _Reply:
    status_code: int
    request: _Request
    headers: dict[str, str]


class _TimelessVerifier(HTTPMessageVerifier):
    """Judges no date: a dead clock must not stop a case."""

    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:
        """Accept whatever moment the sender believed in."""


def make_digest(body: bytes) -> bytes:
    """Return SHA-256 of a body, as `sign_request` takes it."""
    return hashlib.sha256(body).digest()


def _digest_field(digest: bytes) -> str:
    return f"sha-256=:{b64encode(digest).decode('ascii')}:"


def _target(url: str) -> str:
    parts = urlsplit(url)
    return _HOST + (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _lowered(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _request_parts(method: str) -> tuple[str, ...]:
    """Return what a request must cover: a blob its place in the file, any other body its digest."""
    parts = ("@method", "@request-target", DEVICE_HEADER.lower())
    if method == "PATCH":
        return parts + _UPLOAD_PARTS
    return (*parts, "content-digest") if method == "POST" else parts


def _sign(message: _Request | _Reply, key: SignKey, key_id: str, parts: tuple[str, ...]) -> dict[str, str]:
    resolver = MappingKeyResolver(public_keys={}, private_keys={key_id: key.private})
    signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519, key_resolver=resolver)
    signer.sign(
        message,
        key_id=key_id,
        created=_CREATED,
        nonce=secrets.token_urlsafe(12),
        label="sp",
        covered_component_ids=parts,
        use_existing_digest="content-digest" in message.headers,
    )
    return {name: message.headers[name] for name in ("Signature-Input", SIGNATURE_HEADER)}


def _check(message: _Request | _Reply, public: bytes, key_id: str, parts: tuple[str, ...]) -> None:
    key = Ed25519PublicKey.from_public_bytes(public)
    resolver = MappingKeyResolver(public_keys={key_id: key}, private_keys={})
    verifier = _TimelessVerifier(signature_algorithm=algorithms.ED25519, key_resolver=resolver)
    verifier.verify(message, max_age=None, require_components=parts)


def sign_request(  # noqa: PLR0913 - the facts of one request, all named
    method: str,
    url: str,
    headers: Mapping[str, str],
    *,
    device: str,
    key: SignKey,
    body_digest: bytes | None,
) -> dict[str, str]:
    """Return the headers that sign a request: Sp-Device, Content-Digest for a body, and the signature.

    Shape:  `body_digest` is `make_digest(body)` for a POST, None otherwise; the headers of a PATCH
            name Upload-Offset and Upload-Length, which are covered instead of a digest.
    """
    added = {DEVICE_HEADER: device}
    if body_digest is not None:
        added[DIGEST_HEADER] = _digest_field(body_digest)
    request = _Request(method, _target(url), _lowered(headers) | _lowered(added))
    return added | _sign(request, key, device, _request_parts(method))


def verify_request(
    method: str,
    url: str,
    headers: Mapping[str, str],
    public_for: Callable[[str], bytes],
    *,
    body: bytes | None = None,
) -> str:
    """Return the device that signed a request.

    Shape:  `public_for` gives the key of a device id and may raise its own error; `body` is compared
            with the digest when given (a PATCH body is checked by the address of its blob instead).
    Errors: SP-405 when anything is missing, altered or signed by another key.
    """
    device = _lowered(headers).get(DEVICE_HEADER.lower(), "")
    if not device:
        raise SupportPointError("SP-405", reason="no device")
    public = public_for(device)
    request = _Request(method, _target(url), _lowered(headers))
    try:
        _check(request, public, device, _request_parts(method))
    except (HTTPMessageSignaturesException, ValueError) as error:
        raise SupportPointError("SP-405", device=device) from error
    if body is not None:
        check_digest(headers, body)
    return device


def check_digest(headers: Mapping[str, str], body: bytes) -> None:
    """Return quietly when `body` is what the Content-Digest header says.

    Errors: SP-405 when it is not.
    """
    if _lowered(headers).get("content-digest") != _digest_field(make_digest(body)):
        raise SupportPointError("SP-405", reason="digest")


def sign_reply(
    status: int, headers: Mapping[str, str], body: bytes, *, key: SignKey, request_signature: str
) -> dict[str, str]:
    """Return the headers that sign a reply: Content-Digest and the signature.

    Shape:  `headers` hold Sp-Epoch; `request_signature` is the Signature header of the request, ""
            when it had none.
    """
    added = {DIGEST_HEADER: _digest_field(make_digest(body))}
    request = _Request("POST", _HOST, {"signature": request_signature})
    reply = _Reply(status, request, _lowered(headers) | _lowered(added))
    return added | _sign(reply, key, key.kid.hex(), _REPLY_PARTS)


def verify_reply(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    public: bytes,
    request_signature: str,
) -> None:
    """Return quietly when the enrolled server sent this very reply to this very request.

    Errors: SP-502 otherwise: a portal's page, another server, an altered or an older reply.
    """
    request = _Request("POST", _HOST, {"signature": request_signature})
    reply = _Reply(status, request, _lowered(headers))
    try:
        _check(reply, public, hashlib.sha256(public).hexdigest()[:16], _REPLY_PARTS)
        check_digest(headers, body)
    except (HTTPMessageSignaturesException, SupportPointError, ValueError) as error:
        raise SupportPointError("SP-502", status=status) from error
