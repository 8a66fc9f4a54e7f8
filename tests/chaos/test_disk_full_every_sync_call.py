"""A kiosk's disk that fills up, or fails to sync, at every call in turn of a pass with a real server.

A pass pushes, sends files, applies the answer, stores changes and installs. What cannot be kept is said with
a code; every case stays here or is whole at the server. With room again everything arrives, once.
CI takes a seeded sample; `SUPPORTPOINT_CHAOS_LONG=1` takes every call.
"""

from __future__ import annotations

import errno
import random
import re
from collections import Counter
from dataclasses import replace

import pytest

from tests.chaos.crash.kills import plan
from tests.chaos.crash.line import PROGRAM, Line
from tests.chaos.crash.sessions import open_store
from tests.chaos.crash.zygote import FAIL_ON, FAIL_ONE, SPACE, SYNC, Watch

SAMPLE = 3
STRIKING_OFF = "tests.chaos.crash.sessions:command_striking_off"
CODE = re.compile(r"SP-\d{3}")
TROUBLES = {
    "stays full": Watch("", FAIL_ON, SPACE, error=errno.ENOSPC),
    "refuses one": Watch("", FAIL_ONE, SPACE, error=errno.ENOSPC),
    "fails to sync": Watch("", FAIL_ONE, SYNC, error=errno.EIO),
}

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]


def sync_in_trouble(line: Line, watch: Watch, where: str, program: str = PROGRAM) -> str:
    """Run one pass on a disk in trouble; return the code that was said, "" when all went well."""
    ran = line.zygote.run(program, ["sync", "--data", str(line.folder)], watch=watch)
    assert "Traceback" not in ran.err, (where, ran.err)
    code = str(ran.answer().get("code", "")) or next(iter(CODE.findall(ran.err)), "")
    assert bool(ran.status) == bool(code), (where, ran)
    return code


def test_a_sync_on_a_full_disk_says_so_and_goes_on_with_room(line: Line, seed: int):
    rng = random.Random(seed)
    for name, trouble in TROUBLES.items():
        calls = min(
            line.count_a_pass(rng, trouble.classes) for _ in range(3)
        )  # now and then one makes a backup
        said: Counter[str] = Counter()
        for number, is_torn in plan(calls, rng, SAMPLE):
            where = f"{name} at call {number} of {calls}{' torn' if is_torn else ''}"
            line.fill_queue(rng)
            watch = replace(trouble, root=str(line.folder), at=number, is_torn=is_torn)
            said[sync_in_trouble(line, watch, where)] += 1
            line.check_kiosk(where)
            assert line.sync(), where
            line.check_kiosk(where)
        print(f"{name}: {said.total()} runs over {calls} calls: {dict(said)}")  # noqa: T201 - the figure
    print(f"{len(line.promised)} cases")  # noqa: T201 - the figure
    with open_store(line.folder) as store:
        assert store.counts().waiting == 0
        assert not store.pending_bundles()
    line.check_province()
    check_that_the_proof_notices(line, rng)


def check_that_the_proof_notices(line: Line, rng: random.Random) -> None:
    """A pass that strikes items off before the server has them is found out by one of these disks."""
    calls = line.count_a_pass(rng, SPACE)
    for number in rng.sample(range(calls // 8, calls), calls // 2):
        line.fill_queue(rng)
        watch = replace(TROUBLES["stays full"], root=str(line.folder), at=number)
        line.zygote.run(STRIKING_OFF, ["sync", "--data", str(line.folder)], watch=watch)
        line.sync(program=STRIKING_OFF)
        if line.list_missing():
            return
    pytest.fail("what was struck off was sent all the same")
