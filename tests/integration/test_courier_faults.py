"""Sticks pulled, full, locked, slow, damaged, old, or another province's: nothing is lost or false."""

from __future__ import annotations

import errno
import os
import random
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from supportpoint.courier import letters
from supportpoint.courier import stick as stick_module
from supportpoint.courier.archive import ArchiveReader
from supportpoint.courier.stick import open_file
from supportpoint.errors import SupportPointError
from supportpoint.records import ItemState
from tests.integration.courier_points import (
    EVERY_BYTES,
    FLIPS,
    SEED,
    CourierPoint,
    arrivals,
    ask,
    assert_arrived_once,
    give_to_server,
    open_desk,
)


@pytest.fixture(scope="module")
def make_database_url() -> Callable[[], str]:
    """Return SQLite alone: what a stick does wrong never reaches a database."""
    return lambda: ""


@pytest.fixture
def point(tmp_path: Path, server: Any) -> Iterator[CourierPoint]:
    made = CourierPoint(tmp_path / "point", server)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Return a maker of real file systems of a given size."""
    made: list[Path] = []

    def make(size_kib: int) -> Path:
        folder = tmp_path / f"stick{len(made)}"
        folder.mkdir()
        line = ["mount", "-t", "tmpfs", "-o", f"size={size_kib}k", "stick", str(folder)]
        done = subprocess.run(line, capture_output=True, check=False)
        if done.returncode:
            pytest.skip("this account may not mount a small file system")
        made.append(folder)
        return folder

    yield make
    for folder in made:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def refused(point: CourierPoint, folder: Path, code: str) -> None:
    """Export must fail with `code`, leave no file that anybody reads, and change nothing."""
    before = point.everything()
    with pytest.raises(SupportPointError, match=code):
        point.export(folder)
    assert point.everything() == before
    assert not list(folder.glob("*.spletter"))


def test_pulled_early_at_every_4_kib(server: Any, point: CourierPoint, tmp_path: Path) -> None:
    cases = [point.seal(30_000) for _ in range(6)] + [point.seal() for _ in range(6)]
    whole = tmp_path / "whole"
    whole.mkdir()
    content = point.export(whole).path.read_bytes()
    pieces = tmp_path / "pieces"
    pieces.mkdir()
    for number, length in enumerate(range(0, len(content), EVERY_BYTES)):
        (pieces / f"{number:03}.spletter").write_bytes(content[:length])
    taken = give_to_server(server, pieces)
    assert set(taken["codes"].values()) == {"SP-905"}
    assert taken["letters"] > 40
    assert len(taken["codes"]) == number + 1
    known = server.rows("SELECT id, envelope FROM registry_item WHERE device = ?", point.device)
    by_id = {case.id: case.envelope for case in cases}
    assert all(by_id[item_id] == bytes(envelope) for item_id, envelope in known)
    give_to_server(server, whole)
    point.take(whole)
    assert set(point.states().values()) == {ItemState.COMPLETE}
    assert_arrived_once(server, *cases)
    assert arrivals(server, *cases) == 0


def test_a_flipped_byte_anywhere_in_a_letter(server: Any, point: CourierPoint, tmp_path: Path) -> None:
    cases = [point.seal(9_000) for _ in range(3)] + [point.seal() for _ in range(3)]
    whole, pieces = tmp_path / "whole", tmp_path / "pieces"
    whole.mkdir()
    pieces.mkdir()
    content = point.export(whole).path.read_bytes()
    chance = random.Random(SEED)
    for number in range(FLIPS):
        damaged = bytearray(content)
        damaged[chance.randrange(len(damaged))] ^= chance.randrange(1, 256)
        (pieces / f"{number:04}.spletter").write_bytes(damaged)
    taken = give_to_server(server, pieces)
    assert len(taken["codes"]) > FLIPS // 2, f"seed {SEED}"
    assert arrivals(server, *cases) == 0, f"seed {SEED}"  # nothing altered ever came to a verdict
    give_to_server(server, whole)
    point.take(whole)
    assert set(point.states().values()) == {ItemState.COMPLETE}
    assert_arrived_once(server, *cases)


@pytest.mark.parametrize("done_blobs", [1, 7])
def test_the_server_is_killed_while_it_takes_a_stick(
    server: Any, point: CourierPoint, stick: Path, done_blobs: int
) -> None:
    cases = [point.seal(200_000) for _ in range(10)]
    point.export(stick)
    count = "SELECT count(*) FROM registry_blob WHERE done"
    [(before,)] = server.rows(count)
    with open_desk(server) as desk:
        ask(desk, stick)
        while server.rows(count)[0][0] < before + done_blobs:
            assert desk.poll() is None
        desk.kill()
    give_to_server(server, stick)
    point.take(stick)
    assert set(point.states().values()) == {ItemState.COMPLETE}
    assert_arrived_once(server, *cases)
    assert arrivals(server, *cases) == 0


def test_full_before_and_while_it_is_written(
    server: Any, point: CourierPoint, mount: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [point.seal(100_000) for _ in range(6)]
    tiny, small = mount(64), mount(560)
    refused(point, tiny, "SP-901")  # not even the answers
    letter = point.export(small)
    assert (letter.items, letter.left_items) == (6, 0)
    assert 0 < letter.left_blobs < 6
    letter.path.unlink()
    monkeypatch.setattr(letters, "free_bytes", lambda _: 10**9)  # another program takes the room meanwhile
    refused(point, small, "SP-901")
    assert not list(small.iterdir())
    monkeypatch.undo()
    point.export(small)
    give_to_server(server, small)
    point.take(small)
    rest = mount(2000)
    point.export(rest)
    give_to_server(server, rest)
    point.take(rest)
    assert set(point.states().values()) == {ItemState.COMPLETE}
    assert_arrived_once(server, *cases)


def test_a_file_may_grow_no_further_than_the_stick_allows(point: CourierPoint, stick: Path) -> None:
    point.seal(60_000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    for size in range(0, 60_000, EVERY_BYTES):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
        try:
            refused(point, stick, "SP-901")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not list(stick.iterdir())
    assert point.export(stick).is_whole


def test_a_locked_stick(point: CourierPoint, mount: Callable[..., Path], server: Any) -> None:
    point.seal()
    folder = mount(500)
    point.export(folder)
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    before = point.everything()
    with pytest.raises(SupportPointError, match="SP-902"):
        point.export(folder)
    assert point.everything() == before
    taken = give_to_server(server, folder)  # is taken all the same; the answers find no place
    assert (taken["verdicts"], taken["answers"]) == ({"complete": 1}, 0)
    assert set(taken["codes"].values()) == {"SP-902"}
    assert not point.take(folder).codes


@pytest.mark.parametrize("at_sync", [1, 2, 3, 4])
def test_pulled_while_it_is_written(
    point: CourierPoint, stick: Path, monkeypatch: pytest.MonkeyPatch, at_sync: int
) -> None:
    point.seal(1_500_000)
    point.seal(1_500_000)
    before = point.everything()
    real, calls = os.fsync, iter(range(1, 100))

    def pull(descriptor: int) -> None:
        if next(calls) == at_sync:
            shutil.rmtree(stick)
            raise OSError(errno.EIO, "gone")
        real(descriptor)

    monkeypatch.setattr(stick_module.os, "fsync", pull)
    with pytest.raises(SupportPointError, match="SP-903"):
        point.export(stick)
    monkeypatch.undo()
    assert point.everything() == before
    with pytest.raises(SupportPointError, match="SP-903"):
        point.export(stick)
    with pytest.raises(SupportPointError, match="SP-903"):
        point.take(stick)
    stick.mkdir()
    assert point.export(stick).is_whole


def test_a_stick_that_is_too_slow(point: CourierPoint, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point.seal(1_500_000)
    ticks = iter(range(0, 10**6, 400))
    monkeypatch.setattr(type(point.clock), "monotonic_s", lambda _: next(ticks))
    refused(point, stick, "SP-904")
    assert not list(stick.iterdir())


def test_a_stick_that_keeps_other_bytes(
    point: CourierPoint, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point.seal(50_000)

    def spoil(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[-20_000] ^= 1
        path.write_bytes(content)

    monkeypatch.setattr(stick_module, "_forget_cached", spoil)
    refused(point, stick, "SP-905")
    assert not list(stick.iterdir())


def test_an_own_file_that_is_gone_keeps_nothing_else_at_home(point: CourierPoint, stick: Path) -> None:
    lost, sound = point.seal(20_000), point.seal(20_000)
    (point.folder / "blobs" / lost.blobs[0].sha256.hex()).unlink()
    letter = point.export(stick)
    assert (letter.items, letter.blobs, letter.left_blobs) == (2, 1, 1)
    with open_file(letter.path) as reader:
        names = [entry.name for entry, _ in reader.parts()]
    assert f"blobs/{sound.blobs[0].sha256.hex()}" in names


def test_a_stick_tells_nothing_of_anybody(point: CourierPoint, stick: Path) -> None:
    sealed = point.seal(20_000)
    letter = point.export(stick)
    assert [path.name for path in stick.iterdir()] == [letter.path.name]
    writer, number, day = letter.path.stem.split("-")
    assert (len(writer), len(number), len(day)) == (8, 8, 8)
    with open_file(letter.path) as reader:
        everything = reader.head + reader.contents + b"".join(content for _, content in reader.parts())
    for secret in (sealed.case_number.encode(), sealed.receipt_hash, b"Nam Chua"):
        assert secret not in everything


def test_the_proof_notices_a_reader_without_hashes(
    server: Any, point: CourierPoint, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard taken away: a spoiled stick then counts as read back."""

    def gullible(self: ArchiveReader) -> Iterator[Any]:
        for entry in self.entries:
            self._take(512)
            yield entry, self._take_padded(entry.size)

    def spoil(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[-20_000] ^= 1
        path.write_bytes(content)

    monkeypatch.setattr(stick_module, "_forget_cached", spoil)
    monkeypatch.setattr(ArchiveReader, "parts", gullible)
    point.seal(50_000)
    assert point.export(stick).is_whole  # and it is not
