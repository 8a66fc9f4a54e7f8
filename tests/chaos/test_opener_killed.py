"""The server's opener killed at every call: no case lost, opened twice or half, an answer published once.

It meets two cases with photos, one of no form, one for an agency with the agency's answer, and a page of
audit rows. After each kill nothing is half, and a second start makes what an undisturbed one makes. The same
after a full disk.
CI takes a seeded sample; `SUPPORTPOINT_CHAOS_LONG=1` takes every call.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.chaos.conftest import MEMORY
from tests.chaos.crash.kills import plan
from tests.chaos.crash.opened import ONCE, Facts, Waiting, judge_opened, open_waiting, read_facts
from tests.chaos.crash.zygote import COUNT, FAIL_ON, FAIL_ONE, KILL, SPACE, Watch

TROUBLES = {
    "killed": Watch("", KILL),
    "stays full": Watch("", FAIL_ON, SPACE),
    "refuses one": Watch("", FAIL_ONE, SPACE),
}

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def waiting(callwatch: str) -> Iterator[Waiting]:
    with TemporaryDirectory(dir=MEMORY) as name, open_waiting(callwatch, Path(name)) as opened:
        yield opened


def open_undisturbed(waiting: Waiting, watch: Watch | None = None) -> int:
    ran = waiting.kiosk.zygote.run(ONCE, watch=watch)
    assert ran.status == 0, ran.err
    return ran.calls


def list_wanted(waiting: Waiting) -> Facts:
    """Return what an undisturbed opener makes."""
    waiting.begin_anew()
    open_undisturbed(waiting)
    wanted = read_facts(waiting.data)
    assert [code for *_, code in wanted["items"] if code] == ["SP-804"]
    assert {case_id for case_id, *_ in wanted["cases"]} == set(waiting.cases)
    assert {ref for ref, _ in wanted["boxes"]} == set(waiting.boxes)
    assert list(judge_opened(waiting.data, waiting)) == []
    return wanted


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
def test_an_opener_struck_at_every_call_opens_everything_once(waiting: Waiting, seed: int, trouble: Watch):
    wanted = list_wanted(waiting)
    trouble = replace(trouble, root=str(waiting.data))
    waiting.begin_anew()
    calls = open_undisturbed(waiting, replace(trouble, mode=COUNT))
    tried = plan(calls, random.Random(seed), sample=12)
    for number, is_torn in tried:
        where = f"call {number} of {calls}{' torn' if is_torn else ''}"
        waiting.begin_anew()
        ran = waiting.kiosk.zygote.run(ONCE, watch=replace(trouble, at=number, is_torn=is_torn))
        assert ran.is_killed == (trouble.mode == KILL), (where, ran.err)
        assert list(judge_opened(waiting.data, waiting)) == [], where
        open_undisturbed(waiting)
        assert read_facts(waiting.data) == wanted, where
        assert list(judge_opened(waiting.data, waiting)) == [], where
    print(f"{len(tried)} of {calls} calls struck")  # noqa: T201 - the figure of docs/reliability.md


def test_an_opener_that_commits_row_by_row_is_noticed(waiting: Waiting, seed: int):
    waiting.begin_anew()
    life = "tests.chaos.crash.server_life:open_once_row_by_row"
    calls = waiting.kiosk.zygote.run(life, watch=Watch(str(waiting.data))).calls
    faults = []
    for number in random.Random(seed).sample(range(1, calls), 40):
        waiting.begin_anew()
        waiting.kiosk.zygote.run(life, watch=Watch(str(waiting.data), KILL, at=number))
        faults += judge_opened(waiting.data, waiting)
    assert faults
