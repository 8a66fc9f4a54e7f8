"""Sticks pulled, full, locked, slow, damaged, old, or another province's: nothing is lost or false."""

from __future__ import annotations

import errno
import os
import random
import resource
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from supportpoint.courier import letters
from supportpoint.courier import stick as stick_module
from supportpoint.courier.archive import ANSWERS, ArchiveReader, make_part
from supportpoint.courier.heads import make_file, read_head, sign_answer
from supportpoint.courier.stick import open_file, write_file
from supportpoint.errors import SupportPointError
from supportpoint.protocol import CourierAnswer, CourierVerdict, Result, identity_hash
from supportpoint.records import ItemState
from supportpoint.sealing.keys import SignKey
from tests.integration.courier_points import (
    CourierPoint,
    arrivals,
    ask,
    assert_arrived_once,
    give_to_server,
    open_desk,
)

SEED = int(os.environ.get("SUPPORTPOINT_SEED", "0")) or random.SystemRandom().randrange(1 << 32)
EVERY_BYTES = 4096
FLIPS = int(os.environ.get("SUPPORTPOINT_COURIER_FLIPS", "60"))


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


# -- the way out -----------------------------------------------------------------------------------


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


# -- the way back ----------------------------------------------------------------------------------


@pytest.fixture
def answered(server: Any, point: CourierPoint, stick: Path) -> Path:
    """A stick with answers that were not taken in yet."""
    for _ in range(3):
        point.seal(5_000)
    point.export(stick)
    give_to_server(server, stick)
    [path] = stick.glob("*.spanswers")
    return path


def try_each(point: CourierPoint, path: Path, versions: list[bytes], tmp_path: Path) -> list[bool]:
    """Take each version of an answers file into a fresh copy of the point; tell which changed anything."""
    baseline = tmp_path / "baseline"
    point.close()
    shutil.copytree(point.folder, baseline)
    changed = []
    for version in versions:
        shutil.rmtree(point.folder)
        shutil.copytree(baseline, point.folder)
        point.open()
        before = point.everything()
        path.write_bytes(version)
        point.take(path)
        after = point.everything()
        assert set(point.states().values()) <= {ItemState.QUEUED, ItemState.STORED, ItemState.COMPLETE}
        assert (after["epoch"], after["keyset"]) == (before["epoch"], before["keyset"])
        changed.append(after != before)
        point.close()
    point.open()
    return changed


def test_answers_cut_off_at_every_4_kib(point: CourierPoint, answered: Path, tmp_path: Path) -> None:
    whole = answered.read_bytes()
    cuts = [whole[:length] for length in range(0, len(whole), min(EVERY_BYTES, len(whole) // 12))]
    changed = try_each(point, answered, [*cuts, whole], tmp_path)
    assert changed[-1]
    assert changed == sorted(changed)  # nothing before a whole answer, all of it after


def test_a_flipped_byte_anywhere_in_the_answers(point: CourierPoint, answered: Path, tmp_path: Path) -> None:
    whole = answered.read_bytes()
    chance = random.Random(SEED)
    versions = []
    for _ in range(FLIPS // 2):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(damaged))] ^= chance.randrange(1, 256)
        versions.append(bytes(damaged))
    try_each(point, answered, [*versions, whole], tmp_path)
    assert set(point.states().values()) == {ItemState.COMPLETE}, f"seed {SEED}"


def forge(server: Any, point: CourierPoint, path: Path, key: SignKey, **changes: Any) -> None:
    """Write an answers file that says "complete" of everything, signed by `key`."""
    items = [one.item for one in point.store.list_to_carry(99)]
    signer = SignKey((server.data / "keys" / "server.key").read_bytes())
    epoch = changes.get("epoch", point.store.get_identity().epoch)
    results = tuple((item.id, "complete", identity_hash(item)) for item in items)
    receipt = _receipt(signer, epoch, point.device, results)
    answer = CourierAnswer(
        letter="0" * 32,
        device=point.device,
        epoch=epoch,
        asked_epoch=point.store.get_identity().epoch,
        now="2026-11-28",
        verdicts=tuple(
            CourierVerdict(
                result=Result(id=item.id, status="complete"), incarnation=item.incarnation, seq=item.seq
            )
            for item in items
        ),
        receipt=receipt,
    )
    signed = sign_answer(msgspec.structs.replace(answer, **changes), key)
    with open_file(path) as reader:
        head = read_head(reader.head)
    write_file(path, make_file(head, [make_part(ANSWERS, "0", signed)], key), point.clock)


def _receipt(signer: SignKey, epoch: str, device: str, results: Any) -> Any:
    from supportpoint.protocol import BatchReceipt, unsigned  # noqa: PLC0415 - beside its only use

    receipt = BatchReceipt(epoch=epoch, device=device, now="2026-11-28", results=results)
    return msgspec.structs.replace(receipt, signature=signer.sign(unsigned(receipt)))


def test_another_servers_word_and_a_stale_epoch_change_nothing(
    server: Any, point: CourierPoint, answered: Path
) -> None:
    key = SignKey((server.data / "keys" / "server.key").read_bytes())
    before = point.everything()
    forge(server, point, answered, SignKey.make())
    assert point.take(answered).heard.refused == 1
    forge(server, point, answered, key, epoch="another", asked_epoch="some-other")
    assert point.take(answered).heard.answers == 1
    forge(server, point, answered, key, device="0193a1b2-0000-7000-8000-00000000cafe")
    assert point.take(answered).heard.others == 1
    assert point.everything() == before
    forge(server, point, answered, key)  # and the right word does
    assert point.take(answered).heard.completed == 3


def test_another_provinces_stick_changes_nothing(
    server: Any, make_server: Any, point: CourierPoint, stick: Path, tmp_path: Path
) -> None:
    elsewhere = make_server()
    theirs = CourierPoint(tmp_path / "theirs", elsewhere)
    theirs.seal(5_000)
    point.seal()
    theirs.export(stick)
    items = server.rows("SELECT count(*) FROM registry_item")
    assert set(give_to_server(server, stick)["codes"].values()) == {"SP-906"}
    assert server.rows("SELECT count(*) FROM registry_item") == items
    give_to_server(elsewhere, stick)
    before = point.everything()
    report = point.take(stick)
    assert set(report.codes.values()) == {"SP-906"}
    assert point.everything() == before
    assert theirs.take(stick).heard.completed == 1
    theirs.close()


def test_answers_wait_while_a_sync_runs(point: CourierPoint, answered: Path) -> None:
    before = point.everything()
    with point.store.sync_lock():
        assert point.take(answered).codes == {answered.name: "SP-508"}
    assert point.everything() == before
    assert point.take(answered).heard.completed == 3


def test_what_is_no_courier_file_stops_no_other(server: Any, point: CourierPoint, answered: Path) -> None:
    folder = answered.parent
    (folder / "0.spanswers").write_bytes(secrets.token_bytes(5_000))
    (folder / "1.spanswers").write_bytes(b"")
    (folder / "2.spanswers").symlink_to("/etc/passwd")
    (folder / "3.spanswers").mkdir()
    (folder / "9.spletter.tmp").write_bytes(b"half")
    report = point.take(folder)
    assert report.codes == {"0.spanswers": "SP-905", "1.spanswers": "SP-905"}
    assert report.heard.completed == 3


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
