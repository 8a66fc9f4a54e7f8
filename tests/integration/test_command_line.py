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

from supportpoint.clock import SystemClock
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store

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
    assert (here["clock_trusted"], here["clock_wrong"]) == (True, False), "the boot is the same"
    assert abs(here["clock_offset_s"]) <= 2
    assert [item["id"] for item in here["items"]] == [sent["case_id"]]
    assert (here["backups"], here["repair"], here["archived"]) == (1, None, 0)
    assert here["backup_age_s"] < 600 < here["free_bytes"]

    found = supportpoint("find", "--data", kiosk, "KHAI SINH")
    assert [one["ref"].partition("@")[0] for one in found["entries"]] == ["birth-registration"]
    found = supportpoint("find", "--data", kiosk, sent["case_number"].replace("-", "").lower()[2:7])
    assert [one["id"] for one in found["items"]] == [sent["case_id"]]


def test_kiosks_hear_up_to_when_the_province_is_backed_up(province, tmp_path):
    kiosk, port = tmp_path / "kiosk", free_port()

    def heard():
        supportpoint("sync", "--data", kiosk)
        with Store.open(kiosk, SystemClock(), load_or_make_keys(kiosk)) as store:
            return store._opened.db.tuples("SELECT backed_up_through FROM device")[0][0]

    def say(moment, status=0):
        words = ("backed-up", "--data", province, "--begun-at", moment)
        return supportpoint("server", *words, status=status)

    with Running(province, port):
        enroll(province, kiosk, port)
        assert heard() == 0
        assert say("2026-11-01T02:00:00+07:00") == {"backed_up_through": 1793473200}
        assert heard() == 1793473200
        assert say("2026-10-01T02:00:00+07:00") == {"backed_up_through": 1793473200}
        say("2126-10-01T02:00:00+07:00", status=2)
        assert heard() == 1793473200


def test_a_destroyed_database_is_repaired_by_the_next_command(province, tmp_path):
    kiosk, port = tmp_path / "kiosk", free_port()
    with Running(province, port):
        enroll(province, kiosk, port)
        supportpoint("sync", "--data", kiosk)
        sent = submit(kiosk, tmp_path)
        content = bytearray((kiosk / "supportpoint.db").read_bytes())
        content[:4096] = bytes(4096)
        (kiosk / "supportpoint.db").write_bytes(content)
        assert supportpoint("sync", "--data", kiosk, "--until-empty")["waiting"] == 0
    here = supportpoint("status", "--data", kiosk, "--json")
    assert ([item["id"] for item in here["items"]], here["complete"]) == ([sent["case_id"]], 1)
    assert here["repair"]["tables"]["item"]["from_spool"] == 1


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


def status(kiosk):
    return supportpoint("status", "--data", kiosk, "--json")


def test_a_case_travels_on_a_stick_by_commands(province, tmp_path):
    far, near, stick = tmp_path / "far", tmp_path / "near", tmp_path / "stick"
    stick.mkdir()
    port, before = free_port(), supportpoint("server", "status", "--data", province)
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
        wait_for_cases(province, before["cases"] + 1)
    assert supportpoint("courier", "import", "--data", near, stick)["answers_for_others"] > 0
    heard = supportpoint("courier", "import", "--data", far, stick)
    assert (heard["completed"], heard["waiting"]) == (1, 0)
    assert status(far)["complete"] == 1
    taken = supportpoint("server", "courier", stick, "--data", province)  # and the stick itself arrives too
    assert taken["verdicts"] == {"complete": 1}
    held = supportpoint("server", "status", "--data", province)
    assert (held["items"], held["duplicates"]) == (before["items"] + 1, 0)
    again = supportpoint("courier", "export", "--data", far, stick)
    assert (again["items"], again["old_letters_removed"]) == (0, 2)


def test_a_bad_stick_is_said_by_its_code(tmp_path):
    broken = tmp_path / "x.spletter"
    broken.write_bytes(b"nothing")
    done = supportpoint("courier", "verify", tmp_path / "none", status=2)
    assert done.stderr.startswith("SP-903 ")
    seen = supportpoint("courier", "verify", broken, status=2)
    assert seen == {"file": "x.spletter", "code": "SP-905"}
