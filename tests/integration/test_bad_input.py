"""Bad input of every kind: its own code, one line of plain words, and nothing lost."""

from __future__ import annotations

import http.server
import json
import os
import random
import resource
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import msgspec
import pytest
import zstandard

from supportpoint.config import error_words
from supportpoint.content.package import SignedPackage
from supportpoint.devices.citizen_card import read_card
from supportpoint.errors import SupportPointError
from supportpoint.protocol import MSGPACK, SyncReply, decode, encode
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.receipt import read_secret
from supportpoint.server.authority import make_certificates
from tests.conftest import mirrors_in

SECRET_ANSWER = "Lò Văn Bí Mật"


def refused(done, code):
    """One line: the code and its words in Vietnamese; nothing on stdout; status 2; no answer in it."""
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"{code} {error_words(code, 'vi')}"), done.stderr
    assert SECRET_ANSWER not in done.stderr


def held(point):
    """What a person would lose: every item as it stands, and the forms."""
    with point.open() as store:
        rows = [(row.id, row.state, row.blobs_total) for row in store.list_items()]
    return rows, sorted(path.name for path in mirrors_in(point.folder))


def still_works(point, before):
    assert held(point) == before
    assert point.run(*point.submit_words()).returncode == 0


@pytest.fixture
def used(point):
    """A point that holds one case already."""
    done = point.run(*point.submit_words())
    assert done.returncode == 0, done.stderr
    assert sorted(json.loads(done.stdout)) == ["case_id", "case_number", "receipt", "seconds", "state"]
    return point


def damaged(point):
    content = point.package(version=2)
    return content[: len(content) // 2] + b"\xff" + content[len(content) // 2 + 1 :]


def unsigned(point):
    signed = decode(zstandard.ZstdDecompressor().decompress(point.package(version=2)), SignedPackage)
    return zstandard.compress(encode(msgspec.structs.replace(signed, signature=b"")))


def resigned(point):
    """A known publisher's name under another's signature."""
    signed = decode(zstandard.ZstdDecompressor().decompress(point.package(version=2)), SignedPackage)
    wrong = SignKey(b"w" * 32).sign(signed.manifest)
    return zstandard.compress(encode(msgspec.structs.replace(signed, signature=wrong)))


PACKAGES = {
    "damaged": ("SP-601", damaged),
    "no package at all": ("SP-601", lambda point: b"<html>Welcome to the hotel</html>"),
    "unsigned": ("SP-602", unsigned),
    "signed by a hand that copies": ("SP-602", resigned),
    "wrong key": ("SP-604", lambda point: point.package(version=2, key=SignKey(b"w" * 32))),
    "an office's key": ("SP-604", lambda point: point.package(version=2, key=point.trust.office)),
    "older": ("SP-603", lambda point: point.package(version=1)),
}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_bad_form_package_is_refused_and_the_form_in_use_stays(used, tmp_path, name):
    code, make = PACKAGES[name]
    file = tmp_path / "new.spform"
    if code == "SP-603":
        file.write_bytes(used.package(version=3))
        assert used.run("forms", "install", file).returncode == 0
    file.write_bytes(make(used))
    before = held(used)
    refused(used.run("forms", "install", file), code)
    still_works(used, before)
    forms = json.loads(used.run("status", "--json").stdout)["forms"]
    assert forms == [{"id": "small-form", "version": 3 if code == "SP-603" else 1}]


ANSWERS = {
    "unknown question": ("SP-305", {"child": {"full_name": SECRET_ANSWER, "shoe_size": 31}}),
    "wrong type": ("SP-306", {"child": {"full_name": SECRET_ANSWER, "age": SECRET_ANSWER}}),
    "breaks the rule": ("SP-307", {"child": {"full_name": SECRET_ANSWER, "age": 300}}),
    "required": ("SP-308", {"child": {"age": 3}}),
    "no object": ("SP-310", [SECRET_ANSWER]),
    "a photo without its file": ("SP-104", {"child": {"full_name": SECRET_ANSWER}, "photo": "a.jpg"}),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_bad_answers_are_named_by_question_and_never_shown(used, name):
    code, answers = ANSWERS[name]
    file = used.answers()
    file.write_text(json.dumps(answers), encoding="utf-8")
    before = held(used)
    done = used.run("submit", "--form", "small-form", "--answers", file)
    refused(done, code)
    if code in {"SP-307", "SP-308"}:
        assert f"/data/child/{'age' if code == 'SP-307' else 'full_name'}:{code}" in done.stderr
    still_works(used, before)


def test_missing_files_and_forms_are_told(used, tmp_path):
    before = held(used)
    refused(used.run("submit", "--form", "small-form", "--answers", tmp_path / "none.json"), "SP-104")
    refused(used.run("submit", "--form", "other-form", "--answers", used.answers()), "SP-605")
    refused(used.run(*used.submit_words("--attach", f"photo={tmp_path / 'none.jpg'}")), "SP-104")
    still_works(used, before)


@pytest.mark.parametrize(
    "text", ["SP1:AAAA", "0123", "https://example.vn", "K7QF-K7QF-K7QF-K7QF-K7QF-K7QF-K7Q"]
)
def test_an_unreadable_receipt_has_its_own_words(text):
    with pytest.raises(SupportPointError, match="SP-407"):
        read_secret(text)


@pytest.mark.parametrize("text", ["", "hello", "1|2|3", "\x00" * 40, "9" * 5000])
def test_an_unreadable_card_has_its_own_words(text):
    with pytest.raises(SupportPointError, match="SP-701"):
        read_card(text, date(2026, 11, 23))


class Portal(http.server.BaseHTTPRequestHandler):
    """Whoever asks, whatever is asked: the same page."""

    answer = (200, {"Content-Type": "text/html"}, b"<html>Please log in to the hotel's network</html>")

    def _answer(self):
        status, headers, body = self.answer
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PATCH = _answer  # noqa: N815

    def log_message(self, *words):
        pass


@contextmanager
def serving(answer=Portal.answer, tls=None) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Answering", (Portal,), {"answer": answer})
    )
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls / "server.pem", tls / "server.key")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


