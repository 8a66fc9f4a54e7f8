"""A device whose cursor means nothing here compares, fetches what differs, and deletes nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from supportpoint.errors import SupportPointError
from supportpoint.protocol import MAX_BATCH_BYTES, MAX_WANT, ResyncReply, ResyncRequest, Seen
from supportpoint.server.intake import gates
from supportpoint.server.intake.wire import (
    endpoint,
    find_media,
    get_device,
    read_as,
    read_body,
    reply,
    unpack,
)
from supportpoint.server.registry.alarms import AlarmKind, raise_alarm
from supportpoint.server.registry.feed import get_head, read_manifest, read_rows
from supportpoint.server.registry.marks import current_epoch
from supportpoint.server.registry.models import Box, Device


@require_POST
@endpoint(gates.SYNC)
def resync_view(request: HttpRequest) -> HttpResponse:
    """POST /api/v1/resync: a page of the manifest, or the rows that differ."""
    body = read_body(request, MAX_BATCH_BYTES)
    device = get_device(request, body)
    asked = read_as(unpack(request, body, MAX_BATCH_BYTES), ResyncRequest, find_media(request))
    if max(len(asked.want), len(asked.receipts_seen)) > MAX_WANT:
        raise SupportPointError("SP-802", limit=MAX_WANT)
    head = get_head()
    if asked.want:
        changes, handled = read_rows(asked.want, device.commune_id)
        answer = ResyncReply(epoch=current_epoch(), head=head, changes=changes, handled=handled)
    else:
        note_lost_news(asked.receipts_seen, device)
        listed, more = read_manifest(asked.after, device.commune_id)
        answer = ResyncReply(epoch=current_epoch(), head=head, listed=listed, more=more)
    return reply(request, answer)


def note_lost_news(seen: Iterable[Seen], device: Device) -> None:
    """Raise an alarm for every box a device holds whose act this database has lost."""
    held = {one.receipt_hash: one for one in seen}
    known = {
        bytes(box.receipt_hash): box
        for box in Box.objects.filter(
            Q(case__commune_id=device.commune_id) | Q(item__isnull=False), receipt_hash__in=list(held)
        )
    }
    for receipt_hash, one in held.items():
        box = known.get(receipt_hash)
        if box is None or box.rev < one.rev or (box.epoch != one.epoch and box.rev <= one.rev):
            here = "" if box is None else f"{box.epoch} {box.rev}"
            case_id = "" if box is None else (box.case_id or box.item_id or "")
            raise_alarm(
                AlarmKind.NEWS_LOST,
                device.pk,
                receipt_hash.hex(),
                case=case_id,
                here=here,
                there=f"{one.epoch[:32]} {one.rev}",
            )
