"""`kill -9` at every call while a stick comes in: answers at a kiosk, a letter at a neighbour and the server.

The calls on the stick itself count too. Whatever was done, the same stick put in again gives the whole, once.
CI takes a seeded sample; `SUPPORTPOINT_CHAOS_LONG=1` takes every call.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from supportpoint.records import ItemState
from tests.chaos.conftest import MEMORY
from tests.chaos.crash.kills import plan
from tests.chaos.crash.sticks import (
    Courier,
    Scene,
    check_brought_home,
    check_desk,
    open_courier,
    read_lane,
    read_point,
)
from tests.chaos.crash.zygote import KILL, Ran, Watch, Zygote

PROGRAM = "supportpoint.cli.program:main"
SESSIONS = "tests.chaos.crash.sessions:"
LIFE = "tests.chaos.crash.server_life:"
SAMPLE = 6

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def courier(callwatch: str) -> Iterator[Courier]:
    with TemporaryDirectory(dir=MEMORY) as name, open_courier(callwatch, Path(name)) as opened:
        yield opened


def put_in(zygote: Zygote, scene: Scene, watch: Watch | None = None, program: str = PROGRAM) -> Ran:
    words = ["courier", "import", "--data", str(scene.point), str(scene.stick)]
    return zygote.run(program, words, watch=watch)


def kills(
    scene: Scene, do: Callable[[Watch | None], Ran], rng: random.Random, sample: int = SAMPLE
) -> Iterator[str]:
    """Let `do` be killed at one call after another, each time on a fresh copy of a scene."""
    scene.begin_anew()
    done = do(Watch(str(scene.bench)))
    assert done.status == 0, done.err
    tried = plan(done.calls, rng, sample)
    for number, is_torn in tried:
        where = f"call {number} of {done.calls}{' torn' if is_torn else ''}"
        scene.begin_anew()
        ran = do(Watch(str(scene.bench), KILL, at=number, is_torn=is_torn))
        assert ran.is_killed, (where, ran.err)
        yield where
    print(f"{len(tried)} kills over {done.calls} calls")  # noqa: T201 - the figure of docs/reliability.md


def check_home(
    courier: Courier, zygote: Zygote, rng: random.Random, program: str = PROGRAM, sample: int = SAMPLE
) -> None:
    scene, wanted = courier.home, None
    before = read_point_of(courier, fresh=True)
    for where in kills(scene, lambda watch: put_in(zygote, scene, watch, program), rng, sample):
        half = read_point_of(courier)
        assert half["states"].keys() == before["states"].keys(), where
        done = put_in(zygote, scene, program=program)
        assert done.status == 0, (where, done.err)
        found = read_point_of(courier)
        assert set(found["states"].values()) == {ItemState.COMPLETE}, where
        assert all(found["boxes"]), where
        assert found == (wanted := wanted or found), where
        assert put_in(zygote, scene, program=program).answer()["stored"] == 0, where
        assert read_point_of(courier) == wanted, where


def read_point_of(courier: Courier, *, fresh: bool = False) -> dict[str, Any]:
    if fresh:
        courier.home.begin_anew()
    return read_point(courier.home.point, courier.boxes)


def test_a_kiosk_killed_while_it_takes_answers_takes_them_once(courier: Courier, zygote: Zygote, seed: int):
    check_home(courier, zygote, random.Random(seed))


def test_a_cursor_that_moves_before_its_rows_is_noticed(courier: Courier, zygote: Zygote, seed: int):
    with pytest.raises(AssertionError, match="call"):
        check_home(
            courier, zygote, random.Random(seed), SESSIONS + "command_moving_the_cursor_first", sample=100
        )


def check_lane(
    courier: Courier, zygote: Zygote, rng: random.Random, program: str = PROGRAM, sample: int = SAMPLE
) -> None:
    scene = courier.near
    scene.begin_anew()
    before = read_lane(scene.point)
    assert put_in(zygote, scene).answer()["relayed"] == 1
    wanted = read_lane(scene.point)
    assert before.items() < wanted.items()
    answers = sorted(path.name for path in scene.stick.iterdir())
    assert len(answers) == 2
    for where in kills(scene, lambda watch: put_in(zygote, scene, watch, program), rng, sample):
        assert read_lane(scene.point) in (before, wanted), where
        done = put_in(zygote, scene, program=program)
        assert done.status == 0, (where, done.err)
        assert read_lane(scene.point) == wanted, where
        assert not list(scene.point.rglob("*.tmp")), where
        assert sorted(path.name for path in scene.stick.glob("*.sp*")) == answers, where
        again = put_in(zygote, scene, program=program).answer()
        assert (again["relayed"], again["answers_for_others"]) == (0, 0), where


def test_a_neighbour_killed_while_it_takes_a_letter_along_has_it_once(
    courier: Courier, zygote: Zygote, seed: int
):
    check_lane(courier, zygote, random.Random(seed))


def test_a_letter_unpacked_in_its_place_is_noticed(courier: Courier, zygote: Zygote, seed: int):
    with pytest.raises(AssertionError, match="call"):
        check_lane(courier, zygote, random.Random(seed), SESSIONS + "command_unpacking_in_place", sample=100)


def check_server(
    courier: Courier, zygote: Zygote, rng: random.Random, life: str = "take_stick", sample: int = SAMPLE
) -> None:
    scene = courier.desk

    def take(watch: Watch | None = None) -> Ran:
        return courier.desk_zygote.run(LIFE + life, str(scene.stick), watch=watch)

    for where in kills(scene, take, rng, sample):
        done = take()
        assert done.status == 0, (where, done.err)
        assert (done.answer()["letters"], done.answer()["codes"]) == (1, {}), where
        check_desk(courier)
        check_brought_home(courier, zygote, scene.stick)
        take()
        check_desk(courier)


def test_a_server_killed_while_it_takes_a_stick_has_it_once(courier: Courier, zygote: Zygote, seed: int):
    check_server(courier, zygote, random.Random(seed))


def test_a_file_called_done_before_it_is_stored_is_noticed(courier: Courier, zygote: Zygote, seed: int):
    with pytest.raises((AssertionError, StopIteration)):
        check_server(courier, zygote, random.Random(seed), "take_stick_done_first", sample=200)
