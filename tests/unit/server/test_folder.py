"""Files of the server that are there whole or not at all."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from supportpoint.server.registry import folder
from supportpoint.server.registry.folder import LONGEST_WRITE_S, PARTIAL, remove_partial_files, write_private


def test_two_may_write_the_same_file_at_once(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(folder, "data_dir", lambda: tmp_path)
    path = tmp_path / "blobs" / "ab"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: write_private(path, bytes(50_000)), range(200)))
    assert path.read_bytes() == bytes(50_000)
    assert [one.name for one in path.parent.iterdir()] == ["ab"]


def test_what_a_dead_process_had_begun_goes_and_what_is_being_written_stays(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(folder, "data_dir", lambda: tmp_path)
    old, fresh = tmp_path / f"one{PARTIAL}", tmp_path / f"two{PARTIAL}"
    for path in (old, fresh, tmp_path / "whole"):
        path.write_bytes(b"x")
    os.utime(old, (time.time() - LONGEST_WRITE_S - 1,) * 2)
    remove_partial_files()
    assert sorted(one.name for one in tmp_path.iterdir()) == [fresh.name, "whole"]
