"""A kiosk starts without loading a driver; a driver that cannot load is a device that is not there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from supportpoint.config import Settings
from supportpoint.devices.camera import NoCamera
from supportpoint.devices.machine import Late, find_devices, make_fakes
from supportpoint.devices.microphone import NoMicrophone

HEAVY = (
    "PySide6.QtMultimedia",
    "PySide6.QtTextToSpeech",
    "PySide6.QtPrintSupport",
    "zxingcpp",
    "soundfile",
    "numpy",
    "pypdfium2",
)
LOOK = f"""
import json, sys
from supportpoint.kiosk import bootstrap
bootstrap.prepare_qt()
devices = bootstrap.find_devices(bootstrap.Settings(keyboard_scanner=True))
devices.scanner.stop(); devices.camera.stop(); devices.microphone.cancel(); devices.speaker.stop()
devices.close()
print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))
"""


def test_nothing_heavy_is_loaded_before_use():
    ended = subprocess.run(
        [sys.executable, "-c", LOOK],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert json.loads(ended.stdout.splitlines()[-1]) == []


def test_two_modules_of_the_addons_are_used_and_no_more():
    """Several of the others are under GPL or commercial licences."""
    files = metadata.files("PySide6_Addons") or []
    addons = {path.name.split(".")[0] for path in files if path.suffix in {".so", ".pyd"}}
    product = Path(__file__).resolve().parents[3] / "supportpoint"
    sources = "\n".join(path.read_text(encoding="utf-8") for path in product.rglob("*.py"))
    pages = "\n".join(path.read_text(encoding="utf-8") for path in product.rglob("*.qml"))
    used = set(re.findall(r"PySide6\.(Qt\w+)", sources)) | set(re.findall(r"import (Qt\w+)", pages))
    assert "QtMultimedia" in addons
    assert used & addons == {"QtMultimedia", "QtTextToSpeech"}


def test_a_driver_that_cannot_load_is_no_device(caplog: pytest.LogCaptureFixture):
    def fail() -> Any:
        raise ImportError("libpulse.so.0", name="PySide6.QtMultimedia")

    late = Late(fail, NoCamera())
    assert not late.is_there
    assert late.self_test().code == "SP-702"
    assert caplog.messages == ["device driver missing: PySide6.QtMultimedia"]


def test_ending_never_makes_a_device():
    made: list[int] = []

    def make() -> NoMicrophone:
        made.append(1)
        return NoMicrophone()

    late, codes = Late(make, NoMicrophone()), []
    late.stop()
    late.cancel()
    late.close()
    assert made == []
    late.stop(codes.append)
    assert (made, codes) == ([1], ["SP-706"])


def test_stand_ins_say_that_they_are_none(qapp: object):
    devices = make_fakes()
    tests = dict(devices.self_tests())
    assert list(tests) == ["scanner", "camera", "microphone", "speaker", "speech", "printer"]
    assert all(test.ok and test.facts == {"fake": True} for test in tests.values())
    assert devices.camera.is_fake
    assert devices.microphone.is_fake
    assert devices.speaker.is_fake
    assert devices.printer.is_fake
    devices.close()


def test_the_scanner_that_types_is_joined_by_the_settings(qapp: object):
    with_keys = find_devices(Settings(keyboard_scanner=True))
    without = find_devices(Settings())
    assert with_keys.scanner.is_there
    assert with_keys.scanner.self_test().facts["kind"] == "keyboard"
    assert not hasattr(without.scanner, "_scanners")
    with_keys.close()
    without.close()
