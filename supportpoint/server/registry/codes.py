"""One-time enrolment codes: 60 random bits, good for 24 hours and one device."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from supportpoint.server.registry.models import EnrolmentCode, Unit
from supportpoint.server.registry.moment import now

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GOOD_FOR = timedelta(hours=24)
_LOOKALIKES = str.maketrans("OIL", "011", " -")


def hash_code(text: str) -> bytes:
    """Return what is stored of a code, however it was typed."""
    return hashlib.sha256(text.upper().translate(_LOOKALIKES).encode()).digest()


def make_code(commune: Unit, point_name: str) -> str:
    """Return a new code such as 4K2M-9XW3-T7QA, ready for one device of that commune."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    EnrolmentCode.objects.create(
        code_hash=hash_code(text), commune=commune, point_name=point_name, expires_at=now() + GOOD_FOR
    )
    return "-".join(text[at : at + 4] for at in range(0, LENGTH, 4))
