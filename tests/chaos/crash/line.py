"""A kiosk and its province, really running, and whether every promised case is on either side."""

from __future__ import annotations

import contextlib
import hashlib
import random
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from supportpoint.content.package import Manifest, write_package
from supportpoint.content.shelf import Shelf
from supportpoint.protocol import Kind
from supportpoint.sealing.keys import SignKey
from supportpoint.store.files import Folder
from tests.chaos.crash.sessions import open_store
from tests.chaos.crash.zygote import ANY, Watch, Zygote
from tests.conftest import FORM_ID, XFORM

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "build_scripts"))

from stage import Province, command, enrol_kiosk  # noqa: E402 - the demo's stage, real server and all

PROGRAM = "supportpoint.cli.program:main"


@dataclass
class Line:
    """A kiosk and its province; every case that was ever promised, by id."""

    zygote: Zygote
    province: Province
    folder: Path
    answers: Path
    photo: Path
    promised: set[str] = field(default_factory=set)

    def fill_queue(self, rng: random.Random) -> None:
        """Queue a case with a photo, and forget the package, so that a pass has everything to do."""
        self.photo.write_bytes(rng.randbytes(40_000))
        words = ("submit", "--data", self.folder, "--form", FORM_ID, "--answers", self.answers)
        done = self.zygote.command(*words, "--attach", f"photo={self.photo}")
        assert done.status == 0, done.err
        self.promised.add(done.answer()["case_id"])
        with open_store(self.folder) as store:
            store._opened.db.execute("UPDATE change SET is_installed = 0")
            store._opened.db.execute("UPDATE device SET cursor = 0")
        shutil.rmtree(self.folder / "content")

    def sync(self, watch: Watch | None = None, program: str = PROGRAM) -> bool:
        """Run one pass; return whether it lived to its end."""
        ran = self.zygote.run(program, ["sync", "--data", str(self.folder)], watch=watch)
        assert ran.is_killed or ran.status == 0, ran.err
        return not ran.is_killed

    def count_a_pass(self, rng: random.Random, classes: int = ANY) -> int:
        """Return how many calls an undisturbed pass with one more case makes."""
        self.fill_queue(rng)
        watch = Watch(str(self.folder), classes=classes)
        return self.zygote.command("sync", "--data", self.folder, watch=watch).calls

    def check_kiosk(self, where: str) -> None:
        """Every promised case is here once and whole; the package is whole or still to be fetched."""
        files = Folder(self.folder)
        with open_store(self.folder) as store:
            ids = [row.id for row in store.list_items() if row.kind == Kind.CASE]
            hashes = [row["sha256"] for row in store._opened.db.rows("SELECT sha256 FROM blob")]
            is_pending = bool(store.pending_bundles())
        assert sorted(ids) == sorted(self.promised), where
        for sha256 in hashes:
            assert hashlib.sha256(files.blob_path(sha256).read_bytes()).digest() == sha256, where
        forms = Shelf(self.folder).list_forms()
        assert is_pending or [form.version for form in forms] == [1], where

    def check_province(self) -> None:
        """The province has every case once, opened once, and every photo whole."""
        until = time.monotonic() + 60
        while self._ask("SELECT count(*) FROM registry_case") != [(len(self.promised),)]:
            assert time.monotonic() < until, "cases were not opened"
            time.sleep(0.2)
        assert self.list_missing() == set()
        assert self._ask("SELECT count(*), count(DISTINCT sha256) FROM registry_blob WHERE done") == [
            (len(self.promised), len(self.promised))
        ]
        assert self._ask("SELECT count(*) FROM registry_blob WHERE NOT done") == [(0,)]

    def list_missing(self) -> set[str]:
        """Return the promised cases that the province has not in full; it must have no others."""
        rows = dict(self._ask("SELECT id, status FROM registry_item WHERE kind = 'case'"))
        assert rows.keys() <= self.promised
        return {case_id for case_id in self.promised if rows.get(case_id) != "complete"}

    def _ask(self, sql: str) -> list[tuple[Any, ...]]:
        with contextlib.closing(sqlite3.connect(self.province.folder / "server.db", timeout=20)) as db:
            return list(db.execute(sql))


@contextlib.contextmanager
def open_line(zygote: Zygote, memory_folder: Path) -> Iterator[Line]:
    """Start a province with one small form and enrol a kiosk."""
    province = Province(memory_folder / "province")
    publisher = SignKey((province.folder / "keys" / "publisher.key").read_bytes())
    settings = {"purpose": "ordinary"}
    manifest = Manifest(kind="form", id=FORM_ID, version=1, title={"vi": "Tờ khai nhỏ"}, settings=settings)
    package = memory_folder / "small.spform"
    package.write_bytes(write_package(manifest, {"form.xml": XFORM.encode()}, publisher))
    command("server", "publish", "--data", province.folder, package)
    answers = memory_folder / "answers.json"
    answers.write_text('{"child": {"full_name": "Vàng Thị Dế Mèn"}}', encoding="utf-8")
    province.start()
    try:
        enrol_kiosk(province, memory_folder / "kiosk")
        yield Line(zygote, province, memory_folder / "kiosk", answers, memory_folder / "photo.jpg")
    finally:
        province.stop()
