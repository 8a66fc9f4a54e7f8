"""The tables, made by numbered steps, each in one transaction. Steps are added, never edited.

The result is compared with tests/unit/store/schema.sql by a test.
"""

from __future__ import annotations

import os

from supportpoint.errors import SupportPointError
from supportpoint.store.driver import Database
from supportpoint.store.files import TMP_SUFFIX, Folder, publish_tmp, saving

DROPS_AND_AUDIT = (
    """CREATE TABLE sealed_drop (
        id TEXT PRIMARY KEY,
        sha256 BLOB NOT NULL,
        envelope BLOB NOT NULL,
        day TEXT NOT NULL,
        wait_s REAL NOT NULL,
        delivered_on TEXT NOT NULL DEFAULT '',
        epoch TEXT NOT NULL DEFAULT '',
        case_id TEXT NOT NULL,
        case_number TEXT NOT NULL,
        receipt_hash BLOB NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX sealed_drop_by_receipt ON sealed_drop (receipt_hash)",
    "ALTER TABLE device ADD COLUMN linked_at TEXT NOT NULL DEFAULT ''",
    """CREATE TABLE audit_row (
        place INTEGER PRIMARY KEY,
        incarnation TEXT NOT NULL,
        number INTEGER NOT NULL,
        content BLOB NOT NULL,
        hash BLOB NOT NULL,
        sent_in TEXT NOT NULL DEFAULT '',
        UNIQUE (incarnation, number)
    ) STRICT""",
    "CREATE INDEX audit_unsent ON audit_row (place) WHERE sent_in = ''",
    """CREATE TABLE audit_head (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        rows INTEGER NOT NULL,
        hash BLOB NOT NULL
    ) STRICT""",
    "INSERT INTO audit_head (id, rows, hash) VALUES (1, 0, zeroblob(32))",
)
"""Sealed drops, which tell no more than a day, and what staff and device did, row by row."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE device (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            identity BLOB,
            cursor INTEGER NOT NULL DEFAULT 0,
            incarnation TEXT NOT NULL DEFAULT ''
        ) STRICT""",
        """CREATE TABLE incarnation (
            id TEXT PRIMARY KEY,
            reason TEXT NOT NULL,
            started_at TEXT NOT NULL,
            last_seq INTEGER NOT NULL DEFAULT 0
        ) STRICT""",
        """CREATE TABLE epoch (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE
        ) STRICT""",
        """CREATE TABLE draft (
            id TEXT PRIMARY KEY,
            form_id TEXT NOT NULL,
            form_version TEXT NOT NULL,
            language TEXT NOT NULL,
            page_ref TEXT NOT NULL,
            xml BLOB NOT NULL,
            receipt_secret BLOB NOT NULL,
            updated_at TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE draft_file (
            draft_id TEXT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            position INTEGER NOT NULL,
            media_type TEXT NOT NULL,
            sha256 BLOB NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (draft_id, name)
        ) STRICT""",
        """CREATE TABLE item (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            device TEXT NOT NULL,
            incarnation TEXT NOT NULL,
            seq INTEGER NOT NULL,
            signature BLOB NOT NULL,
            identity_hash BLOB NOT NULL,
            receipt_hash BLOB NOT NULL,
            case_number TEXT NOT NULL,
            created_at TEXT NOT NULL,
            state TEXT NOT NULL,
            completed_at TEXT,
            is_listed INTEGER NOT NULL DEFAULT 0,
            must_confirm INTEGER NOT NULL DEFAULT 0,
            attempts INTEGER NOT NULL DEFAULT 0,
            last_error TEXT NOT NULL DEFAULT '',
            next_at TEXT NOT NULL DEFAULT '',
            envelope BLOB NOT NULL,
            UNIQUE (device, incarnation, seq)
        ) STRICT""",
        "CREATE INDEX item_by_state ON item (state, number)",
        "CREATE INDEX item_to_send ON item (number) WHERE state = 'queued' OR must_confirm",
        "CREATE INDEX item_by_receipt ON item (receipt_hash)",
        """CREATE TABLE blob (
            item_number INTEGER NOT NULL REFERENCES item (number),
            position INTEGER NOT NULL,
            sha256 BLOB NOT NULL,
            len INTEGER NOT NULL,
            acked_offset INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (item_number, position)
        ) STRICT""",
        "CREATE INDEX blob_by_hash ON blob (sha256)",
        """CREATE TABLE box (
            receipt_hash BLOB PRIMARY KEY,
            change_id TEXT NOT NULL,
            epoch TEXT NOT NULL,
            rev INTEGER NOT NULL,
            box BLOB NOT NULL,
            received_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX box_by_change ON box (change_id)",
        """CREATE TABLE change (
            stream TEXT NOT NULL,
            id TEXT NOT NULL,
            epoch TEXT NOT NULL,
            rev INTEGER NOT NULL,
            body BLOB NOT NULL,
            is_installed INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (stream, id)
        ) STRICT""",
        "INSERT INTO device (id) VALUES (1)",
    ),
    (
        """CREATE TABLE locked (
            id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            salt BLOB NOT NULL,
            sealed BLOB NOT NULL,
            wrong INTEGER NOT NULL DEFAULT 0,
            kept_until TEXT NOT NULL
        ) STRICT""",
    ),
    (
        "ALTER TABLE device ADD COLUMN server_now TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE device ADD COLUMN backed_up_through INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE item ADD COLUMN receipted_at TEXT NOT NULL DEFAULT ''",
        "UPDATE item SET receipted_at = completed_at WHERE state = 'complete' AND completed_at IS NOT NULL",
        "ALTER TABLE draft ADD COLUMN file_count INTEGER NOT NULL DEFAULT 0",
        "UPDATE draft SET file_count = (SELECT count(*) FROM draft_file f WHERE f.draft_id = draft.id)",
        "CREATE INDEX item_listing ON item (number, id, kind, state, created_at, last_error, case_number)",
        "CREATE INDEX item_by_receipted_at ON item (receipted_at) WHERE state = 'complete'",
        """CREATE TABLE entry (
            number INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            ref TEXT NOT NULL,
            title TEXT NOT NULL
        ) STRICT""",
        """CREATE VIRTUAL TABLE entry_text USING fts5(
            title, body, content = '', contentless_delete = 1, prefix = '2 3',
            tokenize = "unicode61 remove_diacritics 2"
        )""",
    ),
    (
        "ALTER TABLE item ADD COLUMN lane INTEGER NOT NULL DEFAULT 1",
        "DROP INDEX item_to_send",
        "CREATE INDEX item_to_send ON item (lane, number) WHERE state = 'queued' OR must_confirm",
    ),
    DROPS_AND_AUDIT,
    (
        "DROP INDEX item_to_send",
        "DROP INDEX item_listing",
        "DROP INDEX item_by_state",
        """CREATE INDEX item_by_state ON item (
            state, lane, number, must_confirm, id, kind, created_at, last_error, case_number, receipt_hash
        )""",
        "DROP INDEX item_by_receipt",
        "CREATE INDEX item_by_receipt ON item (receipt_hash) WHERE state <> 'queued'",
        "ALTER TABLE incarnation DROP COLUMN last_seq",
    ),
)


