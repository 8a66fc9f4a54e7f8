"""Resumable blobs: every 16 KiB that arrive are kept, whoever cuts the line, and the newest writer wins."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction
from django.db.models import F
from django.http.request import UnreadablePostError

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Status
from supportpoint.server.registry.files import save_file
from supportpoint.server.registry.models import Blob, BlobPart, ItemBlob
from supportpoint.server.registry.models import Item as ItemRow

STEP_BYTES = 16 * 1024


class Readable(Protocol):
    """A request body."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""


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


def get_offset(blob: Blob) -> int:
    """Return how many bytes are durable here."""
    blob.refresh_from_db(fields=["received", "done"])
    return blob.size if blob.done else blob.received


def begin(sha256: bytes, size: int, offset: int) -> Upload:
    """Become the writer of a blob. Errors: SP-803 nobody asked for it, SP-806 it stands elsewhere."""
    blob = find_blob(sha256, size)
    writer = secrets.token_hex(16)
    mine = Blob.objects.filter(pk=blob.pk, received=offset, done=False).update(writer=writer)
    if not mine:
        raise SupportPointError("SP-806", offset=get_offset(blob))
    blob.received = offset
    return Upload(blob, writer)


def receive(upload: Upload, body: Readable, length: int) -> int:
    """Read `length` bytes into the blob, durable piece by piece; return the offset afterwards.

    A line that breaks keeps every piece before the break.
    Errors: SP-801 cut off, SP-806 a newer writer, SP-805 the whole has another hash (it starts anew).
    """
    left = min(length, upload.blob.size - upload.blob.received)
    while left > 0:
        try:
            piece = body.read(min(STEP_BYTES, left))
        except (UnreadablePostError, OSError) as error:
            raise SupportPointError("SP-801", reason="cut off") from error
        if not piece:
            raise SupportPointError("SP-801", reason="cut off")
        upload.keep(piece)
        left -= len(piece)
    if upload.blob.received == upload.blob.size:
        finish(upload.blob)
    return upload.blob.received


def finish(blob: Blob) -> None:
    """Check a whole blob against its address, store it, and complete the items that waited for it.

    Errors: SP-805 when the bytes are others; what was kept is dropped.
    """
    content = b"".join(bytes(part.content) for part in blob.parts.order_by("offset"))
    address = bytes(blob.sha256)
    if hashlib.sha256(content).digest() != address:
        with transaction.atomic():
            Blob.objects.filter(pk=blob.pk).update(received=0, writer="")
            blob.parts.all().delete()
        raise SupportPointError("SP-805", sha256=address.hex())
    name = save_file("blobs", address, content)
    with transaction.atomic():
        Blob.objects.filter(pk=blob.pk).update(done=True, writer="", stored_name=name)
        blob.parts.all().delete()
        waiting = ItemRow.objects.filter(item_blobs__blob=blob, status=Status.STORED)
        lacking = ItemBlob.objects.filter(blob__done=False).values("item_id")
        ids = list(waiting.exclude(pk__in=lacking).values_list("pk", flat=True))
        ItemRow.objects.filter(pk__in=ids).update(status=Status.COMPLETE)
