"""`kill -9` in the middle of a save and in the middle of a sync: every case that was saved arrives once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "build_scripts"))

from stage import Province, command, set_stage  # noqa: E402 - the demo's stage, real server and all

ANSWERS = ROOT / "tests" / "data" / "forms" / "birth-answers.json"
SEED = int(os.environ.get("SUPPORTPOINT_CHAOS_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 32)
SAVES = 12
SYNCS = 4

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(240)]


@pytest.fixture
def stage(tmp_path):
    province, kiosk = set_stage(tmp_path)
    yield province, kiosk
    province.stop()


def kill_after(delay_s: float, *words: str) -> str:
    """Start a command, kill it after a while; return what it had said."""
    line = [sys.executable, "-m", "supportpoint", *words]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    time.sleep(delay_s)
    process.kill()
    return process.communicate(timeout=30)[0]


def submit_words(kiosk: Path, photo: Path) -> list[str]:
    attached = [f"{name}={photo}" for name in ("birth_notice_photo", "marriage_photo")]
    files = [word for name in attached for word in ("--attach", name)]
    return ["submit", "--data", str(kiosk), "--form", "birth-registration", "--answers", str(ANSWERS), *files]


def wait_for_cases(province: Province, wanted: int) -> dict[str, int]:
    until = time.monotonic() + 30
    while (counts := province.count())["cases"] < wanted and time.monotonic() < until:
        time.sleep(0.3)
    return counts


def test_what_survives_the_kills_arrives_once(stage, tmp_path):
    print(f"\nseed {SEED}")  # noqa: T201 - a failure must be repeatable
    rng = random.Random(SEED)
    province, kiosk = stage
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(rng.randbytes(150_000))
    words = submit_words(kiosk, photo)
    started_s = time.monotonic()
    first = command(*words)["case_id"]
    typical_s = time.monotonic() - started_s
    said = [kill_after(typical_s * rng.uniform(0.5, 1.1), *words) for _ in range(SAVES)]
    promised = {first, *(json.loads(line)["case_id"] for line in said if line.endswith("\n"))}
    province.start()
    for _ in range(SYNCS):
        kill_after(rng.uniform(0.3, 1.5), "sync", "--data", str(kiosk))
    command("sync", "--data", kiosk, "--until-empty")
    status = command("status", "--data", kiosk, "--json")
    saved = {item["id"] for item in status["items"]}
    assert promised <= saved
    assert status["waiting"] == 0
    counts = wait_for_cases(province, len(saved))
    print(f"{SAVES} kills in a save, {SYNCS} in a sync, {len(saved)} saved, {counts}")  # noqa: T201
    assert (counts["items"], counts["cases"]) == (len(saved), len(saved))
    assert (counts["blobs"], counts["unfinished_blobs"], counts["duplicates"]) == (2 * len(saved), 0, 0)
