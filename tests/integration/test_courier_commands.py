"""The courier by commands alone: out on a stick, by a neighbour, to the province, and back."""

from __future__ import annotations

import subprocess
import sys

from tests.integration.test_command_line import (
    ENVIRONMENT,
    Running,
    enroll,
    free_port,
    province,  # noqa: F401 - a fixture
    submit,
    supportpoint,
    wait_for_cases,
)


def status(kiosk):
    return supportpoint("status", "--data", kiosk, "--json")


def test_a_case_travels_on_a_stick_by_commands(province, tmp_path):  # noqa: F811 - the fixture
    far, near, stick = tmp_path / "far", tmp_path / "near", tmp_path / "stick"
    stick.mkdir()
    port = free_port()
    with Running(province, port):
        for kiosk in (far, near):
            enroll(province, kiosk, port)
            supportpoint("sync", "--data", kiosk, "--until-empty")
    submit(far, tmp_path)
    assert status(far)["for_stick"] == 3
    out = supportpoint("courier", "export", "--data", far, stick)
    assert (out["items"], out["blobs"], out["left_blobs"]) == (1, 2, 0)
    assert status(far)["for_stick"] == 0
    assert status(far)["queued"] == 1
    seen = supportpoint("courier", "verify", stick)
    assert (seen["kind"], seen["whole"], seen["lost"]) == ("letter", {"items": 1, "blobs": 2}, 0)
    assert supportpoint("courier", "import", "--data", near, stick)["relayed"] == 1
    assert status(near)["relay_letters"] == 1
    with Running(province, port):
        sent = supportpoint("sync", "--data", near)
        assert sent["relayed"] == {"letters": 1, "items": 1, "code": ""}
        wait_for_cases(province, 1)
    assert supportpoint("courier", "import", "--data", near, stick)["answers_for_others"] > 0
    heard = supportpoint("courier", "import", "--data", far, stick)
    assert (heard["completed"], heard["waiting"]) == (1, 0)
    assert status(far)["complete"] == 1
    taken = supportpoint("server", "courier", stick, "--data", province)  # and the stick itself arrives too
    assert taken["verdicts"] == {"complete": 1}
    held = supportpoint("server", "status", "--data", province)
    assert (held["items"], held["duplicates"]) == (1, 0)
    again = supportpoint("courier", "export", "--data", far, stick)
    assert (again["items"], again["old_letters_removed"]) == (0, 2)


def test_failures_are_said_by_code(tmp_path):
    broken = tmp_path / "x.spletter"
    broken.write_bytes(b"nothing")
    line = [sys.executable, "-m", "supportpoint", "courier", "verify"]
    for place, code in ((broken, "SP-905"), (tmp_path / "none", "SP-903")):
        done = subprocess.run(
            [*line, str(place)], env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 2
        assert done.stderr.startswith(code)