ANSWERERS = {
    "captive portal": (200, {"Content-Type": "text/html"}, b"<html>Welcome</html>"),
    "portal's redirect": (302, {"Location": "http://login.example/"}, b""),
    "portal that lies": (
        200,
        {"Content-Type": MSGPACK, "Sp-Epoch": "e1"},
        encode(SyncReply(epoch="e1", now="")),
    ),
    "portal with our name": (
        401,
        {"Content-Type": MSGPACK, "Sp-Epoch": "e1", "Signature": "sp=:AAAA:"},
        b"\x80",
    ),
}


def sync_fails(point, code):
    """The report is on stdout, because a failed sync is a state to show; the words are on stderr."""
    before = held(point)
    done = point.run("sync")
    report = json.loads(done.stdout)
    assert (done.returncode, report["code"], report["pushed"], report["waiting"]) == (2, code, 0, 1)
    assert done.stderr == f"{code} {error_words(code, 'vi')}\n"
    still_works(point, before)


@pytest.mark.parametrize("name", ANSWERERS)
def test_a_captive_portal_takes_nothing(make_point, name):
    with serving(ANSWERERS[name]) as url:
        point = make_point(server_url=url)
        assert point.run(*point.submit_words()).returncode == 0
        sync_fails(point, "SP-502")


def test_a_server_under_another_authority_gets_nothing(make_point, tmp_path):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder in (ours, theirs):
        make_certificates(folder, ("localhost",), datetime.now(UTC))
    with serving(tls=theirs) as url:
        point = make_point(server_url=url, ca_pem=(ours / "ca.pem").read_text())
        assert point.run(*point.submit_words()).returncode == 0
        sync_fails(point, "SP-503")
        words = ("enroll", "--server", url, "--code", "AAAA", "--ca", ours / "ca.pem")
        refused(point.run(*words), "SP-503")
    with serving(tls=ours) as url:  # the authority is right; who answers is still not our server
        point = make_point(name="second", server_url=url, ca_pem=(ours / "ca.pem").read_text())
        assert point.run(*point.submit_words()).returncode == 0
        sync_fails(point, "SP-502")


def test_nobody_there_is_only_a_wait(used):
    sync_fails(used, "SP-501")


@pytest.mark.parametrize(
    ("kib", "photo_kib"), [(0, 0), (1, 0), (4, 0), (16, 0), (4, 100), (64, 100), (101, 400)]
)
def test_a_full_disk_says_not_saved_and_loses_nothing(used, tmp_path, kib, photo_kib):
    """No file may grow beyond the limit: the photo, the record in spool/ or the database fails first."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(random.Random(kib).randbytes(photo_kib * 1024))
    before = held(used)
    limit = kib * 1024
    done = used.run(
        *used.submit_words(*(("--attach", f"photo={photo}") if photo_kib else ())),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    refused(done, "SP-202")
    still_works(used, before)
    assert not list(used.folder.rglob("*.tmp"))


@pytest.fixture
def tiny_disk(tmp_path):
    disk = tmp_path / "point"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1M", "none", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("free_kib", [0, 4, 8, 16, 32, 64, 128])
def test_a_disk_with_no_room_says_not_saved_and_loses_nothing(tiny_disk, make_point, tmp_path, free_kib):
    point = make_point()
    assert point.run(*point.submit_words()).returncode == 0
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(random.Random(free_kib).randbytes(200 * 1024))
    filler = tiny_disk / "filler"
    space = os.statvfs(tiny_disk)
    filler.write_bytes(bytes(max(space.f_bavail * space.f_frsize - free_kib * 1024, 0)))
    done = point.run(*point.submit_words("--attach", f"photo={photo}"))
    refused(done, "SP-202")
    filler.unlink()
    rows, spool = held(point)
    assert (len(rows), len(spool)) == (1, 1)
    still_works(point, (rows, spool))


def test_the_wrong_database_key_is_told_apart_from_damage(used, make_point):
    other = make_point(name="other")
    keys = used.folder / "device.keys"
    kept = keys.read_bytes()
    before = held(used)
    shutil.copyfile(other.folder / "device.keys", keys)
    refused(used.run("status", "--json"), "SP-203")
    refused(used.run(*used.submit_words()), "SP-203")
    keys.unlink()
    refused(used.run(*used.submit_words()), "SP-103")
    keys.write_bytes(kept)
    still_works(used, before)


def test_a_folder_that_is_no_support_point_stays_untouched(used, tmp_path):
    empty = type(used)(tmp_path / "empty", used.trust)
    refused(empty.run("status", "--json"), "SP-102")
    refused(empty.run("sync"), "SP-102")
    assert not empty.folder.exists()


def test_a_damaged_settings_file_is_told(used):
    before = held(used)
    (used.folder / "settings.json").write_text('{"curtain_form_s": "soon"}')
    refused(used.run("status", "--json"), "SP-101")
    (used.folder / "settings.json").unlink()
    still_works(used, before)
