"""Take in sealed drops: whose request it was is known here for a moment, and goes no further."""

from __future__ import annotations

from uuid import UUID

import msgspec

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Drop, DropReceipt, decode, unsigned
from supportpoint.sealing.drops import check_drop
from supportpoint.server.registry.drops import keep_drops
from supportpoint.server.registry.keys import server_key
from supportpoint.server.registry.marks import current_epoch

RANDOM_UUID = 4


def take_drops(raws: tuple[msgspec.Raw, ...]) -> DropReceipt | None:
    """Store the drops of a request; return the signed word on them, None when it brought none.

    What has not the shape of a drop is in no receipt and stays with its sender. Nothing is logged.
    """
    if not raws:
        return None
    drops = [drop for drop in map(_read, raws) if drop is not None]
    receipt = DropReceipt(epoch=current_epoch(), drops=keep_drops(drops))
    return msgspec.structs.replace(receipt, signature=server_key().sign(unsigned(receipt)))


def _read(raw: msgspec.Raw) -> Drop | None:
    try:
        drop = decode(bytes(raw), Drop)
        if UUID(drop.id).version != RANDOM_UUID:
            return None
        check_drop(drop)
    except (msgspec.DecodeError, SupportPointError, ValueError):
        return None
    return drop
