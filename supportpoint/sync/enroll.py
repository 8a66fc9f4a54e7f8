"""Become a device of the province: a one-time code and public keys go out, an identity comes back."""

from __future__ import annotations

import hashlib
import io
import secrets
from dataclasses import dataclass
from threading import Event

from supportpoint.clock import SystemClock
from supportpoint.errors import SupportPointError
from supportpoint.protocol import MSGPACK, EnrollReply, EnrollRequest, encode
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.http import sign_request
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import read_keyset
from supportpoint.sync.connection import Body, open_session
from supportpoint.sync.pace import Pace
from supportpoint.sync.reply import (
    NETWORK_ERRORS,
    Reply,
    check_reply,
    check_shape,
    network_error,
    raise_for_refusal,
    read_message,
    read_reply,
)

TIMEOUT_S = (8.0, 30.0)
CODE_REFUSED = 403
NEW_DEVICE = "new"
"""What a device that has no id yet calls itself in its first signed request."""


@dataclass(frozen=True)
class Applicant:
    """The keys of a machine that asks for an identity; only the public halves leave it."""

    sign: SignKey
    seal: SealKey
    level: str = ""
    role: str = "kiosk"
    asset_tag: str = ""


def enroll(server_url: str, code: str, applicant: Applicant, ca_pem: str) -> DeviceIdentity:
    """Trade a one-time code for this device's identity. Nothing is saved here.

    Trust:  the answer comes over TLS under `ca_pem`, repeats our nonce, is signed by the key it
            names as the server's, and its keyset is signed by the root it names.
    Errors: SP-507 code wrong, used, too old, or for another role or machine; SP-504 these keys were
            revoked; SP-501, 502, 503, 505, 506 as for any request; SP-406 when the keyset does not stand.
    """
    address = server_url.rstrip("/")
    request = EnrollRequest(
        code=code.strip().upper(),
        role=applicant.role,
        sign_public=applicant.sign.public,
        seal_public=applicant.seal.public,
        nonce=secrets.token_bytes(16),
        key_level=applicant.level,
        asset_tag=applicant.asset_tag,
    )
    reply, signature = _ask(address, encode(request), applicant.sign, ca_pem)
    check_shape(reply)
    if reply.status == CODE_REFUSED:
        raise SupportPointError("SP-507", status=reply.status)
    raise_for_refusal(reply)
    granted = read_message(reply, EnrollReply)
    check_reply(reply, server_public=granted.server_public, request_signature=signature)
    if granted.nonce != request.nonce:
        raise SupportPointError("SP-502", reason="nonce")
    read_keyset(granted.keyset, granted.root_public)
    return DeviceIdentity(
        device=granted.device,
        role=applicant.role,
        server_url=address,
        commune_code=granted.commune_code,
        commune_name=granted.commune_name,
        point_name=granted.point_name,
        province_code=granted.province_code,
        server_public=granted.server_public,
        root_public=granted.root_public,
        keyset=granted.keyset,
        epoch=granted.epoch,
        ca_pem=ca_pem,
    )


def _ask(address: str, content: bytes, key: SignKey, ca_pem: str) -> tuple[Reply, str]:
    url = address + "/api/v1/enroll"
    headers = {"Content-Type": MSGPACK, "User-Agent": "supportpoint"}
    headers |= sign_request(
        "POST", url, headers, device=NEW_DEVICE, key=key, body_digest=hashlib.sha256(content).digest()
    )
    with open_session(address, ca_pem, Pace()) as session:
        try:
            response = session.post(
                url,
                data=Body(io.BytesIO(content), len(content), Event()),
                headers=headers,
                timeout=TIMEOUT_S,
                allow_redirects=False,
                stream=True,
            )
        except NETWORK_ERRORS as error:
            raise network_error(error) from error
        return read_reply(response, SystemClock()), headers["Signature"]
