"""Databases as released versions left them: `tests/data/databases/v<schema>.db`, under a fixed key.

`python -m tests.unit.store.old_databases` adds the file of the newest schema. Files that are there stay: the
version that made them is gone.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec

from supportpoint.records import DeviceIdentity
from supportpoint.store.driver import Database, connect
from supportpoint.store.migrations import MIGRATIONS

FOLDER = Path(__file__).parents[2] / "data" / "databases"
KEY = bytes(range(32))
AT = "2026-11-23T03:00:00.000+00:00"
IDENTITY = msgspec.json.encode(
    DeviceIdentity(
        "kiosk-1", "kiosk", "https://sync.example", "03316", "Xã Mẫu", "Điểm Mẫu", "11",
        bytes(32), bytes(32), b"keyset", "epoch-1",
    )
)  # fmt: skip

PHOTO = b"photo" * 200
BLOB = b"b" * 32 + (150_000).to_bytes(8, "big")


def _envelope(number: int) -> bytes:
    return b"SPE1" + bytes([number]) * 900


ROWS: dict[int, dict[str, list[dict[str, Any]]]] = {
    1: {
        "incarnation": [{"id": "aa" * 8, "reason": "created", "started_at": AT}],
        "epoch": [{"number": 1, "id": "epoch-0"}, {"number": 2, "id": "epoch-1"}],
        "draft": [
            {
                "id": "d1",
                "form_id": "birth",
                "form_version": "3",
                "language": "vi",
                "page_ref": "/data/child",
                "xml": "<data>Dế Mèn</data>".encode(),
                "receipt_secret": b"s" * 16,
                "updated_at": AT,
            }
        ],
        "draft_file": [
            {
                "draft_id": "d1",
                "name": "a.jpg",
                "position": 0,
                "media_type": "image/jpeg",
                "sha256": hashlib.sha256(PHOTO).digest(),
                "content": PHOTO,
            }
        ],
        "item": [
            {
                "number": number,
                "id": f"case-{number}",
                "kind": "case",
                "device": "kiosk-1",
                "incarnation": "aa" * 8,
                "seq": number,
                "signature": b"g" * 64,
                "identity_hash": hashlib.sha256(_envelope(number) + (BLOB if number == 1 else b"")).digest(),
                "receipt_hash": bytes([number + 100]) * 32,
                "case_number": f"DB7-4K2-9X{number}",
                "created_at": AT,
                "state": state,
                "completed_at": completed_at,
                "is_listed": 1,
                "must_confirm": 0,
                "attempts": number,
                "last_error": "SP-501",
                "next_at": "",
                "envelope": _envelope(number),
            }
            for number, state, completed_at in ((1, "queued", None), (2, "complete", AT))
        ],
        "blob": [
            {"item_number": 1, "position": 0, "sha256": b"b" * 32, "len": 150_000, "acked_offset": 65_536}
        ],
        "box": [
            {
                "receipt_hash": b"r" * 32,
                "change_id": "box-1",
                "epoch": "epoch-1",
                "rev": 4,
                "box": b"sealed" * 80,
                "received_at": AT,
            }
        ],
        "change": [
            {
                "stream": "bundle",
                "id": "form:birth",
                "epoch": "epoch-1",
                "rev": 7,
                "body": b"ref",
                "is_installed": 1,
            }
        ],
    },
    2: {
        "locked": [
            {"id": "l1", "kind": "receipt", "salt": b"salt", "sealed": b"x", "wrong": 2, "kept_until": AT}
        ]
    },
    3: {"entry": [{"number": 1, "kind": "form", "ref": "birth@3", "title": "Đăng ký khai sinh"}]},
    5: {
        "sealed_drop": [
            {
                "id": "0f9e7d8c-1a2b-4c3d-8e4f-5a6b7c8d9e0f",
                "sha256": hashlib.sha256(_envelope(9)).digest(),
                "envelope": _envelope(9),
                "day": "2026-11-23",
                "wait_s": 600.0,
                "delivered_on": "",
                "epoch": "",
                "case_id": "0f9e7d8c-1a2b-4c3d-8e4f-5a6b7c8d9e10",
                "case_number": "DB7-4K2-9X9",
                "receipt_hash": b"h" * 32,
            }
        ],
        "audit_row": [
            {
                "place": 1,
                "incarnation": "aa" * 8,
                "number": 1,
                "content": b"row",
                "hash": b"k" * 32,
                "sent_in": "case-2",
            }
        ],
    },
}
"""By the schema that brought the table: rows with every column it had then."""


def rows_of(version: int) -> dict[str, list[dict[str, Any]]]:
    """Return all rows that a database of `version` holds, by table."""
    return {table: rows for number in range(1, version + 1) for table, rows in ROWS.get(number, {}).items()}


def make(path: Path, version: int) -> None:
    """Make a database of one schema version, with its rows, and nothing beside it."""
    db = connect(path, KEY)
    for statements in MIGRATIONS[:version]:
        for statement in statements:
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {version}")
    db.execute("UPDATE device SET identity = ?, cursor = 42, incarnation = ?", (IDENTITY, "aa" * 8))
    for table, rows in rows_of(version).items():
        for row in rows:
            put(db, table, row)
    if version >= 3:
        db.execute("UPDATE draft SET file_count = 1")
        db.execute("UPDATE item SET receipted_at = ? WHERE state = 'complete'", (AT,))
    db.empty_log()
    db.close()


def put(db: Database, table: str, row: dict[str, Any]) -> None:
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608 -- our own names


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for schema in range(1, len(MIGRATIONS) + 1):
        kept = FOLDER / f"v{schema}.db"
        if not kept.exists():
            make(kept, schema)
