"""Keep what devices say they did, and find where a chain does not hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import msgspec

from supportpoint.errors import SupportPointError
from supportpoint.protocol import decode
from supportpoint.sealing.audit import START, AuditPage, AuditRow, row_hash
from supportpoint.server.registry.models import AuditEntry

MAX_FIELD = 64
MAX_AT = 32
MAX_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Where a device's chain breaks. `reason`: missing, rewritten, altered, broken (see `find_faults`)."""

    device: str
    incarnation: str
    number: int
    reason: str


def keep_page(device: str, item_id: str, payload: bytes) -> int:
    """Store the rows of an audit item that are new; return how many rows it has.

    Errors: SP-401 when the payload is no page of rows.
    """
    try:
        contents = decode(payload, AuditPage).rows
        entries = [_make_entry(device, item_id, content) for content in contents]
    except (msgspec.DecodeError, ValueError) as error:
        raise SupportPointError("SP-401", reason="no audit page") from error
    AuditEntry.objects.bulk_create(entries, ignore_conflicts=True)
    return len(entries)


def _make_entry(device: str, item_id: str, content: bytes) -> AuditEntry:
    row = decode(content, AuditRow)
    texts = (row.incarnation, row.what, *row.facts, *row.facts.values())
    if not 0 < row.number <= MAX_NUMBER or len(row.previous) != len(START) or len(row.at) > MAX_AT:
        raise ValueError("audit row")
    if any(len(text) > MAX_FIELD or "\0" in text for text in (*texts, row.at)):
        raise ValueError("audit row")
    return AuditEntry(
        device=device,
        incarnation=row.incarnation,
        number=row.number,
        sha256=row_hash(content),
        previous=row.previous,
        at=row.at,
        what=row.what,
        facts=row.facts,
        content=content,
        item_id=item_id,
    )


def find_faults(device: str = "") -> list[ChainFault]:
    """Return every place where a chain does not hold, by device, incarnation and number.

    missing: rows before this one are not here, nor is the row that an incarnation continues. rewritten:
    another row has the same place. altered: the stored bytes have another hash. broken: it does not
    continue the row before it. Rows that a device has not sent yet cannot be missed.
    """
    entries = AuditEntry.objects.order_by("device", "incarnation", "number", "sha256")
    if device:
        entries = entries.filter(device=device)
    known = {START} | {bytes(one) for one in AuditEntry.objects.values_list("sha256", flat=True)}
    faults: list[ChainFault] = []
    for _, chain in groupby(entries.iterator(), key=lambda one: (one.device, one.incarnation)):
        faults += _check_chain(chain, known)
    return faults


def _check_chain(chain: Iterable[AuditEntry], known: set[bytes]) -> list[ChainFault]:
    faults: list[ChainFault] = []
    before: AuditEntry | None = None
    for entry in chain:
        if (reason := _judge(entry, before, known)) is not None:
            faults.append(ChainFault(entry.device, entry.incarnation, entry.number, reason))
        before = entry
    return faults


def _judge(entry: AuditEntry, before: AuditEntry | None, known: set[bytes]) -> str | None:
    number = 0 if before is None else before.number
    if entry.number == number:
        return "rewritten"
    if entry.number != number + 1:
        return "missing"
    row = decode(bytes(entry.content), AuditRow)
    if row_hash(bytes(entry.content)) != bytes(entry.sha256) or _says_other(entry, row):
        return "altered"
    if before is None:
        return None if bytes(entry.previous) in known else "missing"
    return None if bytes(entry.previous) == bytes(before.sha256) else "broken"


def _says_other(entry: AuditEntry, row: AuditRow) -> bool:
    """Tell whether a column was changed beside the bytes that the hash is of."""
    shown = (entry.incarnation, entry.number, entry.at, entry.what, bytes(entry.previous), entry.facts)
    return shown != (row.incarnation, row.number, row.at, row.what, row.previous, row.facts)
