"""The server's intake on SQLite, killed at every call and cut at any moment: what it answered is kept.

A kiosk sends an item with two files and asks for the verdict. After a kill the server starts again and the
kiosk goes on; after a power cut the database and the files are read. CI takes a seeded sample;
`SUPPORTPOINT_CHAOS_LONG=1` takes every call, `SUPPORTPOINT_CHAOS_IMAGES=1000` more images.
"""

from __future__ import annotations

import json
import os
import random
import shutil

import pytest

from supportpoint.protocol import EPOCH_HEADER
from tests.chaos.crash.disk import Disk, read_calls, write_image
from tests.chaos.crash.intake import Intake, go_on, judge
from tests.chaos.crash.kills import plan
from tests.chaos.crash.zygote import KILL, RECORD, Watch

IMAGES = int(os.environ.get("SUPPORTPOINT_CHAOS_IMAGES", "40"))

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]


def test_an_intake_killed_at_every_call_has_what_it_answered(intake: Intake, seed: int):
    rng = random.Random(seed)
    intake.begin_anew()
    whole = intake.kiosk.hand_in(*intake.requests, watch=Watch(str(intake.data)))
    answers = [json.loads(line) for line in whole.out.splitlines()]
    assert [answer["status"] for answer in answers] == [200, 200, 200, 200], whole.err
    assert all(EPOCH_HEADER in answer["headers"] for answer in answers)
    tried = plan(whole.calls, rng, sample=8)
    for number, is_torn in tried:
        where = f"call {number} of {whole.calls}{' torn' if is_torn else ''}"
        intake.begin_anew()
        watch = Watch(str(intake.data), KILL, at=number, is_torn=is_torn)
        ran = intake.kiosk.hand_in(*intake.requests, watch=watch)
        assert ran.is_killed, where
        assert list(judge(intake.data, intake, range(1, ran.out.count("\n") + 1))) == [], where
        go_on(intake)
    print(f"{len(tried)} kills over {whole.calls} calls")  # noqa: T201 - the figure of docs/reliability.md


def cut(intake: Intake, rng: random.Random, count: int, *, without_folder_syncs: bool = False) -> list[str]:
    """Cut the power at random moments of taking an item in; return every fault found."""
    intake.begin_anew()
    log = intake.data.with_name("calls")
    log.unlink(missing_ok=True)
    start = Disk.of_folder(intake.data)
    watch = Watch(str(intake.data), RECORD, log=str(log))
    assert intake.kiosk.hand_in(*intake.requests, watch=watch).status == 0
    calls = [call for call in read_calls(log) if not (without_folder_syncs and call.is_folder)]
    disk, answered, done, faults = start, 0, 0, []
    for moment in sorted(rng.choices(range(len(calls) + 1), k=count)):
        for call in calls[done:moment]:
            disk.apply(call)
            answered += call.op == "M"
        done = moment
        image = intake.data.with_name("image")
        shutil.rmtree(image, ignore_errors=True)
        write_image(disk.after_cut(rng), image)
        faults += [
            f"after {moment} of {len(calls)}: {fault}"
            for fault in judge(image, intake, range(1, answered + 1))
        ]
    return faults


def test_no_power_cut_takes_from_the_server_what_it_answered(intake: Intake, seed: int):
    assert cut(intake, random.Random(seed), IMAGES) == []


def test_a_server_that_syncs_no_folder_is_noticed(intake: Intake, seed: int):
    assert cut(intake, random.Random(seed), 200, without_folder_syncs=True)
