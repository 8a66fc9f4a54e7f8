"""One-time enrolment codes: 60 random bits, good for 24 hours, one device and one role."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from supportpoint.server.registry.models import EnrolmentCode, Unit
from supportpoint.server.registry.moment import now

KIOSK, DESK, READER = "kiosk", "desk", "reader"
ROLES = (KIOSK, DESK, READER)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GOOD_FOR = timedelta(hours=24)
_LOOKALIKES = str.maketrans("OIL", "011", " -")


def hash_code(text: str) -> bytes:
    """Return what is stored of a code, however it was typed."""
    return hashlib.sha256(text.upper().translate(_LOOKALIKES).encode()).digest()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a device will stand and as what. `agency` is whose cases a reader reads, "" for other roles."""

    unit: Unit
    point_name: str
    role: str = KIOSK
    asset_tag: str = ""
    agency: str = ""


def make_code(place: Place) -> str:
    """Return a new code such as 4K2M-9XW3-T7QA, ready for one device of that place."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    EnrolmentCode.objects.create(
        code_hash=hash_code(text),
        commune=place.unit,
        point_name=place.point_name,
        role=place.role,
        asset_tag=place.asset_tag,
        agency=place.agency,
        expires_at=now() + GOOD_FOR,
    )
    return "-".join(text[at : at + 4] for at in range(0, LENGTH, 4))
