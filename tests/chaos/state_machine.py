"""Run shards of the model of the whole protocol: python -m tests.chaos.state_machine --shards 200

A shard is its number: it seeds the choice of the worlds, and 200 shards of 1,000 are the 200,000 of
docs/reliability.md. Finished shards stand in the ledger, one line each, and are not run again, so
that a run can be stopped at any time and resumed by the same words.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.chaos.protocol.rig import in_place
from tests.chaos.protocol.world import RIG, World

STEPS = 20
EXAMPLES = 1000
LEDGER = Path("build/chaos/state-machine.tsv")
REAL_LEDGER = Path("build/chaos/state-machine-real.tsv")
Row = tuple[int, int, int, int, str]
"""Of the ledger: shard, examples asked for, worlds tried, seconds, "clean" or "broken"."""


def run_shard(shard: int, examples: int, world: type[World] = World, *, shrinks: bool = True) -> int:
    """Try worlds of one seed; return how many were tried. Errors: what a broken promise raises."""
    tried: list[None] = []

    class Counted(world):  # type: ignore[valid-type,misc]  # any world
        def teardown(self) -> None:
            tried.append(None)
            super().teardown()

    phases = (Phase.generate, Phase.shrink) if shrinks else (Phase.generate,)
    chosen = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        report_multiple_bugs=False,
    )
    try:
        with in_place(RIG):
            run_state_machine_as_test(seed(shard)(Counted), settings=chosen)
    except BaseException as error:
        error.add_note(f"shard {shard} of {examples} examples, after {len(tried)} worlds")
        raise
    return len(tried)


def find_world() -> type[World]:
    """Return the world with the real server, which makes this process its own."""
    from tests.chaos.protocol.real_world import RealWorld  # noqa: PLC0415 - Django is loaded for this alone

    return RealWorld


def find_done(ledger: Path, examples: int) -> set[int]:
    """Return the shards of this size that the ledger calls clean."""
    lines = ledger.read_text("utf-8").splitlines() if ledger.exists() else []
    rows = [line.split("\t") for line in lines]
    return {int(row[0]) for row in rows if int(row[1]) == examples and row[4] == "clean"}


def try_shard(shard: int, examples: int, *, real: bool) -> Row:
    """Run one shard in this process; what breaks a promise is printed, and the row says "broken"."""
    logging.disable()
    started_s, worlds, verdict = time.monotonic(), 0, "clean"
    try:
        worlds = run_shard(shard, examples, find_world() if real else World)
    except BaseException:  # noqa: BLE001 - whatever it is, it is a finding
        verdict = "broken"
        traceback.print_exc()
    return shard, examples, worlds, round(time.monotonic() - started_s), verdict


def main(words: Sequence[str] | None = None) -> int:
    """Run the shards asked for that the ledger does not know; return 1 at the first broken promise.

    Each has a process of its own: a thousand worlds leave 260 MB behind.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.state_machine")
    parser.add_argument("--shard", type=int, default=0, help="the first shard, and its seed")
    parser.add_argument("--shards", type=int, default=1, help="how many")
    parser.add_argument("--jobs", type=int, default=1, help="how many at a time")
    parser.add_argument("--examples", type=int, default=EXAMPLES)
    parser.add_argument("--real", action="store_true", help="the real server in place of its model; slower")
    parser.add_argument("--ledger", type=Path, default=None)
    asked = parser.parse_args(words)
    ledger = asked.ledger or (REAL_LEDGER if asked.real else LEDGER)
    ledger.parent.mkdir(parents=True, exist_ok=True)
    wanted = sorted(set(range(asked.shard, asked.shard + asked.shards)) - find_done(ledger, asked.examples))
    with ProcessPoolExecutor(asked.jobs, get_context("spawn"), max_tasks_per_child=1) as pool:
        runs = [pool.submit(try_shard, shard, asked.examples, real=asked.real) for shard in wanted]
        for run in as_completed(runs):
            row = run.result()
            line = "\t".join(map(str, row)) + "\n"
            with ledger.open("a", encoding="utf-8") as book:
                book.write(line)
            sys.stdout.write(line)
            sys.stdout.flush()
            if row[-1] != "clean":
                pool.shutdown(wait=False, cancel_futures=True)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
