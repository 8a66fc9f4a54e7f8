"""The USB courier from end to end: a real store, real files on a stick, a real server process."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.integration.courier_points import CourierPoint, arrivals, assert_arrived_once, give_to_server

from supportpoint.records import ItemState


@pytest.fixture
def make_point(tmp_path: Path, server: Any) -> Iterator[Callable[..., CourierPoint]]:
    made: list[CourierPoint] = []

    def make(commune: str = "03316", at: Any = None) -> CourierPoint:
        code = (at or server).command("code", commune)["code"]
        made.append(CourierPoint(tmp_path / secrets.token_hex(4), at or server, code))
        return made[-1]

    yield make
    for point in made:
        point.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_out_on_a_stick_and_back_with_receipts(
    server: Any, make_point: Callable[..., CourierPoint], stick: Path
) -> None:
    point = make_point()
    cases = [point.seal(120_000, 30_000), point.seal(), point.seal(80_000)]
    letter = point.export(stick)
    assert (letter.items, letter.blobs, letter.is_whole) == (3, 3, True)
    taken = give_to_server(server, stick)
    assert (taken["verdicts"], taken["blobs"], taken["answers"]) == ({"complete": 3}, 3, 1)
    assert_arrived_once(server, *cases)
    report = point.take(stick)
    assert not report.codes
    assert report.heard.completed == 3
    assert set(point.states().values()) == {ItemState.COMPLETE}
    assert arrivals(server, *cases) == 0
