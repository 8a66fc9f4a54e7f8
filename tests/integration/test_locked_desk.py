"""With the desk locked, all files and keys of both folders and the PIN, without the badge, reveal nothing.

The burglar of the write-only kiosk looks through both folders, and tries every secret also together with
the PIN, as if the badge had been blank. He is shown to find the name as soon as he has the badge.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from supportpoint.clock import SystemClock, local_day
from supportpoint.errors import SupportPointError
from supportpoint.protocol import decode
from supportpoint.records import Draft
from supportpoint.sealing.case import SealingContext, seal_case
from supportpoint.sealing.keys import SealKey
from supportpoint.sealing.keyset import Key
from supportpoint.sealing.receipt import make_receipt
from supportpoint.staff.badge import Badge, qr_text, read_badge
from supportpoint.staff.roster import COMMUNE_KEY, DATABASE_KEY, Entry, Roster
from supportpoint.staff.wrapping import _wrapping_key, derive_device_secret, unwrap_key
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store
from tests.integration.test_write_only_kiosk import CHILD, Burglar

PIN = "270494"
CASE = "0193aaaa-0000-7000-8000-000000000001"


class Insider(Burglar):
    """A burglar who also knows the PIN."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        for path in folder.rglob("*.staff"):
            entry = decode(path.read_bytes(), Entry)
            blank = Badge(entry.person, bytes(16))
            for secret in list(self.secrets):
                for device in (secret, derive_device_secret(secret)):
                    self.secrets.add(_wrapping_key(blank, PIN, entry.salt, device))
                    try:
                        self.secrets.add(unwrap_key(entry.wrapped, blank, PIN, entry.salt, device).seed)
                    except SupportPointError:
                        continue
        for path, content in self.files.items():
            for where, page in self._pages(path, content):
                self._take(page, where)
        for envelope, where in list(self.pieces.items()):
            if envelope.startswith(b"SPE1"):
                self._open(envelope, where)


@pytest.fixture
def point(tmp_path: Path, make_point: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Badge, SealKey]:
    """One PC: a kiosk with a case sealed to the commune, and a locked desk that holds the same case."""
    monkeypatch.setattr("supportpoint.staff.wrapping._MEMORY_KIB", 64)  # the burglar tries hundreds of keys
    kiosk = make_point()
    commune = kiosk.trust.commune
    reader = Key(commune.kid, "seal", "ordinary", "03316", commune.public)
    sealed = seal_case(
        kind="case",
        case_id=CASE,
        xml=f"<data>{CHILD}</data>".encode(),
        attachments=(),
        receipt=make_receipt(),
        context=SealingContext((reader,), 1, "03316", "small-form", "1"),
        day=local_day(SystemClock().now()).isoformat(),
    )
    with kiosk.open() as store:
        store.queue_case(sealed)
        identity = store.get_identity()
    folder = kiosk.folder / "desk"
    keys = load_or_make_keys(folder, use_keyring=False)
    secret = derive_device_secret(keys.seal.seed)
    database_key = SealKey.make().seed
    roster = Roster(folder / "staff", secret, SystemClock())
    badge = roster.add(PIN, {COMMUNE_KEY: commune.seed, DATABASE_KEY: database_key})
    opened = roster.unlock(qr_text(badge), PIN)
    desk_keys = replace(keys, database_key=opened.secrets[DATABASE_KEY])
    with Store.open(folder, SystemClock(), desk_keys) as desk:
        desk.save_identity(replace(identity, device="desk-1", role="desk"))
        desk.save_draft(
            Draft(CASE, "small-form", "1", "vi", "", CHILD.encode(), datetime(2026, 11, 28, tzinfo=UTC))
        )
        desk.queue_case(sealed)
    return kiosk.folder, badge, commune


def test_without_the_badge_nothing_is_found(point: tuple[Path, Badge, SealKey]) -> None:
    folder, _, _ = point
    insider = Insider(folder)
    assert len(insider.secrets) > 10
    assert insider.find(CHILD) == []


def test_with_the_badge_the_same_burglar_finds_the_name(point: tuple[Path, Badge, SealKey]) -> None:
    folder, badge, _ = point
    keys = load_or_make_keys(folder / "desk", use_keyring=False)
    roster = Roster(folder / "desk" / "staff", derive_device_secret(keys.seal.seed), SystemClock())
    opened = roster.unlock(qr_text(read_badge(qr_text(badge))), PIN)
    for name, secret in opened.secrets.items():
        (folder / f"stolen-{name}").write_bytes(secret)
    found = Insider(folder).find(CHILD)
    assert any("opened envelope" in where for where in found)
    assert any(where.startswith("supportpoint.db") for where in found)


@pytest.mark.parametrize("left", [COMMUNE_KEY, DATABASE_KEY])
def test_a_key_that_a_desk_leaves_behind_is_noticed(point: tuple[Path, Badge, SealKey], left: str) -> None:
    folder, badge, _ = point
    keys = load_or_make_keys(folder / "desk", use_keyring=False)
    roster = Roster(folder / "desk" / "staff", derive_device_secret(keys.seal.seed), SystemClock())
    (folder / "desk" / "left").write_bytes(roster.unlock(qr_text(badge), PIN).secrets[left])
    assert Insider(folder).find(CHILD)
