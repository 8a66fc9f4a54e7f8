"""The model of the whole protocol, its short form, and what it was shown to catch.

The long form is a command: tests/chaos/state_machine.py.
"""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis.errors import Flaky

from supportpoint.errors import SupportPointError
from tests.chaos.protocol.mutants import (
    believed_database,
    contiguous_high_water,
    kept_cursor,
    maximal_high_water,
    wrapper_hash,
)
from tests.chaos.state_machine import find_done, main, run_shard

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.chaos


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A thousand bad worlds have much to log."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("shard", [1000, 1001])
def test_whatever_happens_everything_sealed_is_there_exactly_once(shard: int) -> None:
    assert run_shard(shard, 500) >= 500


def test_the_real_server_keeps_the_same_promises(tmp_path: Path) -> None:
    """In a process of its own: Django knows one data folder."""
    ledger = tmp_path / "ledger"
    words = ["--real", "--shard", "1000", "--examples", "40", "--ledger", str(ledger)]
    line = [sys.executable, "-m", "tests.chaos.state_machine", *words]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert find_done(ledger, 40) == {1000}


@pytest.mark.parametrize(
    ("mutant", "shard"),
    [
        (contiguous_high_water, 3),
        (maximal_high_water, 3),
        (kept_cursor, 3),
        (wrapper_hash, 1),
        (believed_database, 3),
    ],
)
def test_what_only_looks_right_is_caught(
    mutant: Callable[[], AbstractContextManager[None]], shard: int
) -> None:
    # Ids are of chance, so that a world that failed need not fail once more: Hypothesis calls that flaky.
    with mutant(), pytest.raises((AssertionError, SupportPointError, Flaky)) as caught:
        run_shard(shard, 600, shrinks=False)
    assert re.match(rf"shard {shard} of 600 examples, after \d+ worlds", caught.value.__notes__[-1])


def test_a_shard_that_is_done_is_not_run_again(tmp_path, capsys) -> None:
    words = ["--shard", "5", "--shards", "2", "--examples", "2", "--ledger", str(tmp_path / "ledger")]
    assert main(words) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert find_done(tmp_path / "ledger", 2) == {5, 6}
    assert main(words) == 0
    assert capsys.readouterr().out == ""
