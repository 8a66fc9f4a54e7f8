"""How fast the kiosk answers somebody who wanders through it: whole machine and a quarter of one core.

Figures, not verdicts. Targets: first frame 1 s, touch 30 ms and page 50 ms (p95), save 300 ms, 250 MB; at a
quarter of one core 150 ms.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.whole_point import ROOT, WholePoint

CHANGES = "1000"
#: A period of the quota: a finger stays, and the driver's own search is not charged to the page.
REST = ("--rest-ms", "100")
CGROUPS = Path("/sys/fs/cgroup")
PERIOD_US = 100_000
QUARTER_US = PERIOD_US // 4


def measure(folder: Path, *before: str, words: tuple[str, ...] = ()) -> dict[str, Any]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    line = [*before, sys.executable, "build_scripts/pacing.py", str(folder), "--changes", CHANGES, *words]
    done = subprocess.run(
        line, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1800, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def quarter_of_a_core() -> Iterator[tuple[str, ...]]:
    """Make a control group with a quarter of one core; yields the words that start a program inside it."""
    is_second = (CGROUPS / "cgroup.controllers").exists()
    group = (CGROUPS if is_second else CGROUPS / "cpu") / f"supportpoint-bench-{os.getpid()}"
    try:
        group.mkdir()
        if is_second:
            (group / "cpu.max").write_text(f"{QUARTER_US} {PERIOD_US}")
        else:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD_US))
            (group / "cpu.cfs_quota_us").write_text(str(QUARTER_US))
    except OSError as error:
        pytest.skip(f"no control group can be made here: {error}")
    try:
        yield ("sh", "-c", f'echo $$ > {group}/cgroup.procs && exec "$@"', "sh")
    finally:
        group.rmdir()


def report(name: str, benchmark: Any, found: dict[str, Any]) -> None:
    benchmark.extra_info.update(found)
    print(f"\n{name} {json.dumps(found, ensure_ascii=False)}")  # noqa: T201 -- the figures of docs/bench.md
    assert found["page"]["count"] >= 300


@pytest.mark.timeout(1800)
def test_the_whole_machine(whole_point: WholePoint, benchmark: Any):
    measure(whole_point.folder)  # warm: the second start is the one of every morning
    found = benchmark.pedantic(measure, args=(whole_point.folder,), rounds=1, iterations=1)
    report("whole machine", benchmark, found)


@pytest.mark.timeout(3600)
def test_a_quarter_of_one_core(whole_point: WholePoint, benchmark: Any):
    with quarter_of_a_core() as inside:
        found = benchmark.pedantic(
            measure, args=(whole_point.folder, *inside), kwargs={"words": REST}, rounds=1, iterations=1
        )
    report("a quarter of one core", benchmark, found)
