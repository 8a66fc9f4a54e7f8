"""A clerk's road: check a workbook, look at it on the kiosk, hand it over as .xlsx, publish it."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from supportpoint.cli.forms import make_manifest
from supportpoint.cli.preview import make_preview_point
from supportpoint.clock import SystemClock
from supportpoint.config import shipped_dir
from supportpoint.forms.publish import build
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.keyset import read_keyset
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store
from tests.unit.forms_publish.conftest import EN, VI, FormFolder

COPIES = shipped_dir("assets") / "forms" / "certified-copy"
WORDS = {"vi": "vi_VN.UTF-8", "en": "en_GB.UTF-8"}


def run(*words: object, language: str = "vi", status: int = 0) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "LC_ALL": WORDS[language],
        "PYTHONUTF8": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QUICK_BACKEND": "software",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    line = [sys.executable, "-m", "supportpoint", "forms", *map(str, words)]
    done = subprocess.run(line, capture_output=True, text=True, env=environment, check=False, timeout=120)
    assert done.returncode == status, done.stderr
    return done


@pytest.fixture
def form(tmp_path):
    return FormFolder(tmp_path / "form")


def test_check_shows_warnings_and_counts_recordings(form):
    done = run("check", form.write(), language="en")
    *lines, last = done.stdout.splitlines()
    assert json.loads(last) == {
        "file": "form",
        "faults": 0,
        "warnings": 2,
        "recordings": {VI: [0, 4], EN: [0, 4]},
    }
    assert all(line.startswith("Warning: survey:media::audio::") for line in lines)
    assert "0 of 4" in lines[0]


@pytest.mark.parametrize(("language", "kind"), [("vi", "Lỗi"), ("en", "Fault")])
def test_check_lists_every_fault_and_says_so_on_stderr(form, language, kind):
    form.survey[1]["relevant"] = "no-such(1)"
    form.survey[2]["constraint"] = "1 +"
    del form.settings["source"]
    done = run("check", form.write(), language=language, status=2)
    found = [line.split()[1:3] for line in done.stdout.splitlines() if line.startswith(f"{kind}:")]
    assert found == [
        ["settings:2:source", "missing_setting"],
        ["survey:3:relevant", "unknown_function"],
        ["survey:4:constraint", "expression_end"],
    ]
    assert done.stderr.startswith("SP-312 ")
    assert done.stderr.count("\n") == 1


def test_publish_refuses_what_check_refuses(form, tmp_path):
    key = tmp_path / "publisher.key"
    key.write_bytes(SignKey.make().seed)
    del form.settings["source"]
    done = run("publish", form.write(), "--key", key, "--out", tmp_path / "out", status=2)
    assert "settings:2:source missing_setting" in done.stdout
    assert not (tmp_path / "out").exists()
    form.settings["source"] = "thử"
    done = run("publish", form.write(), "--key", key, "--out", tmp_path / "out")
    assert Path(json.loads(done.stdout.splitlines()[-1])["package"]).is_file()


def test_preview_writes_one_picture_per_page_and_leaves_nothing_behind(form, tmp_path):
    form.survey += [
        {"type": "begin_repeat", "name": "child", f"label::{VI}": "Con", f"label::{EN}": "Child"},
        {"type": "integer", "name": "age", f"label::{VI}": "Mấy tuổi?", f"label::{EN}": "Age?"},
        {"type": "end_repeat"},
    ]
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    os.environ["TMPDIR"] = str(temporary)
    try:
        done = run("preview", form.write(), "--shots", tmp_path / "shots", "--window", "1366x768")
    finally:
        del os.environ["TMPDIR"]
    names = json.loads(done.stdout.splitlines()[-1])["shots"]
    pages = [name[4:].removesuffix(".png") for name in names]
    assert pages[:5] == ["full_name", "sex", "age", "child", "review"]
    assert {"review", "consent", "receipt"} <= set(pages)
    for name in names:
        content = (tmp_path / "shots" / name).read_bytes()
        assert struct.unpack(">II", content[16:24]) == (1366, 768)
        assert len(content) > 5_000, "a blank page is a small file"
    assert list(temporary.glob("supportpoint-preview-*")) == []


def test_a_preview_point_knows_no_server_and_has_a_reader_for_every_purpose(form, tmp_path):
    built = build(form.write())
    make_preview_point(tmp_path / "point", built, make_manifest(built))
    with Store.open(tmp_path / "point", SystemClock(), load_or_make_keys(tmp_path / "point")) as store:
        identity = store.get_identity()
    assert identity.server_url == ""
    keyset = read_keyset(identity.keyset, identity.root_public)
    for purpose in ("ordinary", "legal_aid", "protected"):
        assert keyset.recipients(purpose, identity.commune_code)


def test_preview_refuses_a_workbook_with_faults(form, tmp_path):
    form.survey[1]["type"] = "geotrace"
    done = run("preview", form.write(), "--shots", tmp_path / "shots", status=2)
    assert "unsupported_type" in done.stdout
    assert not (tmp_path / "shots").exists()


def test_a_shipped_form_becomes_a_workbook_that_check_takes(tmp_path):
    out = tmp_path / "clerk" / "copies.xlsx"
    made = json.loads(run("workbook", COPIES, out).stdout)
    assert made == {"workbook": str(out), "lists": ["copy-fees.csv"]}
    assert json.loads(run("check", out).stdout.splitlines()[-1])["faults"] == 0
    assert run("workbook", tmp_path, out, status=2).stderr.startswith("SP-104 ")
