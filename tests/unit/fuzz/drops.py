"""Drops, audit rows, badges and the roster, as entries of the table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from supportpoint.content.shelf import Shelf
from supportpoint.courier.drops import DropFile, read_raws
from supportpoint.protocol import Drop, DropReceipt, decode, encode
from supportpoint.sealing import audit
from supportpoint.sealing.drops import open_drops
from supportpoint.staff import badge, roster
from supportpoint.store import drops as kept
from supportpoint.store.cabinet import Cabinet
from supportpoint.sync.matters import Desk
from tests.unit.fuzz import samples as good
from tests.unit.fuzz.entry import Entry
from tests.unit.sealing.test_drops import KEYS, no_dictionary, seal

SEALED = seal(b"sound" * 9000).drops
BADGE = badge.make_badge()


def _open(envelope: bytes) -> object:
    return open_drops([Drop(id=SEALED[0].id, envelope=envelope), *SEALED[1:]], KEYS, no_dictionary)


def _chain(content: bytes) -> object:
    return audit.find_fault([(content, audit.row_hash(content))], 1, audit.row_hash(content))


def make_drops(folder: Path) -> tuple[Entry, ...]:
    """Return the entries; files are written below `folder`."""

    def file(name: str, read: Callable[[Path], object]) -> Callable[[bytes], object]:
        def run(data: bytes) -> object:
            (folder / name).write_bytes(data)
            return read(folder / name)

        return run

    def in_cabinet(data: bytes) -> object:
        cabinet = Cabinet(folder / "reader")
        cabinet.save_drop(bytes(32), data)
        return Desk(cabinet, Shelf(folder / "reader"), KEYS).read_feedback()

    return (
        Entry(
            "file of drops", file("a.spdrops", read_raws), (encode(DropFile(drops=(encode(SEALED[0]),))),),
            covers=("courier.drops:read_raws",),
        ),
        Entry(
            "word on drops", lambda data: decode(data, DropReceipt), (encode(good.make_sample(DropReceipt)),),
            errors=(msgspec.DecodeError,), covers=("courier.drops_carried:take_receipts",),
        ),
        Entry(
            "drop", _open, (SEALED[0].envelope,),
            covers=("sealing.drops:open_drops", "sealing.drops:_join"),
        ),
        Entry(
            "drop in a cabinet", in_cabinet, (SEALED[0].envelope,), covers=("store.cabinet:list_drops",),
        ),
        Entry(
            "mirror of a drop", file("a.drop", kept._read_mirror),
            (encode(good.make_sample(kept.DropEntry)),), covers=("store.drops:_read_mirror",),
        ),
        Entry(
            "badge", badge.read_badge, (badge.qr_text(BADGE),), ("SP-408",),
            covers=("staff.badge:qr_text",),
        ),
        Entry(
            "roster", file("văn bản", roster._read), (encode(good.make_sample(roster.Entry)),), ("SP-403",),
            covers=("staff.roster:_read",),
        ),
        Entry(
            "audit row", _chain, (encode(good.make_sample(audit.AuditRow)),),
            covers=("sealing.audit:find_fault",),
        ),
    )  # fmt: skip
