"""The order of writes, syncs and renames: what a power cut may find on the disk.

A power cut cannot be made here, so the calls themselves are recorded, around the real ones.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.records import Draft
from supportpoint.store import files


@pytest.fixture
def calls(monkeypatch):
    """What was synced and renamed, in order, by the last parts of the paths."""
    seen: list[str] = []
    rename = Path.replace

    def record(sync):
        def record_sync(descriptor):
            seen.append(f"sync {short(Path(f'/proc/self/fd/{descriptor}').readlink())}")
            sync(descriptor)

        return record_sync

    def record_rename(path, target):
        seen.append(f"rename {short(Path(path))}")
        return rename(path, target)

    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(files.os, name, record(getattr(os, name)))
    monkeypatch.setattr(Path, "replace", record_rename)
    return seen


def short(path: Path) -> str:
    known = {".tmp": "/*.tmp", ".item": "/*.item"}
    return path.parent.name + known[path.suffix] if path.suffix in known else path.name


pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="reads /proc to name descriptors")


def test_a_file_is_whole_before_it_has_its_name(tmp_path, calls):
    files.write_durably(tmp_path / "identity.json", b"{}")
    name = tmp_path.name
    assert calls == [f"sync {name}/*.tmp", f"rename {name}/*.tmp", f"sync {name}"]
    assert stat.S_IMODE((tmp_path / "identity.json").stat().st_mode) == 0o600


def test_new_folders_survive_too(tmp_path, calls):
    files.make_folder(tmp_path / "a" / "b")
    assert calls == [f"sync {tmp_path.name}", "sync a"]
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700


def test_files_of_a_case_are_durable_before_its_row_is(store, clock, make_case, calls):
    store.save_draft(Draft("d1", "birth", "1", "vi", "/p", b"<x/>", clock.now()))
    calls.clear()
    store._opened.db._connection.set_trace_callback(
        lambda sql: calls.append(sql) if sql.startswith(("BEGIN", "COMMIT")) else None
    )
    store.queue_case(make_case(blobs=2), draft_id="d1")
    assert calls == [
        *["sync blobs/*.tmp", "rename blobs/*.tmp"] * 2,
        "sync blobs",
        "BEGIN IMMEDIATE",
        "sync room-0",
        "COMMIT",
        "rename room-0",
    ]


def test_a_room_is_in_its_folder_for_good_before_it_has_its_name(store, make_case, calls):
    store.queue_case(make_case())
    store.queue_case(make_case())
    calls.clear()
    store.end_visit()
    made = [*["sync spool/*.tmp"] * 2, "sync spool", *["rename spool/*.tmp"] * 2]
    assert calls == ["sync spool", *made, "sync spool", *["sync supportpoint.db-wal"] * 2]
    calls.clear()
    store.end_visit()
    assert calls == []


def test_refused_write_leaves_nothing(tmp_path, monkeypatch):
    def refuse(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", refuse)
    with pytest.raises(SupportPointError, match="SP-202"):
        files.write_durably(tmp_path / "a", b"content")
    assert list(tmp_path.iterdir()) == []


def test_any_item_id_makes_a_safe_file_name(tmp_path):
    folder = files.Folder(tmp_path)
    path = folder.spool_path("uuid:../../etc/passwd\0")
    assert path.parent == tmp_path / "spool"
    assert path != folder.spool_path("uuid:other")
