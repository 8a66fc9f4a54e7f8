"""A support point without a server: keys, identity and a small form, in a folder of its own.

The people in it are invented.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from supportpoint.clock import SystemClock
from supportpoint.content.package import Manifest, write_package
from supportpoint.content.shelf import Shelf
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import Key, Keyset, sign_keyset
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store

COMMUNE = "03316"
FORM_ID = "small-form"
CHILD = "Vàng Thị Dế Mèn"
XFORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
 <h:head><h:title>Small</h:title><model>
  <instance><data id="small-form" version="1">
   <child><full_name/><age/></child><photo/><meta><instanceID/></meta></data></instance>
  <bind nodeset="/data/child/full_name" type="string" required="true()"/>
  <bind nodeset="/data/child/age" type="int" constraint=". &lt; 120"/>
  <bind nodeset="/data/photo" type="binary"/>
  <bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/>
 </model></h:head>
 <h:body><group ref="/data/child"><label>Child</label>
   <input ref="/data/child/full_name"><label>Name</label></input>
   <input ref="/data/child/age"><label>Age</label></input></group>
  <upload ref="/data/photo" mediatype="image/*"><label>Photo</label></upload></h:body>
</h:html>
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --retake."""
    parser.addoption(
        "--retake", action="store_true", help="what is drawn or counted becomes what is expected"
    )


@dataclass(frozen=True)
class Trust:
    """The private keys that a province keeps to itself."""

    root: SignKey
    publisher: SignKey
    office: SignKey
    intake: SealKey
    commune: SealKey

    def keyset(self, *more: Key, version: int = 1) -> Keyset:
        entries = (
            (self.intake, "seal", "ordinary", "province"),
            (self.commune, "seal", "ordinary", COMMUNE),
            (self.office, "sign", "act", COMMUNE),
            (self.publisher, "sign", "publish", "province"),
            (self.publisher, "sign", "legal_aid", "legal-aid-centre"),  # one hand signs all forms here
            (self.publisher, "sign", "protected", "inspectorate"),
        )
        keys = tuple(
            Key(kid=pair.kid, use=use, purpose=purpose, unit=unit, public=pair.public)
            for pair, use, purpose, unit in entries
        )
        return Keyset(version=version, not_before="2026-01-01", keys=keys + more)


@dataclass(frozen=True)
class Point:
    """A support point's data folder, and commands run on it as a person at a prompt would."""

    folder: Path
    trust: Trust

    def start(self, *words: str | Path, **options: Any) -> subprocess.Popen[str]:
        line = [sys.executable, "-m", "supportpoint", *map(str, words), "--data", str(self.folder)]
        return subprocess.Popen(
            line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=quiet_env(), **options
        )

    def run(self, *words: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        process = self.start(*words, **options)
        out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def answers(self, name: str = CHILD, **more: object) -> Path:
        path = self.folder.parent / f"{self.folder.name}-answers.json"
        path.write_text(json.dumps({"child": {"full_name": name}} | more), encoding="utf-8")
        return path

    def submit_words(self, *more: str | Path) -> tuple[str | Path, ...]:
        return ("submit", "--form", FORM_ID, "--answers", self.answers(), *more)

    def open(self) -> Store:
        return Store.open(self.folder, SystemClock(), load_or_make_keys(self.folder, use_keyring=False))

    def package(self, version: int = 1, key: SignKey | None = None, **settings: str) -> bytes:
        manifest = Manifest(
            kind="form",
            id=FORM_ID,
            version=version,
            title={"vi": "Tờ khai nhỏ"},
            settings={"purpose": "ordinary"} | settings,
        )
        xform = XFORM.replace('version="1"', f'version="{version}"').encode()
        return write_package(manifest, {"form.xml": xform}, key or self.trust.publisher)


def mirrors_in(folder: Path) -> list[Path]:
    """Return the files in the spool of a data folder, without the rooms that wait for the next saves."""
    return [path for path in (folder / "spool").iterdir() if not path.name.startswith("room-")]


def quiet_env() -> dict[str, str]:
    """Return an environment without a key store, in Vietnamese."""
    return os.environ | {
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "LC_ALL": "vi_VN.UTF-8",
        "PYTHONUTF8": "1",
    }


@pytest.fixture
def make_point(tmp_path: Path) -> Callable[..., Point]:
    """Return a maker of enrolled support points with the small form on their shelf.

    `extra` keys join the keyset; `server_url` is where nobody listens unless the test says so;
    `publisher` is who signs packages, somebody new by default.
    """

    def make(
        *extra: Key,
        name: str = "point",
        server_url: str = "https://127.0.0.1:9",
        ca_pem: str = "",
        publisher: SignKey | None = None,
    ) -> Point:
        folder = tmp_path / name
        made = publisher or SignKey.make()
        trust = Trust(SignKey.make(), made, SignKey.make(), SealKey.make(), SealKey.make())
        point = Point(folder, trust)
        keyset = trust.keyset(*extra)
        identity = DeviceIdentity(
            device="d-1",
            role="kiosk",
            server_url=server_url,
            commune_code=COMMUNE,
            commune_name="Nà Tấu",
            point_name="Điểm hỗ trợ",
            province_code="11",
            server_public=SignKey.make().public,
            root_public=trust.root.public,
            keyset=sign_keyset(keyset, trust.root),
            epoch="e1",
            ca_pem=ca_pem,
        )
        with point.open() as store:
            store.save_identity(identity)
        Shelf(folder).install(point.package(), keyset)
        return point

    return make


@pytest.fixture
def point(make_point: Callable[..., Point]) -> Point:
    return make_point()
