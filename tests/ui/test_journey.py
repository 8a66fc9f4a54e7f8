"""The journey of the demo as one test: an offline case, the server's return, the answer on the receipt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    "K01",
    "K02",
    "K03",
    "K04",
    "K05",
    "K06",
    "K07",
    "K08",
    "K09",
    "K11",
    "K12",
    "K13",
    "K14",
    "K15",
    "K21",
    "K22",
    "K23",
    "K24",
    "K25",
    "K26",
]


@pytest.mark.timeout(240)
@pytest.mark.parametrize("size", ["1366x768", "1920x1080"])
def test_one_case_travels_the_whole_road(tmp_path: Path, size: str):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [
            sys.executable,
            "build_scripts/demo.py",
            "--headless",
            "--size",
            size,
            "--shots",
            str(tmp_path / "shots"),
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    outcome = json.loads(done.stdout.splitlines()[-1])
    assert outcome["ok"]
    assert outcome["services"] == len(list((ROOT / "assets" / "forms").glob("*/settings.csv")))
    assert outcome["queued_offline"]
    assert outcome["server_cases"] == 1
    assert outcome["server_blobs"] == 2
    assert outcome["duplicates"] == 0
    assert outcome["state_seen_by_receipt"] == "need"
    assert outcome["supplement_items_seen"] == 2
    assert outcome["supplement_photos_at_office"] == 1
    seen = " ".join(outcome["screens"])
    assert [page for page in PAGES if page not in seen] == []
    assert all((tmp_path / "shots" / name).stat().st_size > 0 for name in outcome["screens"])
    assert "WARNING" not in done.stderr
    assert "qml" not in done.stderr
