"""Migrations: the committed schema, copies aside, and newer databases."""

from __future__ import annotations

import dataclasses
import secrets
import shutil
from pathlib import Path

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.store.driver import connect
from supportpoint.store.files import Folder
from supportpoint.store.migrations import MIGRATIONS, migrate
from supportpoint.store.store import Store
from tests.unit.store import old_databases

KEY = secrets.token_bytes(32)
SNAPSHOT = Path(__file__).with_name("schema.sql")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.fixture
def db(folder):
    opened = connect(folder.database, KEY)
    yield opened
    opened.close()


def test_migrated_schema_is_the_committed_one(db, folder):
    migrate(db, folder)
    assert db.schema.strip() == SNAPSHOT.read_text(encoding="utf-8").strip()
    assert db.rows("PRAGMA user_version") == [{"user_version": len(MIGRATIONS)}]


def test_migrating_twice_changes_nothing(db, folder):
    migrate(db, folder)
    migrate(db, folder)
    assert db.rows("SELECT count(*) AS n FROM device") == [{"n": 1}]


def test_newer_database_is_refused_untouched(db, folder):
    db.execute("PRAGMA user_version = 99")
    with pytest.raises(SupportPointError, match="SP-205"):
        migrate(db, folder)
    assert db.schema == ""


def test_upgrade_copies_aside_under_the_same_key(db, folder):
    migrate(db, folder, (("CREATE TABLE a (x)", "INSERT INTO a VALUES ('kept')"),))
    migrate(db, folder, (("-- done",), ("DROP TABLE a",)))
    copy = connect(folder.root / "supportpoint.db.v1", KEY)
    assert copy.rows("SELECT x FROM a") == [{"x": "kept"}]
    assert copy.rows("PRAGMA user_version") == [{"user_version": 1}]
    copy.close()
    assert b"kept" not in (folder.root / "supportpoint.db.v1").read_bytes()


def test_failed_step_leaves_the_version_before_it(db, folder):
    steps = (("CREATE TABLE a (x)",), ("CREATE TABLE b (x)", "CREATE TABLE a (x)"))
    with pytest.raises(Exception, match="already exists"):
        migrate(db, folder, steps)
    assert db.rows("PRAGMA user_version") == [{"user_version": 1}]
    assert "CREATE TABLE b" not in db.schema


VERSIONS = range(1, len(MIGRATIONS) + 1)


@pytest.fixture
def old(tmp_path, folder):
    """Opens a copy of the database that a released version left, brought to today's schema."""
    opened = []

    def run(version):
        shutil.copy(old_databases.FOLDER / f"v{version}.db", folder.database)
        opened.append(connect(folder.database, old_databases.KEY))
        return opened[-1]

    yield run
    for one in opened:
        one.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_every_released_schema_has_its_database(old, version):
    """A new step in MIGRATIONS needs its file: `python -m tests.unit.store.old_databases`."""
    assert old(version).rows("PRAGMA user_version") == [{"user_version": version}]


@pytest.mark.parametrize("version", VERSIONS)
def test_old_database_comes_to_todays_schema_with_every_row(old, folder, version):
    db = old(version)
    migrate(db, folder)
    assert db.rows("PRAGMA user_version") == [{"user_version": len(MIGRATIONS)}]
    assert db.schema.strip() == SNAPSHOT.read_text(encoding="utf-8").strip()
    for table, rows in old_databases.rows_of(version).items():
        columns = ", ".join(rows[0])
        assert db.rows(f"SELECT {columns} FROM {table}") == rows, table  # noqa: S608 -- our own names
    (device,) = db.rows("SELECT identity, cursor, incarnation FROM device")
    assert (device["identity"], device["cursor"]) == (old_databases.IDENTITY, 42)
    assert db.rows("PRAGMA foreign_key_check") == []
    db.check()


@pytest.mark.parametrize("version", VERSIONS)
def test_what_newer_columns_hold_follows_from_the_old_rows(old, folder, version):
    db = old(version)
    migrate(db, folder)
    assert db.tuples("SELECT receipted_at FROM item ORDER BY number") == [("",), (old_databases.AT,)]
    assert db.tuples("SELECT file_count FROM draft") == [(1,)]


@pytest.mark.parametrize("version", VERSIONS)
def test_store_opens_an_old_database_and_goes_on(folder, clock, keys, version, make_case):
    shutil.copy(old_databases.FOLDER / f"v{version}.db", folder.database)
    with Store.open(folder.root, clock, dataclasses.replace(keys, database_key=old_databases.KEY)) as store:
        assert [item.id for item in store.take_batch()] == ["case-1"]
        assert store.find_draft("d1").attachments[0].content == old_databases.PHOTO
        assert store.find_box(b"r" * 32).box == b"sealed" * 80
        assert store.queue_case(make_case()).seq == 3
        assert store.get_health().repair is None
