"""Every model of the server, by what it is about."""

from __future__ import annotations

from supportpoint.server.registry.models.audit import AuditEntry
from supportpoint.server.registry.models.cases import (
    COMMUNE_OFFICE,
    Act,
    Box,
    Case,
    CaseEvent,
    CasePhoto,
    CaseState,
    SupplementLine,
)
from supportpoint.server.registry.models.drops import SealedDrop
from supportpoint.server.registry.models.feed import Alarm, Bundle, Change, ServerMark
from supportpoint.server.registry.models.items import Arrival, Blob, BlobPart, Item, ItemBlob, Opening
from supportpoint.server.registry.models.units import (
    COMMUNE,
    PROVINCE,
    Device,
    EnrolmentCode,
    StaffRole,
    Unit,
)

__all__ = [
    "COMMUNE",
    "COMMUNE_OFFICE",
    "PROVINCE",
    "Act",
    "Alarm",
    "Arrival",
    "AuditEntry",
    "Blob",
    "BlobPart",
    "Box",
    "Bundle",
    "Case",
    "CaseEvent",
    "CasePhoto",
    "CaseState",
    "Change",
    "Device",
    "EnrolmentCode",
    "Item",
    "ItemBlob",
    "Opening",
    "SealedDrop",
    "ServerMark",
    "StaffRole",
    "SupplementLine",
    "Unit",
]
