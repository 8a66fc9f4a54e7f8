"""Opens the audit rows that devices seal to the province, and puts them to their chains."""

from __future__ import annotations

import logging

from django.db import transaction

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Kind
from supportpoint.sealing.envelope import open_envelope
from supportpoint.server.registry.audit import keep_page
from supportpoint.server.registry.keys import intake_keys
from supportpoint.server.registry.models import Item, Opening

log = logging.getLogger(__name__)

BATCH = 20


def open_audits() -> int:
    """Open the audit items that wait; return how many left the queue. One that cannot be read is held."""
    waiting = Item.objects.filter(opening=Opening.WAITING, kind=Kind.AUDIT).order_by("received_at")
    items = list(waiting[:BATCH])
    for item in items:
        try:
            with transaction.atomic():
                Item.objects.filter(pk=item.pk).update(opening=Opening.OPENED)
                _open_one(item)
        except SupportPointError as error:
            Item.objects.filter(pk=item.pk).update(opening=Opening.HELD, opening_code=error.code)
            log.warning("audit item %s is held with %s", item.pk, error.code)
    return len(items)


def _open_one(item: Item) -> None:
    """Store the rows of one item. Errors: SP-401 to SP-403; SP-405 when the envelope names another item."""
    opened = open_envelope(bytes(item.envelope), intake_keys(), _no_dictionary)
    if opened.header.case_id != item.pk:
        raise SupportPointError("SP-405", reason="item id")
    keep_page(item.device, item.pk, opened.payload)


def _no_dictionary(dictionary_id: str) -> bytes:
    raise SupportPointError("SP-401", reason="audit has no dictionary", dictionary=dictionary_id)
