"""Installing is all or nothing, goes forward only, and survives a kill at any moment."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time

import pytest

from supportpoint.content.package import write_package
from supportpoint.content.shelf import Shelf
from supportpoint.errors import SupportPointError
from supportpoint.protocol import encode
from supportpoint.sealing.keys import SignKey
from tests.unit.content.conftest import FILES, make_keyset, make_manifest

FORM = "birth-registration"
OLD, NEW, NEWEST = 2026112301, 2026112302, 2026120101


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path)


def snapshot(folder):
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_empty_shelf_has_no_forms(shelf):
    assert shelf.list_forms() == ()
    with pytest.raises(SupportPointError, match="SP-605"):
        shelf.open_form(FORM)
    with pytest.raises(SupportPointError, match="SP-605"):
        shelf.open_form("../../etc")


def test_install_then_open(shelf, publisher):
    manifest = shelf.install(publisher.package(), publisher.keyset)

    assert manifest.version == OLD
    assert [form.id for form in shelf.list_forms()] == [FORM]
    assert dict(shelf.open_form(FORM).files) == FILES


def test_a_newer_version_takes_over_and_the_older_stays_for_drafts(shelf, publisher):
    shelf.install(publisher.package(OLD), publisher.keyset)
    shelf.install(publisher.package(NEW, **{"form.xml": b"<new/>"}), publisher.keyset)

    assert shelf.list_forms()[0].version == NEW
    assert shelf.open_form(FORM).files["form.xml"] == b"<new/>"
    assert shelf.open_form(FORM, OLD).files["form.xml"] == FILES["form.xml"]
    with pytest.raises(SupportPointError, match="SP-605"):
        shelf.open_form(FORM, NEWEST)


def bad_packages(publisher):
    good = publisher.package(NEWEST)
    return {
        "SP-601": good[:-30],
        "SP-602": write_package(make_manifest(NEWEST), FILES, _Mute(publisher.sign.seed)),
        "SP-603": publisher.package(OLD),
        "SP-604": write_package(make_manifest(NEWEST), FILES, SignKey.make()),
    }


class _Mute(SignKey):
    """Has the publisher's name but leaves the signature out."""

    def sign(self, content: bytes) -> bytes:
        return b""


@pytest.mark.parametrize("code", ["SP-601", "SP-602", "SP-603", "SP-604"])
def test_a_bad_package_is_refused_with_its_own_code_and_nothing_changes(shelf, publisher, tmp_path, code):
    shelf.install(publisher.package(NEW), publisher.keyset)
    before = snapshot(tmp_path)

    with pytest.raises(SupportPointError) as caught:
        shelf.install(bad_packages(publisher)[code], publisher.keyset)

    assert caught.value.code == code
    assert snapshot(tmp_path) == before
    assert shelf.open_form(FORM).manifest.version == NEW


def test_the_same_bytes_again_change_nothing(shelf, publisher, tmp_path):
    shelf.install(publisher.package(), publisher.keyset)
    before = snapshot(tmp_path)
    assert shelf.install(publisher.package(), publisher.keyset).version == OLD
    assert snapshot(tmp_path) == before


def test_one_version_cannot_have_two_contents(shelf, publisher):
    shelf.install(publisher.package(), publisher.keyset)
    with pytest.raises(SupportPointError, match="SP-603"):
        shelf.install(publisher.package(**{"form.xml": b"<other/>"}), publisher.keyset)


def test_a_damaged_file_gives_way_to_the_version_before_and_can_be_mended(shelf, publisher, tmp_path, caplog):
    shelf.install(publisher.package(OLD), publisher.keyset)
    shelf.install(publisher.package(NEW), publisher.keyset)
    path = tmp_path / "content" / "forms" / FORM / f"{NEW}.spform"
    path.write_bytes(path.read_bytes()[:-20])

    with caplog.at_level(logging.WARNING):
        assert shelf.open_form(FORM).manifest.version == OLD
    assert "SP-601" in caplog.text
    with pytest.raises(SupportPointError, match="SP-601"):
        shelf.open_form(FORM, NEW)

    shelf.install(publisher.package(NEW), publisher.keyset)
    assert shelf.open_form(FORM).manifest.version == NEW


def test_start_sets_aside_what_a_revoked_key_signed_and_deletes_nothing(shelf, publisher, tmp_path):
    shelf.install(publisher.package(), publisher.keyset)
    assert shelf.verify_all(publisher.keyset) == ()

    revoked = make_keyset(publisher.sign, status="revoked")
    assert shelf.verify_all(revoked) == ((FORM, OLD, "SP-604"),)
    assert shelf.list_forms() == ()
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".refused"]


def test_a_full_disk_says_so_and_keeps_the_old_version(shelf, publisher, monkeypatch):
    shelf.install(publisher.package(OLD), publisher.keyset)

    def no_space(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(SupportPointError, match="SP-202"):
        shelf.install(publisher.package(NEW), publisher.keyset)
    assert shelf.open_form(FORM).manifest.version == OLD


INSTALLER = """
import sys, pathlib
from supportpoint.content.shelf import Shelf
from supportpoint.protocol import decode
from supportpoint.sealing.keyset import Keyset
data, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
keyset = decode((folder / "keyset").read_bytes(), Keyset)
packages = [path.read_bytes() for path in sorted(folder.glob("*.spform"))]
print("ready", flush=True)
for package in packages:
    Shelf(data).install(package, keyset)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_kill_at_any_moment_leaves_whole_versions_only(publisher, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "keyset").write_bytes(encode(publisher.keyset))
    payload = {"communes.csv": os.urandom(300_000)}
    for number in range(40):
        (source / f"{number:02}.spform").write_bytes(publisher.package(OLD + number, **payload))
    seen = set()
    for attempt in range(8):
        data_dir = tmp_path / f"kiosk{attempt}"
        process = subprocess.Popen(
            [sys.executable, "-c", INSTALLER, str(data_dir), str(source)], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.004 + 0.006 * attempt)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        shelf = Shelf(data_dir)
        assert shelf.verify_all(publisher.keyset) == ()
        versions = [form.version for form in shelf.list_forms()]
        seen.add(versions[0] if versions else 0)
        assert shelf.install(publisher.package(NEWEST), publisher.keyset).version == NEWEST
    assert len(seen) > 1, "every kill hit the same moment"
