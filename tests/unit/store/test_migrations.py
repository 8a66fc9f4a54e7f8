"""Migrations: the committed schema, copies aside, and newer databases."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.store.driver import connect
from supportpoint.store.files import Folder
from supportpoint.store.migrations import MIGRATIONS, migrate

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
