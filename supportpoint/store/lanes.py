"""Which items go first. Nothing new is written down for it: the open header names the readers anyway."""

from __future__ import annotations

from supportpoint.errors import SupportPointError
from supportpoint.sealing.envelope import read_header
from supportpoint.store.identity import find_identity, get_keyset
from supportpoint.store.opening import Opened

URGENT, ORDINARY = 0, 1
URGENT_PURPOSE = "legal_aid"


def find_lane(opened: Opened, envelope: bytes) -> int:
    """Return the lane of an envelope: urgent when one of its readers is a legal-aid agency.

    Whatever cannot be told is ordinary: a lane is about order, and never about whether.
    """
    identity = find_identity(opened)
    if identity is None:
        return ORDINARY
    try:
        kids = set(read_header(envelope).kids)
        keys = get_keyset(identity).keys
    except SupportPointError:
        return ORDINARY
    is_urgent = any(key.kid in kids and key.purpose == URGENT_PURPOSE for key in keys)
    return URGENT if is_urgent else ORDINARY
