"""`kill -9` at every call that changes a file while a kiosk syncs with a real server.

A pass pushes, sends files, pulls and installs. Each number of a call is tried with a fresh case and a
package to fetch again; after the kill the kiosk syncs undisturbed. In the end the server holds every case
once, and every photo whole.
CI takes a seeded sample; `SUPPORTPOINT_CHAOS_LONG=1` takes every call.
"""

from __future__ import annotations

import random

import pytest

from tests.chaos.crash.kills import plan
from tests.chaos.crash.line import Line
from tests.chaos.crash.sessions import open_store
from tests.chaos.crash.zygote import KILL, Watch

SAMPLE = 8
STRIKING_OFF = "tests.chaos.crash.sessions:command_striking_off"

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]


def test_a_sync_killed_at_every_call_loses_and_doubles_nothing(line: Line, seed: int):
    rng = random.Random(seed)
    calls = min(line.count_a_pass(rng) for _ in range(3))  # now and then one also makes a backup
    line.check_kiosk("undisturbed")
    struck = 0
    for number, is_torn in plan(calls, rng, SAMPLE):
        where = f"call {number} of {calls}{' torn' if is_torn else ''}"
        line.fill_queue(rng)
        struck += not line.sync(Watch(str(line.folder), KILL, at=number, is_torn=is_torn))
        line.check_kiosk(where)
        assert line.sync(), where
        line.check_kiosk(where)
    print(f"{struck} kills over {calls} calls, {len(line.promised)} cases")  # noqa: T201 - the figure
    assert struck >= SAMPLE // 4  # a pass that makes a backup takes twice the calls of another
    with open_store(line.folder) as store:
        assert store.counts().waiting == 0
    line.check_province()
    check_that_the_proof_notices(line, rng, calls)


def check_that_the_proof_notices(line: Line, rng: random.Random, calls: int) -> None:
    """A pass that strikes items off before the server has them is found out by one of these kills."""
    for number in rng.sample(range(calls // 8, calls), min(16, calls // 2)):
        line.fill_queue(rng)
        line.sync(Watch(str(line.folder), KILL, at=number), STRIKING_OFF)
        line.sync(program=STRIKING_OFF)
        if line.list_missing():
            return
    pytest.fail("what was struck off was sent all the same")
