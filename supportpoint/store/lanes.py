"""Which items go first. Nothing new is written down for it: the open header names the readers anyway."""

from __future__ import annotations

from functools import lru_cache

from supportpoint.errors import SupportPointError
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.envelope import read_header
from supportpoint.sealing.keyset import read_keyset

URGENT, ORDINARY = 0, 1
URGENT_PURPOSE = "legal_aid"


def find_lane(identity: DeviceIdentity | None, envelope: bytes) -> int:
    """Return the lane of an envelope: urgent when one of its readers is a legal-aid agency.

    Whatever cannot be told is ordinary: a lane is about order, and never about whether.
    """
    if identity is None:
        return ORDINARY
    try:
        kids = set(read_header(envelope).kids)
        return URGENT if kids & _urgent_kids(identity.keyset, identity.root_public) else ORDINARY
    except SupportPointError:
        return ORDINARY


@lru_cache(maxsize=1)
def _urgent_kids(keyset: bytes, root_public: bytes) -> frozenset[bytes]:
    """Read a keyset once for all the items queued under it. Errors: SP-406."""
    keys = read_keyset(keyset, root_public).keys
    return frozenset(key.kid for key in keys if key.purpose == URGENT_PURPOSE)
