"""A server whose disk fills up, or fails to sync, at every call in turn while it takes in an item.

What it could not keep it answers with an error, signed, and with no receipt. The same process goes on when
there is room again, and takes everything.
CI takes a seeded sample; `SUPPORTPOINT_CHAOS_LONG=1` takes every call.
"""

from __future__ import annotations

import base64
import errno
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from supportpoint.protocol import Problem, SyncReply, decode
from tests.chaos.crash.intake import Intake, judge
from tests.chaos.crash.kills import plan
from tests.chaos.crash.zygote import FAIL_ON, FAIL_ONE, SPACE, SYNC, Ran, Watch

LIFE = "tests.chaos.crash.server_life:"
TROUBLES = {
    "stays full": Watch("", FAIL_ON, SPACE, error=errno.ENOSPC),
    "refuses one": Watch("", FAIL_ONE, SPACE, error=errno.ENOSPC),
    "fails to sync": Watch("", FAIL_ONE, SYNC, error=errno.EIO),
    "fails for ever": Watch("", FAIL_ON, SYNC, error=errno.EIO),
}
CANNOT_SIGN = (500, b"")
"""What is said when not even the epoch can be read: no kiosk believes it, and nothing changes there."""
PUSHES = (1, 4)

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]


def read_answers(intake: Intake, ran: Ran) -> list[Any]:
    """Return what a child answered, each answer seen to be signed for its request."""
    assert ran.status == 0, ran.err
    found = []
    for line, request in zip(ran.out.splitlines(), intake.requests * 2, strict=False):
        said = json.loads(line)
        answer = SimpleNamespace(
            status_code=said["status"],
            headers=said["headers"],
            content=base64.b64decode(said["body"]),
            request=SimpleNamespace(headers=request["headers"]),
        )
        if (answer.status_code, answer.content) != CANNOT_SIGN:
            intake.kiosk.check(answer)
        found.append(answer)
    return found


def list_promised(intake: Intake, answers: list[Any]) -> Iterator[int]:
    """Yield the number of each request of which the server says that it is done; the others are refused."""
    for number, answer in enumerate(answers, start=1):
        if answer.status_code >= 400:
            assert not answer.content or decode(answer.content, Problem).code.startswith("SP-")
        elif number in PUSHES:
            said = decode(answer.content, SyncReply)
            assert said.receipt is not None
            [(item_id, status, _)] = said.receipt.results
            assert item_id == intake.item.id
            if number == PUSHES[0] or status == "complete":
                yield number
        else:
            yield number


def strike(intake: Intake, watch: Watch, where: str, count: int = 4, life: str = "answer") -> Counter[str]:
    """Take the item in on a disk in trouble; return what was answered, all of it true."""
    intake.begin_anew()
    ran = intake.kiosk.zygote.run(LIFE + life, intake.requests[:count], watch=watch)
    answers = read_answers(intake, ran)
    assert len(answers) == count, (where, ran.err)
    assert list(judge(intake.data, intake, [*list_promised(intake, answers)])) == [], where
    return Counter(str(one.status_code) for one in answers)


def go_on_with_room(intake: Intake, watch: Watch, where: str) -> None:
    """Take the item in on a disk in trouble, and again by the same process when there is room."""
    intake.begin_anew()
    count = len(intake.requests)
    ran = intake.kiosk.zygote.run(LIFE + "answer_without_room_and_with", intake.requests, watch=watch)
    answers = read_answers(intake, ran)
    assert count in list_promised(intake, answers[count:]), (where, ran.err)
    assert list(judge(intake.data, intake, range(1, count + 1))) == [], where
    assert intake.kiosk.server.rows("SELECT count(*) FROM registry_item") == [(1,)], where


def count_calls(intake: Intake, trouble: Watch) -> int:
    intake.begin_anew()
    watch = Watch(str(intake.data), classes=trouble.classes)
    return intake.kiosk.hand_in(*intake.requests, watch=watch).calls


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
def test_a_full_server_says_no_and_takes_all_later(intake: Intake, seed: int, trouble: Watch):
    rng = random.Random(seed)
    calls = count_calls(intake, trouble)
    said: Counter[str] = Counter()
    tried = plan(calls, rng, sample=4)
    for number, is_torn in tried:
        where = f"call {number} of {calls}{' torn' if is_torn else ''}"
        watch = replace(trouble, root=str(intake.data), at=number, is_torn=is_torn)
        said += strike(intake, watch, where)
        go_on_with_room(intake, watch, where)
    print(f"{len(tried)} runs over {calls} calls: {dict(said)}")  # noqa: T201 - the figure
    assert set(said) <= {"200", "404", "503", "500"}  # nobody asked for a file whose item was refused


def test_a_receipt_for_what_was_not_committed_is_noticed(intake: Intake):
    trouble = replace(TROUBLES["refuses one"], root=str(intake.data))
    watches = [replace(trouble, at=number) for number in range(1, count_calls(intake, trouble))]
    with pytest.raises(AssertionError, match="item lost"):
        [strike(intake, watch, "", 1, "answer_as_if_stored") for watch in watches]
