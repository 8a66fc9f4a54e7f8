"""Unfinished forms, with their attachments, inside the encrypted database and nowhere else."""

from __future__ import annotations

import hashlib
import logging
import shutil
from contextlib import suppress
from datetime import datetime
from typing import NoReturn

from supportpoint.errors import SupportPointError
from supportpoint.records import Attachment, Draft
from supportpoint.store.driver import Row
from supportpoint.store.files import saving
from supportpoint.store.log import has_frames, make_room_in_log
from supportpoint.store.opening import Opened
from supportpoint.store.spool import make_rooms

logger = logging.getLogger(__name__)


def save_draft(opened: Opened, draft: Draft) -> None:
    """Store a draft in place of what was there; attachments that did not change are not written again.

    Errors: SP-201; SP-202; SP-207; SP-210.
    """
    hashes = {file.name: hashlib.sha256(file.content).digest() for file in draft.attachments}
    db = opened.db
    with db.immediate():
        known = db.rows("SELECT name, sha256 FROM draft_file WHERE draft_id = ?", (draft.id,))
        kept = {row["name"] for row in known if hashes.get(row["name"]) == row["sha256"]}
        fresh = [file for file in draft.attachments if file.name not in kept]
        if fresh:
            refuse_when_full(opened, sum(len(file.content) for file in fresh))
        db.execute(
            "INSERT INTO draft"
            " (id, form_id, form_version, language, page_ref, xml, receipt_secret, updated_at, file_count)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET"
            " form_id = excluded.form_id, form_version = excluded.form_version,"
            " language = excluded.language, page_ref = excluded.page_ref, xml = excluded.xml,"
            " receipt_secret = excluded.receipt_secret, updated_at = excluded.updated_at,"
            " file_count = excluded.file_count",
            _draft_values(draft),
        )
        for row in known:
            if row["name"] not in kept:
                db.execute("DELETE FROM draft_file WHERE draft_id = ? AND name = ?", (draft.id, row["name"]))
        for position, file in enumerate(draft.attachments):
            if file.name not in kept:
                db.execute(
                    "INSERT INTO draft_file VALUES (?, ?, ?, ?, ?, ?)",
                    (draft.id, file.name, position, file.media_type, hashes[file.name], file.content),
                )
            else:
                db.execute(
                    "UPDATE draft_file SET position = ? WHERE draft_id = ? AND name = ?",
                    (position, draft.id, file.name),
                )


def find_draft(opened: Opened, draft_id: str) -> Draft | None:
    """Return a draft with its attachments in order, None when there is none.

    Errors: SP-210 when it is not what was saved.
    """
    row = opened.db.find_row("SELECT * FROM draft WHERE id = ?", (draft_id,))
    if row is None:
        return None
    files = opened.db.rows(
        "SELECT name, content, media_type, sha256 FROM draft_file WHERE draft_id = ? ORDER BY position",
        (draft_id,),
    )
    if any(hashlib.sha256(file["content"]).digest() != file["sha256"] for file in files):
        _refuse_damaged(opened)
    return _draft(
        opened, row, tuple(Attachment(file["name"], file["content"], file["media_type"]) for file in files)
    )


def list_drafts(opened: Opened) -> tuple[Draft, ...]:
    """Return all drafts, newest first, without attachments. Errors: SP-210 when one is not as saved."""
    return tuple(
        _draft(opened, row, ()) for row in opened.db.rows("SELECT * FROM draft ORDER BY updated_at DESC, id")
    )


def delete_draft(opened: Opened, draft_id: str) -> None:
    """Delete a draft and its attachments, if it is there."""
    with opened.db.immediate():
        drop_draft(opened, draft_id)


def drop_draft(opened: Opened, draft_id: str) -> None:
    """Delete a draft inside the caller's transaction."""
    opened.db.execute("DELETE FROM draft WHERE id = ?", (draft_id,))


def empty_log(opened: Opened) -> bool:
    """Let nothing of a deleted draft stay in the write-ahead log; False when another program was reading."""
    is_empty = not has_frames(opened.folder) or opened.db.empty_log()
    if not is_empty:
        logger.warning("the write-ahead log could not be emptied")
    return is_empty


def end_visit(opened: Opened) -> bool:
    """Empty the write-ahead log and make room for the next saves; False when another program was reading."""
    is_empty = empty_log(opened)
    with suppress(SupportPointError), opened.write_lock():  # a save that finds no room makes it
        make_rooms(opened.folder)
        make_room_in_log(opened.db, opened.folder)
    return is_empty


def refuse_when_full(opened: Opened, size_bytes: int) -> None:
    """Return quietly when `size_bytes` fit above the floor of free space.

    Errors: SP-207 when they do not.
    """
    with saving():
        free = shutil.disk_usage(opened.folder.root).free
    if free - size_bytes < opened.floor_bytes:
        raise SupportPointError("SP-207", free_bytes=free, floor_bytes=opened.floor_bytes)


def _draft_values(draft: Draft) -> tuple[str | bytes | int, ...]:
    updated_at = draft.updated_at.isoformat()
    return (
        draft.id,
        draft.form_id,
        draft.form_version,
        draft.language,
        draft.page_ref,
        draft.xml,
        draft.receipt_secret,
        updated_at,
        len(draft.attachments),
    )


def _draft(opened: Opened, row: Row, attachments: tuple[Attachment, ...]) -> Draft:
    if "\0" in row["updated_at"]:  # behind all else that is long, so it is what is zeroed first
        _refuse_damaged(opened)
    fields = {**row, "updated_at": datetime.fromisoformat(row["updated_at"])}
    del fields["file_count"]  # for `repair`
    return Draft(**fields, attachments=attachments)


def _refuse_damaged(opened: Opened) -> NoReturn:
    """What SQLCipher could not read, it may hand out as zeroes (docs/decisions/0002-store-driver.md)."""
    opened.db.is_doubted = True
    raise SupportPointError("SP-210")
