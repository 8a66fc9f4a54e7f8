"""Sticks on their way: a point that takes answers, a neighbour that takes a letter, the server's desk."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supportpoint.courier.relay import RelayLane
from supportpoint.records import ItemState, SealedCase
from supportpoint.store.files import Folder
from tests.chaos.crash.intake import prepare_server
from tests.chaos.crash.sessions import open_store
from tests.chaos.crash.zygote import Zygote
from tests.integration.conftest import ServerProcess
from tests.integration.courier_points import CourierPoint, arrivals, assert_arrived_once, make_boxes

POINT, STICK = "point", "stick"


@dataclass(frozen=True)
class Scene:
    """A machine and the stick in it, as they were; `bench` is the copy that gets struck."""

    prepared: Path
    bench: Path

    def begin_anew(self) -> None:
        shutil.rmtree(self.bench, ignore_errors=True)
        shutil.copytree(self.prepared, self.bench)

    @property
    def point(self) -> Path:
        return self.bench / POINT

    @property
    def stick(self) -> Path:
        return self.bench / STICK


@dataclass(frozen=True)
class Courier:
    """Three scenes of one province: `home` takes answers, `near` a letter, the server's desk a letter."""

    server: ServerProcess
    desk_zygote: Zygote
    home: Scene
    near: Scene
    desk: Scene
    writer: Path
    cases: tuple[SealedCase, ...]
    boxes: tuple[bytes, ...]


@contextlib.contextmanager
def open_courier(callwatch: str, folder: Path) -> Iterator[Courier]:
    """Let three points enrol and two letters be written; one came back by the neighbour's link."""
    desk = Scene(folder / "prepared-desk", folder / "desk")
    server, zygote = prepare_server(callwatch, desk.bench / "data")
    server.start()
    try:
        far, other, near = (CourierPoint(folder / name, server) for name in ("far", "other", "near"))
        boxes = make_boxes(server, "03316", far.store.get_identity().epoch, count=3)
        first, second = folder / "first", folder / "second"
        first.mkdir()
        second.mkdir()
        for sizes in ((30_000, 5_000), (), (20_000,)):
            far.seal(*sizes)
        far.export(first)
        assert near.take(first).relayed == 1
        assert near.deliver().letters == 1
        assert near.take(first).answers_left
        cases = tuple(other.seal(*sizes) for sizes in ((30_000, 5_000), (), (20_000,)))
        other.export(second)
        for point in (far, other, near):
            point.close()
    finally:
        server.stop()
    home = Scene(folder / "prepared-home", folder / "home")
    lane = Scene(folder / "prepared-near", folder / "lane")
    for scene, point, stick in ((home, far, first), (lane, near, second)):
        shutil.copytree(point.folder, scene.prepared / POINT)
        shutil.copytree(stick, scene.prepared / STICK)
    shutil.copytree(second, desk.bench / STICK)
    shutil.copytree(desk.bench, desk.prepared)
    yield Courier(server, zygote, home, lane, desk, other.folder, cases, tuple(boxes))
    zygote.close()


def read_point(folder: Path, boxes: tuple[bytes, ...]) -> dict[str, Any]:
    """Return what answers change at a point, and see that nothing of its own is gone or there twice."""
    files = Folder(folder)
    with open_store(folder) as store:
        rows = store.list_items()
        hashes = [row["sha256"] for row in store._opened.db.rows("SELECT sha256 FROM blob")]
        found = {
            "states": {row.id: row.state for row in rows},
            "cursor": store.get_cursor(),
            "boxes": [store.find_box(one) is not None for one in boxes],
            "bundles": len(store.pending_bundles()),
        }
    assert len(rows) == len(found["states"])
    for sha256 in hashes:
        assert hashlib.sha256(files.blob_path(sha256).read_bytes()).digest() == sha256
    return found


def read_lane(folder: Path) -> dict[str, str]:
    """Return every file of every letter that a neighbour would deliver or bring back."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for letter in RelayLane(folder).letters()
        for path in letter.folder.rglob("*")
        if path.is_file()
    }


def check_desk(courier: Courier) -> None:
    """The server has every case of the stick once and whole, each file of it byte for byte."""
    assert_arrived_once(courier.server, *courier.cases)
    assert arrivals(courier.server, *courier.cases) == 0


def check_brought_home(courier: Courier, zygote: Zygote, stick: Path) -> None:
    """The letter's writer takes the stick back and hears of all it sent."""
    writer = courier.desk.bench.with_name("writer")
    shutil.rmtree(writer, ignore_errors=True)
    shutil.copytree(courier.writer, writer)
    done = zygote.command("courier", "import", "--data", writer, stick)
    assert done.status == 0, done.err
    assert set(read_point(writer, ())["states"].values()) == {ItemState.COMPLETE}
