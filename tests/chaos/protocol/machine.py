"""One support point: a real store on disk, the real sync client, and what it must never lose."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from supportpoint.clock import FixedClock, make_uuid7
from supportpoint.protocol import Item
from supportpoint.records import Draft, ItemState, SealedBlob, SealedCase, SyncReport
from supportpoint.sealing.envelope import MAGIC, Header, _make_prelude
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.store.access import DirectAccess
from supportpoint.store.driver import Row
from supportpoint.store.incarnations import UNFINISHED, build_item
from supportpoint.store.keys import DeviceKeys
from supportpoint.store.store import Store
from supportpoint.sync.passes import run_pass
from tests.chaos.protocol.rig import Rig
from tests.chaos.protocol.way import Channel, Province
from tests.unit.sync.conftest import PatientStop, Shelf

DAY_S = 90_000
"""A little more than a day: every wait that the server or an error advised is over."""
ADVISORY = {"attempts", "last_error", "next_at"}


URGENT = "urgent"
"""The kind of a case that a legal-aid agency reads."""


def make_case(
    clock: FixedClock, blob_sizes: Sequence[int], kind: str = "case", urgent_kid: bytes = b""
) -> SealedCase:
    """Return a sealed case of chance: of an envelope the protocol looks at the header alone."""
    contents = [os.urandom(size) for size in blob_sizes]
    case_id = str(make_uuid7(clock.now()))
    prelude = b""
    if kind == URGENT:
        kind, prelude = (
            "case",
            _make_prelude(Header(case_id=case_id, keyset_version=1, kids=(urgent_kid,), day="")),
        )
    return SealedCase(
        kind=kind,
        id=case_id,
        envelope=prelude + os.urandom(200),
        blobs=tuple(SealedBlob(hashlib.sha256(content).digest(), content) for content in contents),
        case_number="DB7-4K2-9X8",
        receipt_hash=os.urandom(32),
    )


class Machine:
    """`expected` are the ids of all cases that this disk was told to keep (I1, I5).

    `is_one_life`: never copied, put back, salvaged or enrolled again, so that what it sends again after
    a restore of the server can be told exactly.
    """

    def __init__(self, folder: Path, clock: FixedClock, province: Province, rig: Rig) -> None:
        self.folder = folder
        self.clock = clock
        self.province = province
        self.rig = rig
        self.channel = Channel()
        self.keys = DeviceKeys(os.urandom(32), SignKey.make(), SealKey.make(), "key_file")
        self.expected: set[str] = set()
        self.is_one_life = True
        self.open()
        self.enrol()

    def open(self) -> None:
        """Open the store, as after a start."""
        self.store = Store.open(self.folder, self.clock, self.keys, free_space_floor_bytes=0)
        self._opened = self.store._opened

    def restart(self) -> None:
        """Close and open again."""
        self.store.close()
        self.open()

    def enrol(self, *, anew: bool = False) -> None:
        """Become a device; `anew` with another key, as a machine that was revoked has to."""
        if anew:
            self.keys = replace(self.keys, sign=SignKey.make())
            self.restart()
            self.is_one_life = False
        self.store.save_identity(self.province.enrol(self.keys.sign))

    @property
    def device(self) -> str:
        return self.store.get_identity().device

    def copy(self, folder: Path) -> Machine:
        """Return a second machine made from this disk, keys and all."""
        self.store.close()
        shutil.copytree(self.folder, folder)
        self.open()
        other = object.__new__(Machine)
        vars(other).update(vars(self) | {"folder": folder, "channel": Channel()})
        other.expected = set(self.expected)
        other.open()
        return other

    def seal(self, blob_sizes: Sequence[int], kind: str = "case") -> SealedCase:
        """Keep a draft, then seal it; the case is expected from the moment the store says so.

        Errors: SP-202 when the disk refuses; Died. In both cases the draft or the item is there, never both.
        """
        sealed = make_case(self.clock, blob_sizes, kind, self.province.urgent_kid)
        self.last_tried = sealed
        draft = Draft(sealed.id, "f", "1", "vi", "", b"<x/>", self.clock.now())
        self.store.save_draft(draft)
        self.store.queue_case(sealed, draft_id=sealed.id)
        self.expected.add(sealed.id)
        return sealed

    def sync(self, faults: Sequence[str] = ()) -> SyncReport:
        """Run one pass of the real client. Errors: SP-2xx of the store; Died."""
        self.channel.faults.extend(faults)
        self.channel.batches = []
        way = self.province.open_way(self.store.get_identity(), self.keys.sign, self.channel)
        try:
            return run_pass(DirectAccess(self.store), way, Shelf(), clock=self.clock, stop=PatientStop())
        finally:
            self.channel.faults.clear()
            lanes = [item.envelope.startswith(MAGIC) for item in self.channel.first_batch]
            assert lanes == sorted(lanes, reverse=True), "an ordinary case went before an urgent one"

    def sync_until_quiet(self) -> None:
        """Let a day pass between passes, until nothing waits."""
        for _ in range(8):
            self.clock.advance(DAY_S)
            assert self.sync().is_clean
            if not self.store.counts().waiting:
                return

    def die(self) -> None:
        """Start again after a death: nothing was closed, nothing was tidied."""
        self.rig.disarm()
        self.restart()
        if self.last_tried.id in self.states():
            self.expected.add(self.last_tried.id)  # committed before the person heard of it

    def states(self) -> dict[str, ItemState]:
        """Return the state of every case of the outbox, by id; not of the machine's own audit rows."""
        rows = self._opened.db.rows("SELECT id, state FROM item WHERE kind <> 'audit'")
        return {row["id"]: ItemState(row["state"]) for row in rows}

    def draft_ids(self) -> set[str]:
        """Return the ids of the drafts."""
        return {row["id"] for row in self._opened.db.rows("SELECT id FROM draft")}

    def pulled(self) -> set[tuple[str, str]]:
        """Return (stream, ref) of every row of the feed that is kept here."""
        return {(row["stream"], row["id"]) for row in self._opened.db.rows("SELECT stream, id FROM change")}

    def is_up_to_date(self) -> bool:
        """Tell whether the last word heard was of the server's present life."""
        return self.store.get_identity().epoch == self.province.epoch

    def pack_stick(self) -> tuple[tuple[Item, ...], tuple[bytes, ...]]:
        """Return what a courier takes along: unfinished items and their attachments."""
        rows = self._opened.db.rows("SELECT * FROM item WHERE state IN (?, ?) ORDER BY number", UNFINISHED)
        items = tuple(build_item(self._opened, row) for row in rows)
        paths = (self._opened.folder.blob_path(blob.sha256) for item in items for blob in item.blobs)
        return items, tuple(path.read_bytes() for path in paths)


def dump(store: Store) -> dict[str, list[Row]]:
    """Return every row of every table that an answer could change, advisory columns aside."""
    db = store._opened.db
    tables = [row["name"] for row in db.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    rows = {table: db.rows(f"SELECT * FROM {table}") for table in sorted(tables)}  # noqa: S608 - own names
    rows["item"] = [{name: row[name] for name in row.keys() - ADVISORY} for row in rows["item"]]
    return rows
