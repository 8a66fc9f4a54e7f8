"""A one-time code and public keys come in, a device comes out; asking again changes nothing."""

from __future__ import annotations

from django.db import transaction

from supportpoint.clock import make_uuid7
from supportpoint.errors import SupportPointError
from supportpoint.protocol import EnrollReply, EnrollRequest
from supportpoint.server.registry.codes import ROLES, hash_code
from supportpoint.server.registry.keys import keyset_bytes, root_public, server_key
from supportpoint.server.registry.marks import current_epoch
from supportpoint.server.registry.models import Device, EnrolmentCode
from supportpoint.server.registry.moment import now

KEY_BYTES = 32


def _new_device(code: EnrolmentCode, asked: EnrollRequest) -> Device:
    moment = now()
    return Device.objects.create(
        id=str(make_uuid7(moment)),
        role=asked.role,
        commune=code.commune,
        province_code=code.commune.province_code,
        point_name=code.point_name,
        sign_public=asked.sign_public,
        seal_public=asked.seal_public,
        key_level=asked.key_level[:16] if asked.key_level.isprintable() else "",
        asset_tag=code.asset_tag,
        agency=code.agency,
        enrolled_at=moment,
    )


def _known_device(code: EnrolmentCode, asked: EnrollRequest) -> Device | None:
    """A machine that lost its identity but kept its keys is the same device, in its own place only.

    Errors: SP-504 when these keys were revoked: the machine makes new ones and asks again with this code.
    """
    device = Device.objects.filter(sign_public=asked.sign_public).first()
    if device is None:
        return None
    place = (device.commune_id, device.role, device.agency)
    same = place == (code.commune_id, code.role, code.agency)
    if not same or bytes(device.seal_public) != asked.seal_public:
        raise SupportPointError("SP-507")
    if device.revoked_at is not None:
        raise SupportPointError("SP-504")
    return device


def enroll(asked: EnrollRequest) -> Device:
    """Return the device of this code and these keys.

    Errors: SP-507 for a code that is unknown, too old, used with other keys, or made for another role
            or machine; SP-504 for keys that were revoked; SP-801 for keys or a role that are none.
    """
    right_size = len(asked.sign_public) == len(asked.seal_public) == KEY_BYTES
    if asked.role not in ROLES or not right_size:
        raise SupportPointError("SP-801", reason="role or keys")
    with transaction.atomic():
        codes = EnrolmentCode.objects.select_for_update(of=("self",)).select_related("commune", "device")
        code = codes.filter(code_hash=hash_code(asked.code)).first()
        if code is None or (code.role, code.asset_tag or asked.asset_tag) != (asked.role, asked.asset_tag):
            raise SupportPointError("SP-507")
        if code.device is not None:
            same = bytes(code.device.sign_public) == asked.sign_public and code.device.revoked_at is None
            if not same or bytes(code.device.seal_public) != asked.seal_public:
                raise SupportPointError("SP-507")
            return code.device
        if code.expires_at < now():
            raise SupportPointError("SP-507")
        code.device = _known_device(code, asked) or _new_device(code, asked)
        code.save(update_fields=["device"])
        return code.device


def make_identity(device: Device, nonce: bytes) -> EnrollReply:
    """Return what a device must know of us and of itself."""
    return EnrollReply(
        device=device.id,
        commune_code=device.commune_id,
        commune_name=device.commune.name,
        point_name=device.point_name,
        province_code=device.province_code,
        server_public=server_key().public,
        root_public=root_public(),
        keyset=keyset_bytes(),
        epoch=current_epoch(),
        nonce=nonce,
    )
