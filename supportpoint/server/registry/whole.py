"""An attachment is whole: stored, and the items that waited for it are complete."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from supportpoint.protocol import Status
from supportpoint.server.registry.files import save_file
from supportpoint.server.registry.models import Blob, Item, ItemBlob

FOLDER = "blobs"


def store_whole(blob: Blob, content: bytes) -> None:
    """Store a blob whose bytes were seen to have its hash, and complete the items that waited for it.

    Errors: SP-110 when the store is not there.
    """
    name = save_file(FOLDER, bytes(blob.sha256), content)
    with transaction.atomic():
        Blob.objects.filter(pk=blob.pk).update(done=True, received=F("size"), writer="", stored_name=name)
        blob.parts.all().delete()
        waiting = Item.objects.filter(item_blobs__blob=blob, status=Status.STORED).order_by("pk")
        # Two attachments of one item may end at once: whoever has the item second sees the first one done.
        ids = list(waiting.select_for_update(of=("self",)).values_list("pk", flat=True))
        lacking = ItemBlob.objects.filter(item_id__in=ids, blob__done=False).values_list("item_id", flat=True)
        complete_items(set(ids) - set(lacking))


def complete_items(item_ids: Iterable[str]) -> None:
    """Let items that lack nothing be complete, for the first time or again."""
    Item.objects.filter(pk__in=set(item_ids), status=Status.STORED).update(
        status=Status.COMPLETE, lost_at=None
    )
