"""The files of a data folder and of a language pack, as entries of the table."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import msgspec

from supportpoint.clock import FixedClock
from supportpoint.config import SETTINGS_FILE, Settings, read_settings
from supportpoint.kiosk.visit.drafts import open_locked
from supportpoint.kiosk.words.packs import find_row_faults, load_pack, read_rows
from supportpoint.protocol import encode
from supportpoint.records import Draft
from supportpoint.sealing.picture_lock import PictureLock
from supportpoint.store.files import Folder
from supportpoint.store.keys import KEYS_FILE, load_or_make_keys
from supportpoint.store.repair import RepairReport, find_report
from supportpoint.store.signed_clock import SignedClock
from supportpoint.store.spool import SpoolEntry, read_entry
from supportpoint.store.values import Locked
from tests.unit.fuzz import samples as good
from tests.unit.fuzz.entry import Entry

NOW = "2026-11-28T03:00:00Z"
LOCK = PictureLock(b"s" * 16, b"k" * 32)
DRAFT = msgspec.msgpack.encode(Draft("d1", "f", "1", "vi", "/p", b"<x/>", good.MOMENT))


def _locked(sealed: bytes) -> object:
    return open_locked(Locked("d1", "draft", b"s" * 16, sealed, NOW), LOCK)


def make_files(folder: Path) -> tuple[Entry, ...]:
    """Return the entries that read a file of the data folder or of a language pack."""

    def reader(name: str, read: Callable[[Path], object]) -> Callable[[bytes], object]:
        path = folder / name

        def write_and_read(data: bytes) -> object:
            path.write_bytes(data)
            return read(path)

        return write_and_read

    keys = folder / "keys"
    load_or_make_keys(keys, use_keyring=False)
    kept = (keys / KEYS_FILE).read_bytes()
    table = (
        "\ufeffid,vietnamese,english,context,picture,translation,recorded\na1,Chào,Hi,x,,Nyob,n\n".encode()
    )
    note = json.dumps({"language": "hmn", "name": "Hmoob"}).encode()
    return (
        Entry("settings", reader(SETTINGS_FILE, lambda _: read_settings(folder)),
              (msgspec.json.encode(Settings(free_space_floor_bytes=5)),), ("SP-101",),
              covers=("config:read_settings",)),
        Entry("keys of the device", reader(f"keys/{KEYS_FILE}", lambda _: load_or_make_keys(keys)), (kept,),
              ("SP-103",), covers=("store.keys:_load",)),
        Entry("spool", reader("one.spool", read_entry), (encode(good.make_sample(SpoolEntry)),),
              covers=("store.spool:read_entry",)),
        Entry("report of a repair",
              reader(Folder(folder).repair_report.name, lambda _: find_report(Folder(folder))),
              (msgspec.json.encode(good.make_sample(RepairReport)),),
              covers=("store.repair:find_report",)),
        Entry("signed time on disk",
              reader("time.json", lambda path: SignedClock(FixedClock(good.MOMENT), path).now()),
              (b'{"signed_at":"2026-11-28T03:00:00Z","boot":"b","uptime_s":1.5}',),
              covers=("store.signed_clock:_read",)),
        Entry("note of a language pack", reader("pack.json", lambda _: load_pack(folder)), (note,),
              errors=(msgspec.DecodeError,), covers=("kiosk.words.packs:load_pack",)),
        Entry("table of a language pack", lambda data: list(find_row_faults(read_rows(data), [])), (table,),
              errors=(ValueError,), covers=("kiosk.words.packs:read_rows",)),
        Entry("locked draft", _locked, (LOCK.seal(DRAFT, "d1"),), ("SP-403",),
              covers=("kiosk.visit.drafts:open_locked",)),
    )  # fmt: skip
