"""`supportpoint devices` says one line a device, also on a machine that has none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DEVICES = ["scanner", "camera", "microphone", "speaker", "speech", "printer"]


def ask(tmp_path: Path, *words: str) -> tuple[int, list[dict[str, object]]]:
    quiet = {"PULSE_SERVER": f"unix:{tmp_path}/nobody", "PATH": str(tmp_path), "CUPS_SERVER": "127.0.0.1:9"}
    ended = subprocess.run(
        [sys.executable, "-m", "supportpoint", "devices", "--data", str(tmp_path), *words],
        env=os.environ | quiet,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    return ended.returncode, [json.loads(line) for line in ended.stdout.splitlines()]


def test_a_machine_without_devices(tmp_path: Path):
    status, lines = ask(tmp_path)
    assert [line["device"] for line in lines] == DEVICES
    assert {(line["ok"], line["code"]) for line in lines} == {(False, "SP-702")}
    assert all(line["advice"] for line in lines)
    assert status == 0


def test_the_pages_open_until_they_are_ended(tmp_path: Path):
    words = ["devices", "--pages", "--fake-devices", "--window", "1366x768", "--data", str(tmp_path)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    shown = subprocess.Popen(
        [sys.executable, "-m", "supportpoint", *words], env=environment, stderr=subprocess.PIPE, text=True
    )
    with pytest.raises(subprocess.TimeoutExpired):
        shown.wait(timeout=4)
    shown.kill()
    _, said = shown.communicate(timeout=30)
    assert "qml" not in said
    assert "Traceback" not in said


def test_stand_ins_say_so(tmp_path: Path):
    status, lines = ask(tmp_path, "--fake-devices")
    assert [line["device"] for line in lines] == DEVICES
    assert all(line["ok"] and line["facts"] == {"fake": True} for line in lines)
    assert status == 0
