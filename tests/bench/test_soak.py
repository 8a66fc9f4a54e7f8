"""Ten thousand changes of the screen by somebody who never tires: what the kiosk holds then. No verdict."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.whole_point import ROOT, WholePoint

CHANGES = os.environ.get("SUPPORTPOINT_SOAK_CHANGES", "10000")


@pytest.mark.timeout(7200)
def test_soak(whole_point: WholePoint, benchmark: Any):
    line = [sys.executable, "build_scripts/wandering.py", str(whole_point.folder), "--changes", CHANGES]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}

    def soak() -> dict[str, Any]:
        done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        print("\n" + done.stdout)  # noqa: T201 -- the figures of docs/bench.md
        return dict(json.loads(done.stdout.splitlines()[-1]))

    found = benchmark.pedantic(soak, rounds=1, iterations=1)
    benchmark.extra_info.update(found)
    assert found["changes"] >= int(CHANGES)
