"""What an operator asks about devices: who is there, and whether their words were compared.

`startup.use_data_dir` comes first in the process; this module imports models.
"""

from __future__ import annotations

from supportpoint.errors import SupportPointError
from supportpoint.sealing.fingerprint import make_fingerprint, same_fingerprint
from supportpoint.server.registry import keys
from supportpoint.server.registry.models import Device
from supportpoint.server.registry.moment import now


def list_devices(device: str = "") -> list[dict[str, object]]:
    """Return every device, or one, oldest first, with the level of its key store and its fingerprint words.

    Errors: SP-803 when there is none of that id.
    """
    rows = Device.objects.order_by("enrolled_at")
    found = list(rows.filter(pk=device) if device else rows)
    if device and not found:
        raise SupportPointError("SP-803", device=device)
    return [
        {
            "device": row.pk,
            "role": row.role,
            "unit": row.commune_id,
            "agency": row.agency,
            "point": row.point_name,
            "asset_tag": row.asset_tag,
            "key_level": row.key_level,
            "fingerprint": fingerprint_of(row),
            "compared": row.compared_at is not None,
            "revoked": row.revoked_at is not None,
            "forked": row.forked_at is not None,
        }
        for row in found
    ]


def fingerprint_of(device: Device) -> str:
    """Return the words that the device shows too, unless somebody stands between. Errors: SP-103, SP-406."""
    return make_fingerprint(
        bytes(device.sign_public), bytes(device.seal_public), keys.server_key().public, keys.root_public()
    )


def confirm(device: str, words: str) -> None:
    """Note that the words read out at the device are ours.

    Errors: SP-803 when there is no such device; SP-812 when they are others: it is not the machine that
            was enrolled here, or it was enrolled somewhere else.
    """
    row = Device.objects.filter(pk=device, revoked_at=None).first()
    if row is None:
        raise SupportPointError("SP-803", device=device)
    if not same_fingerprint(words, fingerprint_of(row)):
        raise SupportPointError("SP-812", device=device)
    Device.objects.filter(pk=device).update(compared_at=now())
