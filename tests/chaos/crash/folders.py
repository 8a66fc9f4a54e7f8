"""Prepared data folders, their copies that get struck, and whether what was left is whole."""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

from supportpoint.clock import SystemClock, make_uuid7
from supportpoint.records import Attachment, Draft
from supportpoint.store.locked import DRAFT
from supportpoint.store.spool import read_entry
from supportpoint.store.values import Locked
from tests.conftest import FORM_ID, Point, mirrors_in


def copy_of(prepared: Path) -> Path:
    return prepared.with_name("struck")


def fresh_copy(prepared: Path) -> Path:
    folder = copy_of(prepared)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(prepared, folder)
    return folder


def check_whole(point: Point, folder: Path, where: str) -> tuple[set[str], set[str]]:
    """Open what was left; every item has its mirror and its attachments. Return items and drafts by id."""
    with Point(folder, point.trust).open() as store:
        rows = store.list_items()
        items = {item.id: item for item in store.take_batch(limit=1000, max_bytes=1 << 30)}
        drafts = {draft.id for draft in store.list_drafts()}
        assert {entry.id for entry in store.list_locked_drafts()} == drafts, where
    assert len(rows) == len({row.id for row in rows}) == len(items), where
    mirrors = [read_entry(path) for path in mirrors_in(folder)]
    assert all(mirrors), where
    assert {entry.item.id: entry.item for entry in mirrors if entry} == items, where
    named = {blob.sha256.hex() for item in items.values() for blob in item.blobs}
    assert {path.name for path in (folder / "blobs").iterdir()} == named, where
    assert not list(folder.rglob("*.tmp")), where
    return set(items), drafts


def save_draft(point: Point, rng: random.Random) -> str:
    """Save a draft, open and behind a lock, and return its id."""
    draft_id = str(make_uuid7(datetime.now(UTC)))
    photo = Attachment("photo.jpg", rng.randbytes(60_000))
    with point.open() as store:
        store.save_draft(
            Draft(draft_id, FORM_ID, "1", "vi", "/p", b"<data/>", SystemClock().now(), (photo,), bytes(32))
        )
        store.save_locked(Locked(draft_id, DRAFT, b"salt", b"sealed", "2999-01-01"))
    return draft_id
