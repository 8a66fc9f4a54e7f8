"""Answers that are cut off, altered, forged, stale, or for somebody else: a point believes none of them."""

from __future__ import annotations

import random
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from supportpoint.courier.archive import ANSWERS, make_part
from supportpoint.courier.heads import make_file, read_head, sign_answer
from supportpoint.courier.stick import open_file, write_file
from supportpoint.courier_messages import CourierAnswer, CourierVerdict
from supportpoint.protocol import BatchReceipt, Result, identity_hash, unsigned
from supportpoint.records import ItemState
from supportpoint.sealing.keys import SignKey
from tests.integration.courier_points import EVERY_BYTES, FLIPS, SEED, CourierPoint, give_to_server


@pytest.fixture(scope="module")
def make_database_url() -> Callable[[], str]:
    """Return SQLite alone: what a stick says wrong never reaches a database."""
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
