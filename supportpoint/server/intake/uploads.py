"""Resumable blobs: what arrives is kept, whoever cuts the line, and the newest writer wins.

A piece is written down when it has 16 KiB or when nothing more came for half a second, so that neither a
line that broke nor one that fell silent costs what had arrived.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from django.db import connection, transaction
from django.db.models import F
from django.http.request import UnreadablePostError

from supportpoint.errors import SupportPointError
from supportpoint.protocol import MAX_BEGUN, BlobNeed
from supportpoint.server.registry.models import Blob, BlobPart
from supportpoint.server.registry.whole import store_whole

log = logging.getLogger(__name__)

STEP_BYTES = 16 * 1024
IDLE_S = 0.5
STALL_S = 10.0
"""A writer that is silent for so long has gone: the kiosk has given its connection up by then."""
# By way of the device's items that lack something: they are few, what the whole province has begun is not.
BEGUN_SQL = """
SELECT DISTINCT blob.sha256, blob.received FROM registry_item AS item
JOIN registry_itemblob AS place ON place.item_id = item.id
JOIN registry_blob AS blob ON blob.id = place.blob_id AND NOT blob.done AND blob.received > 0
WHERE item.device = %s AND item.status = 'stored' LIMIT %s
"""


class Readable(Protocol):
    """A request body as it arrives."""

    def read_some(self, size: int, patience_s: float, /) -> bytes | None:
        """Return what is there, up to `size` bytes, b"" at its end, None when nothing came for so long."""


@dataclass
class Upload:
    """One PATCH that writes to one blob. Errors: SP-806 with `offset` once a newer one has begun."""

    blob: Blob
    writer: str

    def keep(self, content: bytes) -> None:
        """Make a piece durable at the end of what is there."""
        offset = self.blob.received
        with transaction.atomic():
            moved = Blob.objects.filter(pk=self.blob.pk, writer=self.writer, received=offset, done=False)
            if not moved.update(received=F("received") + len(content)):
                raise SupportPointError("SP-806", offset=get_offset(self.blob))
            BlobPart.objects.create(blob=self.blob, offset=offset, content=content)
        self.blob.received = offset + len(content)


def find_blob(sha256: bytes, size: int | None) -> Blob:
    """Return the blob that an item asked for. Errors: SP-803 when none did."""
    rows = Blob.objects.filter(sha256=sha256)
    if size is not None:
        rows = rows.filter(size=size)
    blob = rows.order_by("-done", "-received").first()
    if blob is None:
        raise SupportPointError("SP-803", sha256=sha256.hex())
    return blob


def list_begun(device_id: str) -> tuple[BlobNeed, ...]:
    """Return the attachments of a device that have arrived in part, at most 64 of them."""
    with connection.cursor() as cursor:
        cursor.execute(BEGUN_SQL, [device_id, MAX_BEGUN])
        return tuple(BlobNeed(sha256=bytes(sha256), offset=offset) for sha256, offset in cursor.fetchall())


def get_offset(blob: Blob) -> int:
    """Return how many bytes are durable here."""
    blob.refresh_from_db(fields=["received", "done"])
    return blob.size if blob.done else blob.received


def begin(sha256: bytes, size: int, offset: int) -> Upload:
    """Become the writer of a blob; `offset` may lie before the place it stands at.

    Errors: SP-803 nobody asked for it; SP-806 it stands before `offset`, or is whole.
    """
    blob = find_blob(sha256, size)
    writer = secrets.token_hex(16)
    mine = Blob.objects.filter(pk=blob.pk, received__gte=offset, done=False).update(writer=writer)
    if not mine:
        raise SupportPointError("SP-806", offset=get_offset(blob))
    if get_offset(blob) > offset:
        log.info("upload %s from %d stands at %d", sha256.hex()[:12], offset, blob.received)
    return Upload(blob, writer)


def receive(upload: Upload, body: Readable, offset: int, length: int) -> int:
    """Read `length` bytes that begin at `offset` into the blob; return the offset afterwards.

    What the blob has already is passed over. A line that breaks keeps what came before the break.
    Errors: SP-801 cut off, SP-806 a newer writer, SP-805 the whole has another hash (it starts anew).
    """
    left = min(length, upload.blob.size - offset)
    known = min(upload.blob.received - offset, left)
    piece = bytearray()
    is_cut = False
    while left > 0 and not is_cut:
        try:
            some = body.read_some(min(STEP_BYTES - len(piece), left), IDLE_S if piece else STALL_S)
        except (UnreadablePostError, OSError):
            some = b""
        is_cut = some == b"" or (some is None and not piece)
        left -= len(some or b"")
        piece += some or b""
        passed = min(known, len(piece))
        known -= passed
        del piece[:passed]
        if piece and (some is None or is_cut or left == 0 or len(piece) == STEP_BYTES):
            upload.keep(bytes(piece))
            piece.clear()
    if is_cut:
        raise SupportPointError("SP-801", reason="cut off")
    if upload.blob.received == upload.blob.size:
        finish(upload.blob)
    return upload.blob.received


def finish_arrived(addresses: Iterable[bytes]) -> None:
    """Finish what this server died over between the last byte and the check: nobody sends it again."""
    arrived = Blob.objects.filter(sha256__in=set(addresses), done=False, received=F("size"))
    for blob in arrived:
        with suppress(SupportPointError):  # other bytes: they are dropped, and asked for anew
            finish(blob)


def finish(blob: Blob) -> None:
    """Check a whole blob against its address, store it, and complete the items that waited for it.

    Errors: SP-805 when the bytes are others; what was kept is dropped.
    """
    content = b"".join(bytes(part.content) for part in blob.parts.order_by("offset"))
    address = bytes(blob.sha256)
    if hashlib.sha256(content).digest() != address:
        with transaction.atomic():
            if not Blob.objects.filter(pk=blob.pk, done=False).update(received=0, writer=""):
                return  # somebody else finished it meanwhile
            blob.parts.all().delete()
        raise SupportPointError("SP-805", sha256=address.hex())
    store_whole(blob, content)
