"""Opens the attachments of opened cases as their blobs become whole."""

from __future__ import annotations

import hashlib
import logging

from django.db import transaction

from supportpoint.errors import SupportPointError
from supportpoint.sealing.case import open_file
from supportpoint.server.registry.files import NOT_THERE, has_store, read_stored, save_file
from supportpoint.server.registry.keys import intake_keys
from supportpoint.server.registry.lost_files import FILE_GONE
from supportpoint.server.registry.models import Blob, CaseEvent, CasePhoto
from supportpoint.server.registry.moment import now

log = logging.getLogger(__name__)

BATCH = 20


def open_arrived_photos() -> int:
    """Open and store the photos whose sealed bytes are whole; return how many were tried.

    A copy that was lost and is made again is the same photo: the history says it once.
    """
    arrived = Blob.objects.filter(done=True).values("sha256")
    waiting = CasePhoto.objects.filter(stored_name="", opening_code="", blob_sha256__in=arrived)
    photos = list(waiting.order_by("pk")[:BATCH])
    for photo in photos:
        try:
            photo.stored_name = _open_one(photo)
        except SupportPointError as error:
            if error.code == NOT_THERE:
                raise
            photo.opening_code = error.code
            log.warning("photo %s is held with %s", photo.pk, error.code)
        except FileNotFoundError:
            if not has_store():
                raise
            photo.opening_code = FILE_GONE
            log.warning("the file of blob %s is gone", bytes(photo.blob_sha256).hex())
        with transaction.atomic():
            photo.save(update_fields=["stored_name", "opening_code"])
            facts = {"position": photo.position, "code": photo.opening_code}
            CaseEvent.objects.get_or_create(
                case_id=photo.case_id, what="photo", facts=facts, defaults={"at": now()}
            )
    return len(photos)


def _open_one(photo: CasePhoto) -> str:
    """Store one photo in the private folder. Errors: SP-401 to SP-403."""
    blob = Blob.objects.filter(sha256=bytes(photo.blob_sha256), done=True).get()
    content = open_file(read_stored(blob.stored_name), intake_keys())
    return save_file("photos", hashlib.sha256(content).digest(), content)
