"""A point with a link brings the letters of one that has none, and the answers back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.protocol import BlobRef, Item, encode
from supportpoint.records import ItemState
from tests.integration.courier_points import (
    CourierPoint,
    arrivals,
    assert_arrived_once,
    give_to_server,
    make_boxes,
)

Make = Callable[..., CourierPoint]


@pytest.fixture(scope="module")
def make_database_url() -> Callable[[], str]:
    """Return SQLite alone: the road of a push is tried on both databases elsewhere."""
    return lambda: ""


@pytest.fixture
def make_point(tmp_path: Path, server: Any) -> Iterator[Make]:
    made: list[CourierPoint] = []

    def make(commune: str = "03316") -> CourierPoint:
        made.append(CourierPoint(tmp_path / secrets.token_hex(4), server, commune))
        return made[-1]

    yield make
    for point in made:
        point.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_neighbour_brings_a_letter_and_the_answers_back(server: Any, make_point: Make, stick: Path) -> None:
    far, near = make_point("03316"), make_point("03349")
    cases = [far.seal(90_000, 20_000), far.seal(), far.seal(40_000)]
    own = near.seal(10_000)
    boxes = make_boxes(server, "03316", far.store.get_identity().epoch, count=2)
    far.export(stick)
    assert near.take(stick).relayed == 1
    assert near.take(stick).relayed == 0  # twice is once
    assert near.lane.counts().waiting == 1
    assert near.states() == {own.id: ItemState.QUEUED}  # nothing of others in our own queue
    assert near.sync().is_clean
    done = near.deliver()
    assert (done.letters, done.items, done.blob_bytes, done.code) == (1, 3, 150_000, "")
    assert_arrived_once(server, *cases, own)
    assert arrivals(server, *cases) == 0
    rows = server.rows("SELECT DISTINCT carrier FROM registry_item WHERE device = ?", far.device)
    assert rows == [(near.device,)]
    assert (near.lane.counts().waiting, near.lane.counts().answered) == (0, 1)
    assert near.deliver().letters == 0
    assert near.take(stick).answers_left == 2  # before and after the attachments
    assert near.take(stick).answers_left == 0  # it is there
    report = far.take(stick)
    assert (report.heard.completed, report.heard.changes) == (3, 2)
    assert set(far.states().values()) == {ItemState.COMPLETE}
    assert all(far.store.find_box(one) for one in boxes)
    assert near.store.find_box(boxes[0]) is None
    assert near.states() == {own.id: ItemState.COMPLETE}


def test_the_link_of_the_neighbour_breaks_and_others_were_faster(
    server: Any, make_point: Make, stick: Path
) -> None:
    far, near = make_point(), make_point()
    cases = [far.seal(70_000) for _ in range(3)]
    far.export(stick)
    near.take(stick)
    server.kill()
    done = near.deliver()
    assert (done.letters, done.code) == (0, "SP-501")
    assert near.lane.counts().waiting == 1
    server.start(server.port)
    give_to_server(server, stick)  # the stick itself went on to the province
    near.restart()
    assert near.deliver().letters == 1
    assert_arrived_once(server, *cases)
    assert arrivals(server, *cases) == 0
    far.sync()  # and then the link came up
    near.take(stick)
    before = far.everything()
    assert not far.take(stick).codes
    assert far.everything() == before
    assert set(far.states().values()) == {ItemState.COMPLETE}


def test_others_get_so_much_room_and_no_more(make_point: Make, stick: Path) -> None:
    far, near = make_point(), make_point()
    far.seal(300_000)
    far.export(stick)
    assert list(near.take(stick, quota_bytes=200_000).codes.values()) == ["SP-907"]
    assert near.lane.counts().size_bytes == 0
    assert near.take(stick, quota_bytes=400_000).relayed == 1
    second = stick.parent / "second"
    second.mkdir()
    far.export(second)
    assert list(near.take(second, quota_bytes=400_000).codes.values()) == ["SP-907"]
    assert near.deliver().letters == 1
    assert near.take(second, quota_bytes=400_000).relayed == 1  # delivered ones make room


def test_letters_of_a_revoked_point_and_of_nobody(server: Any, make_point: Make, stick: Path) -> None:
    far, near = make_point(), make_point()
    sealed = far.seal()
    far.export(stick)
    server.command("revoke", far.device)
    near.take(stick)
    assert near.deliver().letters == 1
    rows = server.rows("SELECT held_code FROM registry_arrival WHERE item_id = ?", sealed.id)
    assert rows == [("SP-504",)]
    near.take(stick)
    far.take(stick)
    assert far.states() == {sealed.id: ItemState.STORED}


def test_a_letter_that_says_nonsense_keeps_no_other_waiting(
    server: Any, make_point: Make, stick: Path
) -> None:
    far, near = make_point(), make_point()
    sealed = far.seal(5_000)
    far.export(stick)
    near.take(stick)
    bad = near.lane.root / ("0" * 32)
    (bad / "items").mkdir(parents=True)
    (bad / "blobs").mkdir()
    junk = Item(kind="case", id="x", device="y", incarnation="z", seq=1, envelope=b"e")
    (bad / "items" / "00000000").write_bytes(encode(junk))
    (bad / "items" / "00000001").write_bytes(b"\xc1 no item")
    head = next(near.lane.root.glob("*/head")).read_bytes()
    (bad / "head").write_bytes(head[:-1] + bytes([head[-1] ^ 1]))
    done = near.deliver()
    assert (done.letters, done.code) == (1, "SP-506")
    assert near.lane.counts().waiting == 0
    assert_arrived_once(server, sealed)


def test_the_endpoint_refuses_what_is_no_letter(server: Any, make_kiosk: Any, make_point: Make) -> None:
    kiosk, point = make_kiosk(), make_point()
    point.seal()
    from_elsewhere = BlobRef(sha256=bytes(32), len=1)
    for body in (b"", b"\x80", encode(from_elsewhere), secrets.token_bytes(500)):
        response = kiosk.ask("POST", "/api/v1/courier", body)
        kiosk.check(response)
        assert response.status_code == 400
    assert kiosk.ask("POST", "/api/v1/courier", bytes(300 * 1024)).status_code == 413


def test_the_lane_survives_a_letter_that_is_cut_off(make_point: Make, stick: Path) -> None:
    far, near = make_point(), make_point()
    far.seal(50_000)
    path = far.export(stick).path
    whole = path.read_bytes()
    path.write_bytes(whole[:-20_000])
    assert near.take(stick).codes == {path.name: "SP-905"}
    assert near.lane.letters() == []
    assert not list(near.lane.root.glob("*"))
    path.write_bytes(whole)
    assert near.take(stick).relayed == 1


def test_no_lane_takes_a_letter_of_another_province(make_point: Make, stick: Path) -> None:
    far, near = make_point(), make_point()
    far.seal()
    path = far.export(stick).path
    elsewhere = replace(near.store.get_identity(), server_public=secrets.token_bytes(32))
    with pytest.raises(SupportPointError, match="SP-906"):
        near.lane.take(path, elsewhere)
    with pytest.raises(SupportPointError, match="SP-906"):
        near.lane.take(path, replace(near.store.get_identity(), province_code="12"))
    assert near.lane.letters() == []


def test_a_full_disk_leaves_no_half_letter(
    make_point: Make, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    far, near = make_point(), make_point()
    far.seal(50_000)
    far.export(stick)

    def full(*_: object) -> None:
        raise SupportPointError("SP-202", errno=28)

    monkeypatch.setattr("supportpoint.courier.relay.write_tmp", full)
    with pytest.raises(SupportPointError, match="SP-202"):
        near.take(stick)
    assert near.lane.letters() == []
    assert not list(near.lane.root.glob("*"))
