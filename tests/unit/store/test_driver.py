"""The driver: durable, locked against typing mistakes, and safe behind sqlite_utils."""

from __future__ import annotations

import secrets
import subprocess
import sys
import textwrap

import pytest
from sqlcipher3 import dbapi2

from supportpoint.errors import SupportPointError
from supportpoint.store import driver
from supportpoint.store.driver import connect

KEY = secrets.token_bytes(32)

TWO_INSERTS = """
    import sys
    from sqlcipher3 import dbapi2
    if sys.argv[2] == "alias":
        import supportpoint.store.driver
    import sqlite_utils

    def connect():
        connection = dbapi2.connect(sys.argv[1], isolation_level=None)
        connection.execute("PRAGMA key = \\"x'" + "11" * 32 + "'\\"")
        return connection

    connection = connect()
    connection.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)")
    db = sqlite_utils.Database(connection)
    try:
        list(db.query("INSERT INTO item (name) VALUES ('first') RETURNING id"))
    except dbapi2.OperationalError:
        pass
    db["item"].insert({"name": "second"})  # raises nothing, in either case
    connection.close()
    print(*[name for (name,) in connect().execute("SELECT name FROM item")])
"""


def names_kept(tmp_path, variant: str) -> str:
    command = [sys.executable, "-c", textwrap.dedent(TWO_INSERTS), str(tmp_path / variant), variant]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout.strip()


def test_without_the_alias_sqlite_utils_loses_a_write(tmp_path):
    assert names_kept(tmp_path, "plain") == ""


def test_with_the_alias_both_writes_are_kept(tmp_path):
    assert names_kept(tmp_path, "alias") == "first second"


def test_importing_sqlite_utils_first_is_refused():
    command = [sys.executable, "-c", "import sqlite_utils, supportpoint.store.driver"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert "ImportError" in done.stderr


@pytest.fixture
def db(tmp_path):
    opened = connect(tmp_path / "a.db", KEY, busy_s=0.1)
    opened.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)")
    yield opened
    opened.close()


def test_connection_is_durable_and_wipes(db):
    assert db.rows("PRAGMA journal_mode") == [{"journal_mode": "wal"}]
    assert db.rows("PRAGMA synchronous") == [{"synchronous": 2}]
    assert db.rows("PRAGMA secure_delete") == [{"secure_delete": 1}]
    assert db.rows("PRAGMA foreign_keys") == [{"foreign_keys": 1}]
    assert db.rows("PRAGMA cipher_log_level") == [{"cipher_log_level": "NONE"}]


def test_a_connection_that_cannot_be_durable_is_refused():
    with pytest.raises(SupportPointError, match="SP-206"):
        connect(":memory:", KEY)  # a database in memory has no write-ahead log


def test_file_holds_no_readable_text(db, tmp_path):
    db.execute("INSERT INTO item (name) VALUES ('Vàng Thị Mỷ')")
    db.empty_log()
    for path in tmp_path.iterdir():
        assert "Vàng Thị".encode() not in path.read_bytes()
    assert not (tmp_path / "a.db").read_bytes().startswith(b"SQLite format")


def test_frozen_schema_refuses_a_mistyped_table_and_keeps_writing(db):
    db.freeze_schema()
    for statement in (
        "CREATE TABLE itme (id)",
        "DROP TABLE item",
        "ALTER TABLE item ADD x",
        "ATTACH 'b' AS b",
    ):
        with pytest.raises(dbapi2.DatabaseError, match="not authorized"):
            db.execute(statement)
    assert db.execute("INSERT INTO item (name) VALUES ('a')") == 1


def test_failed_block_leaves_nothing(db):
    def fail_half_way():
        with db.immediate():
            db.execute("INSERT INTO item (name) VALUES ('a')")
            raise KeyError

    with pytest.raises(KeyError):
        fail_half_way()
    assert db.rows("SELECT * FROM item") == []
    with db.immediate():
        db.execute("INSERT INTO item (name) VALUES ('b')")
    assert [row["name"] for row in db.rows("SELECT name FROM item")] == ["b"]


def test_second_writer_is_told_the_store_is_busy(db, tmp_path):
    other = connect(tmp_path / "a.db", KEY, busy_s=0.1)
    with db.immediate(), pytest.raises(SupportPointError, match="SP-201"), other.immediate():
        pass
    with other.immediate():
        other.execute("INSERT INTO item (name) VALUES ('later')")
    other.close()


def test_reading_goes_on_while_another_writes(db, tmp_path):
    other = connect(tmp_path / "a.db", KEY, busy_s=0.1)
    with db.immediate():
        db.execute("INSERT INTO item (name) VALUES ('a')")
        assert other.rows("SELECT * FROM item") == []
    assert len(other.rows("SELECT * FROM item")) == 1
    other.close()


def test_a_mistake_in_sql_stays_a_mistake(db):
    with pytest.raises(dbapi2.OperationalError, match="no such column"):
        db.rows("SELECT nmae FROM item")


def test_flipped_byte_is_found(tmp_path):
    path = tmp_path / "b.db"
    db = connect(path, KEY)
    db.execute("CREATE TABLE item (name TEXT)")
    for _ in range(50):
        db.execute("INSERT INTO item VALUES (?)", ("x" * 1000,))
    db.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    damaged = connect(path, KEY)
    with pytest.raises(SupportPointError, match="SP-210"):
        damaged.check()
    damaged.close()


def test_words_of_the_driver_have_codes():
    for words, code in (
        ("database is locked", "SP-201"),
        ("database or disk is full", "SP-202"),
        ("disk I/O error", "SP-202"),
        ("database disk image is malformed", "SP-210"),
        ("file is not a database", "SP-210"),
    ):
        with pytest.raises(SupportPointError, match=code), driver.translated():
            raise dbapi2.OperationalError(words)