def migrate(db: Database, folder: Folder, migrations: tuple[tuple[str, ...], ...] = MIGRATIONS) -> None:
    """Bring the database to the newest version.

    A database with rows is copied aside first, to `supportpoint.db.v<number>`.
    Errors: SP-201, SP-202; SP-205 when a newer version of the product made it. Nothing changed then.
    """
    found = _version(db)
    if found > len(migrations):
        raise SupportPointError("SP-205", found=found, known=len(migrations))
    if 0 < found < len(migrations):
        _copy_aside(db, folder, found)
    for number, statements in enumerate(migrations[found:], start=found + 1):
        with db.immediate():
            for statement in statements:
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")


def _version(db: Database) -> int:
    row = db.find_row("PRAGMA user_version")
    return 0 if row is None else int(row["user_version"])


def _copy_aside(db: Database, folder: Folder, version: int) -> None:
    """Copy the database, encrypted under the same key, through its own connection.

    Reading the file itself would drop the locks that this program holds on it (POSIX).
    """
    path = folder.database.with_name(f"{folder.database.name}.v{version}")
    tmp = path.with_name(path.name + TMP_SUFFIX)
    with saving():
        tmp.unlink(missing_ok=True)
    db.execute("VACUUM INTO ?", (str(tmp),))
    with saving(), tmp.open("rb+") as file:
        os.fsync(file.fileno())
    publish_tmp(path)
