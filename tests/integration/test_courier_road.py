"""The USB courier from end to end: a real store, real files on a stick, a real server process."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from supportpoint.content.package import Manifest, write_package
from supportpoint.protocol import SyncRequest
from supportpoint.records import ItemState
from supportpoint.sealing.keys import SignKey
from tests.integration.courier_points import (
    CourierPoint,
    arrivals,
    assert_arrived_once,
    give_to_server,
    make_boxes,
)
from tests.integration.test_server_epoch import copy_database

Make = Callable[..., CourierPoint]


@pytest.fixture
def sqlite_only(server: Any) -> None:
    if server.database_url:
        pytest.skip("two tests of this road run on PostgreSQL; the rest differs by nothing of the database")


@pytest.fixture
def make_point(tmp_path: Path, server: Any) -> Iterator[Make]:
    made: list[CourierPoint] = []

    def make(commune: str = "03316", at: Any = None) -> CourierPoint:
        made.append(CourierPoint(tmp_path / secrets.token_hex(4), at or server, commune))
        return made[-1]

    yield make
    for point in made:
        point.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def all_complete(point: CourierPoint) -> bool:
    return set(point.states().values()) == {ItemState.COMPLETE}


def test_out_on_a_stick_and_back_with_receipts_and_news(server: Any, make_point: Make, stick: Path) -> None:
    point, elsewhere = make_point(), "03349"
    cases = [point.seal(120_000, 30_000), point.seal(), point.seal(80_000)]
    boxes = make_boxes(server, "03316", point.store.get_identity().epoch, count=3)
    others = make_boxes(server, elsewhere, point.store.get_identity().epoch)
    before = point.everything()
    letter = point.export(stick)
    assert (letter.items, letter.blobs, letter.is_whole) == (3, 3, True)
    assert point.everything() == before  # what is on a stick has not arrived
    taken = give_to_server(server, stick)
    assert (taken["verdicts"], taken["blobs"], taken["answers"]) == ({"complete": 3}, 3, 1)
    report = point.take(stick)
    assert not report.codes
    assert (report.heard.completed, report.heard.changes) == (3, 3)
    assert all_complete(point)
    assert all(point.store.find_box(one) for one in boxes)
    assert not any(point.store.find_box(one) for one in others)
    assert_arrived_once(server, *cases)
    assert arrivals(server, *cases) == 0
    cursor = point.store.get_cursor()
    assert point.sync().is_clean
    assert (all_complete(point), point.store.get_cursor()) == (True, cursor)


def test_twice_in_part_out_of_order_and_beside_the_network(
    server: Any, make_point: Make, stick: Path, tmp_path: Path
) -> None:
    point = make_point()
    cases = [point.seal(60_000), point.seal(50_000)]
    early = tmp_path / "early"
    early.mkdir()
    point.export(early)
    assert point.sync().is_clean  # the network was faster
    cases.append(point.seal(40_000))
    point.export(stick)
    for place in (stick, early, stick):  # the later letter first, and again
        give_to_server(server, place)
    assert_arrived_once(server, *cases)
    assert arrivals(server, *cases) == 0
    for place in (stick, early, stick, early):
        assert not point.take(place).codes
        assert all_complete(point)
    after = point.everything()
    give_to_server(server, early)
    assert not point.take(early).codes
    assert point.everything() == after
    assert_arrived_once(server, *cases)


@pytest.mark.usefixtures("sqlite_only")
def test_two_sticks_carry_what_one_has_no_room_for(server: Any, make_point: Make, tmp_path: Path) -> None:
    point = make_point()
    cases = [point.seal(90_000) for _ in range(6)]
    sticks = [tmp_path / "one", tmp_path / "two"]
    for place in sticks:
        place.mkdir()
    first, second = (point.export(place, max_bytes=330_000) for place in sticks)
    assert (first.items, first.blobs, first.left_items, first.left_blobs) == (6, 3, 0, 3)
    assert first.left_bytes == 270_000
    assert (second.items, second.blobs) == (6, 3)
    assert give_to_server(server, sticks[1])["verdicts"] == {"stored": 3, "complete": 3}
    point.take(sticks[1])
    assert sorted(point.states().values()) == ["complete"] * 3 + ["stored"] * 3
    assert give_to_server(server, sticks[0])["verdicts"] == {"complete": 6}
    point.take(sticks[0])
    assert all_complete(point)
    assert_arrived_once(server, *cases)


@pytest.mark.usefixtures("sqlite_only")
def test_a_stick_goes_on_where_the_network_was_cut(server: Any, make_point: Make, stick: Path) -> None:
    point = make_point()
    sealed = point.seal(200_000)
    point.export(stick)
    transport = point.open_transport()
    transport.pace.chunk_bytes = 64 * 1024  # as behind something that buffers whole bodies
    transport.sync(SyncRequest(epoch="", cursor=0, items=point.store.take_batch()))
    blob = sealed.blobs[0].sha256
    transport.send_blob(blob, point.folder / "blobs" / blob.hex(), 0, 200_000, point.stop)
    transport.close()
    [(received,)] = server.rows("SELECT received FROM registry_blob WHERE sha256 = ?", blob)
    assert 0 < received < 200_000
    assert give_to_server(server, stick)["blobs"] == 1
    point.take(stick)
    assert all_complete(point)
    assert_arrived_once(server, sealed)


@pytest.mark.usefixtures("sqlite_only")
def test_the_items_of_a_revoked_point_are_held_and_none_is_thrown_away(
    server: Any, make_point: Make, stick: Path
) -> None:
    point = make_point()
    sealed = point.seal(50_000)
    (box,) = make_boxes(server, "03316", point.store.get_identity().epoch)
    server.command("revoke", point.device)
    point.export(stick)
    assert give_to_server(server, stick)["verdicts"] == {"held": 1}
    rows = server.rows("SELECT held_code FROM registry_arrival WHERE item_id = ?", sealed.id)
    assert rows == [("SP-504",)]
    [(done,)] = server.rows("SELECT done FROM registry_blob WHERE sha256 = ?", sealed.blobs[0].sha256)
    assert done
    point.take(stick)
    assert point.states() == {sealed.id: ItemState.STORED}
    assert point.store.find_box(box) is None  # online it would hear nothing either


@pytest.mark.usefixtures("sqlite_only")
def test_a_copied_machine_goes_on_by_stick_alone(
    server: Any, make_point: Make, stick: Path, tmp_path: Path
) -> None:
    point = make_point()
    point.seal()
    point.sync()
    other = point.clone(tmp_path / "copy")
    mine, theirs = point.seal(), other.seal()  # the same number of the same device
    point.sync()
    for _ in range(2):
        other.export(stick)
        give_to_server(server, stick)
        other.take(stick)
    assert all_complete(other)
    before = other.everything()
    other.take(stick)  # the old "forked" among the answers draws nothing again
    assert other.everything() == before
    assert_arrived_once(server, mine, theirs)
    other.close()


@pytest.mark.usefixtures("sqlite_only")
def test_a_point_without_any_link_follows_a_restored_server(
    server: Any, make_point: Make, tmp_path: Path
) -> None:
    point = make_point()
    kept = [point.seal(30_000)]
    _round(server, point, tmp_path / "first")
    assert server.stop() == 0
    copy_database(server, tmp_path / "kept.db")
    server.start(server.port)
    lost = [point.seal(20_000), point.seal()]
    old = _round(server, point, tmp_path / "second")
    epoch = point.store.get_identity().epoch
    assert server.stop() == 0
    copy_database(server, tmp_path / "kept.db")
    server.start(server.port)
    _round(server, point, tmp_path / "third")  # asks for news, and hears of the new life
    assert point.store.get_identity().epoch != epoch
    assert sorted(point.states().values()) == ["complete", "queued", "queued"]
    before = point.everything()
    assert not point.take(old).codes  # receipts of the life that is gone
    assert point.everything() == before
    _round(server, point, tmp_path / "fourth")
    assert all_complete(point)
    assert_arrived_once(server, *kept, *lost)
    assert not point.take(old).codes
    assert all_complete(point)


@pytest.mark.usefixtures("sqlite_only")
def test_packages_come_on_the_stick_too(server: Any, make_point: Make, stick: Path, tmp_path: Path) -> None:
    publisher = SignKey((server.data / "keys" / "publisher.key").read_bytes())
    manifest = Manifest(kind="form", id=f"f{secrets.token_hex(4)}", version=2026112801, title={"vi": "Thử"})
    package = tmp_path / "one.spform"
    package.write_bytes(write_package(manifest, {"media/a.bin": secrets.token_bytes(90_000)}, publisher))
    line = [sys.executable, "-m", "supportpoint", "server", "publish", str(package), "--data"]
    subprocess.run([*line, str(server.data)], env=server.env, check=True, capture_output=True, timeout=60)
    point = make_point()
    _round(server, point, stick)
    assert manifest.id in {form.id for form in point.shelf.list_forms()}
    assert point.store.pending_bundles() == ()


def _round(server: Any, point: CourierPoint, stick: Path) -> Path:
    """Send a stick to the server and back."""
    stick.mkdir(exist_ok=True)
    point.export(stick)
    give_to_server(server, stick)
    assert not point.take(stick).codes
    return stick
