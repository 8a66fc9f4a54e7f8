"""A power cut at any moment of a kiosk's life: nothing that was promised is lost, everything opens.

The calls of the real program are recorded with their bytes; disk images are rebuilt in which whatever
was not synced survives by chance; the real store starts on each. CI takes 40 images of one life;
`SUPPORTPOINT_CHAOS_IMAGES=1000` takes more, 40 of each life, and goes on from `SUPPORTPOINT_CHAOS_SEED`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.chaos.crash.disk import VOLATILE, Disk
from tests.chaos.crash.record import CALM, DATABASE, LOG, Cut, Weather, cut_often, record_life
from tests.chaos.crash.zygote import Zygote

IMAGES = int(os.environ.get("SUPPORTPOINT_CHAOS_IMAGES", "40"))
A_LIFE = 40
LIVES_TO_FIND = 10

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(3600)]


def faults_of(cuts: list[Cut]) -> list[str]:
    return [f"after {cut.after}, chance {cut.seed}: {fault}" for cut in cuts for fault in cut.faults]


def test_the_record_holds_every_byte_of_the_folder(zygote: Zygote, memory_folder: Path, seed: int):
    life = memory_folder / "life"
    disk = Disk()
    for call in record_life(zygote, life, seed):
        disk.apply(call)
    there = {path.relative_to(life / "kiosk").as_posix(): path for path in (life / "kiosk").rglob("*")}
    assert disk.names.keys() == there.keys()
    for name, file in disk.names.items():
        if file is not None and not name.endswith(VOLATILE):
            assert bytes(file.content) == there[name].read_bytes(), name


def check_lives(zygote: Zygote, folder: Path, seed: int, weather: Weather = CALM) -> None:
    """Cut the power in as many lives as it takes; each has the seed after the one before."""
    moments = 0
    for life in range(seed, seed + max(1, IMAGES // A_LIFE)):
        calls = record_life(zygote, folder / str(life), life)
        cuts = list(cut_often(calls, A_LIFE, life, folder, weather))
        moments += len(calls)
        assert not faults_of(cuts), f"seed {life}"
    print(f"{IMAGES} images over {moments} calls")  # noqa: T201 - the figure of docs/reliability.md


def test_no_power_cut_loses_what_was_promised(zygote: Zygote, memory_folder: Path, seed: int):
    check_lives(zygote, memory_folder, seed)


@pytest.mark.parametrize("ruin", [DATABASE, LOG])
def test_with_the_spool_a_ruined_block_loses_no_case(
    zygote: Zygote, memory_folder: Path, seed: int, ruin: str
):
    check_lives(zygote, memory_folder, seed, Weather(ruin=ruin))


def find_fault(wanted: str, lives: Iterable[list[Cut]]) -> str:
    """Return the first fault of this kind, with the number of images it took; "" when there is none."""
    cuts = (cut for life in lives for cut in life)
    for tried, cut in enumerate(cuts, start=1):
        for fault in cut.faults:
            if fault.startswith(wanted):
                print(f"image {tried}: {fault}")  # noqa: T201 - the figure of docs/reliability.md
                return fault
    return ""


def lives_of(
    zygote: Zygote, folder: Path, seed: int, mistake: str = "", weather: Weather = CALM
) -> Iterator[list[Cut]]:
    """Return the cuts of `LIVES_TO_FIND` lives, each lived when it is asked for."""
    for life in range(seed, seed + LIVES_TO_FIND):
        calls = record_life(zygote, folder / str(life), life, mistake)
        yield list(cut_often(calls, A_LIFE, life, folder, weather))


@pytest.mark.parametrize(
    ("mistake", "wanted"), [("synchronous normal", "draft lost"), ("no folder sync", "attachment lost")]
)
def test_a_store_that_syncs_too_little_is_noticed(
    zygote: Zygote, memory_folder: Path, seed: int, mistake: str, wanted: str
):
    assert find_fault(wanted, lives_of(zygote, memory_folder, seed, mistake))


def test_without_the_spool_a_ruined_block_loses_cases(zygote: Zygote, memory_folder: Path, seed: int):
    weather = Weather(ruin=DATABASE, takes_spool=True)
    assert find_fault("case lost", lives_of(zygote, memory_folder, seed, weather=weather))
