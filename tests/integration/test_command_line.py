"""The operator's road, by commands alone: a province is made, a kiosk joins, a case arrives once."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests" / "data" / "forms" / "birth-answers.json"
FORM = ROOT / "assets" / "forms" / "birth-registration"
ENVIRONMENT = os.environ | {
    "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    "PYTHONUTF8": "1",
    "LC_ALL": "en_US.UTF-8",
}


def supportpoint(*words, status=0):
    line = [sys.executable, "-m", "supportpoint", *map(str, words)]
    done = subprocess.run(line, capture_output=True, text=True, env=ENVIRONMENT, timeout=120, check=False)
    assert done.returncode == status, done.stderr
    last = done.stdout.rstrip().rpartition("\n")[2]  # warnings about a form come before what was made
    return json.loads(last) if last.startswith("{") else done


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """`supportpoint server run` over TLS, until the end of the block."""

    def __init__(self, folder, port):
        self.words = ("server", "run", "--data", str(folder), "--port", str(port))
        self.port = port

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "supportpoint", *self.words], env=ENVIRONMENT, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return self
        raise AssertionError("the server did not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    folder = tmp_path_factory.mktemp("province")
    made = supportpoint("server", "init", "--data", folder)
    assert made["communes"] == 45
    published = supportpoint(
        "forms", "publish", FORM, "--key", folder / "keys" / "publisher.key", "--out", folder / "out"
    )
    supportpoint("server", "publish", published["package"], "--data", folder)
    return folder


def enroll(province, folder, port, *, status=0, code=""):
    code = code or supportpoint("server", "code", "--data", province, "--commune", "03316")["code"]
    words = ("--server", f"https://localhost:{port}", "--code", code, "--ca", province / "tls" / "ca.pem")
    return supportpoint("enroll", "--data", folder, *words, status=status)


def submit(kiosk, tmp_path):
    files = []
    for name in ("giay-chung-sinh.jpg", "giay-ket-hon.jpg"):
        path = tmp_path / name
        path.write_bytes(os.urandom(120_000))
        files += ["--attach", f"{name}={path}"]
    return supportpoint(
        "submit", "--data", kiosk, "--form", "birth-registration", "--answers", ANSWERS, *files
    )


def wait_for_cases(province, count):
    until = time.monotonic() + 30
    while (held := supportpoint("server", "status", "--data", province))["cases"] < count:
        assert time.monotonic() < until, held
        time.sleep(0.2)
    return held


def test_a_case_goes_from_a_kiosk_without_a_link_to_the_province_once(province, tmp_path):
    kiosk, port = tmp_path / "kiosk", free_port()
    with Running(province, port):
        assert enroll(province, kiosk, port)["commune_code"] == "03316"
        assert supportpoint("sync", "--data", kiosk)["code"] == ""
    [form] = supportpoint("status", "--data", kiosk, "--json")["forms"]
    assert form["id"] == "birth-registration"

    sent = submit(kiosk, tmp_path)
    assert sent["state"] == "queued"
    offline = supportpoint("sync", "--data", kiosk, status=2)
    assert (offline["code"], offline["waiting"]) == ("SP-501", 1)

    with Running(province, port):
        for _ in range(2):
            assert supportpoint("sync", "--data", kiosk, "--until-empty")["waiting"] == 0
        held = wait_for_cases(province, 1)
    assert (held["items"], held["blobs"], held["duplicates"]) == (1, 2, 0)
    here = supportpoint("status", "--data", kiosk, "--json")
    assert (here["complete"], here["waiting"]) == (1, 0)
    assert [item["id"] for item in here["items"]] == [sent["case_id"]]


def test_a_wait_for_the_link_ends_with_the_case_there(province, tmp_path):
    """`--until-empty` begins with nobody there and goes on when the server comes up."""
    kiosk, port = tmp_path / "kiosk", free_port()
    with Running(province, port):
        enroll(province, kiosk, port)
        supportpoint("sync", "--data", kiosk)
    submit(kiosk, tmp_path)
    words = [sys.executable, "-m", "supportpoint", "sync", "--data", str(kiosk), "--until-empty"]
    waiting = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
    time.sleep(2)
    assert waiting.poll() is None
    with Running(province, port):
        report = json.loads(waiting.communicate(timeout=60)[0])
    assert (report["code"], report["waiting"], report["completed"]) == ("", 0, 1)


def test_a_used_code_enrols_nobody(province, tmp_path):
    port = free_port()
    code = supportpoint("server", "code", "--data", province, "--commune", "03316")["code"]
    with Running(province, port):
        enroll(province, tmp_path / "first", port, code=code)
        done = enroll(province, tmp_path / "second", port, code=code, status=2)
        assert done.stderr.startswith("SP-507 ")
        device = supportpoint("status", "--data", tmp_path / "first", "--json")["device"]
        supportpoint("server", "revoke", device, "--data", province)
        assert supportpoint("sync", "--data", tmp_path / "first", status=2)["code"] == "SP-504"


def test_a_workbook_with_faults_is_explained(tmp_path):
    book = tmp_path / "book"
    book.mkdir()
    (book / "survey.csv").write_text("type,name,label\ntextt,a,A\n")
    (book / "settings.csv").write_text("form_id,version\nx,1\n")
    done = supportpoint("forms", "check", book, status=2)
    assert done.stderr.startswith("SP-312 ")
    assert done.stdout.startswith("settings:") or "survey:" in done.stdout


def test_words_are_compared_and_a_revoked_machine_joins_again_with_its_queue(province, tmp_path):
    kiosk, port = tmp_path / "kiosk", free_port()
    with Running(province, port):
        enrolled = enroll(province, kiosk, port)
        first = enrolled["device"]
        supportpoint("sync", "--data", kiosk)
        here = supportpoint("status", "--data", kiosk, "--json")
        there = supportpoint("server", "devices", first, "--data", province)
        words = enrolled["fingerprint"]
        assert words == here["fingerprint"] == there["fingerprint"]
        assert (here["role"], here["key_level"], there["key_level"]) == ("kiosk", "key_file", "key_file")
        wrong = supportpoint("server", "confirm", first, *words.split()[::-1], "--data", province, status=2)
        assert wrong.stderr.startswith("SP-812 ")
        supportpoint("server", "confirm", first, *words.split(), "--data", province)
        assert supportpoint("server", "devices", first, "--data", province)["compared"]

        supportpoint("server", "revoke", first, "--data", province)
        sent = submit(kiosk, tmp_path)
        assert supportpoint("sync", "--data", kiosk, status=2)["code"] == "SP-504"
        again = enroll(province, kiosk, port)
        assert again["device"] != first
        assert again["fingerprint"] != words
        assert supportpoint("sync", "--data", kiosk, "--until-empty")["completed"] == 1
    [item] = supportpoint("status", "--data", kiosk, "--json")["items"]
    assert (item["id"], item["state"]) == (sent["case_id"], "complete")
