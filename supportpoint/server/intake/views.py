"""Enrol, sync, time and health."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from supportpoint.errors import SupportPointError
from supportpoint.protocol import (
    MAX_BATCH_BYTES,
    CountOrNone,
    DropReceipt,
    EnrollRequest,
    Message,
    Result,
    SyncReply,
    TimeReply,
)
from supportpoint.server.intake import gates
from supportpoint.server.intake.drops import take_drops
from supportpoint.server.intake.enrolment import enroll, make_identity
from supportpoint.server.intake.openapi import make_openapi
from supportpoint.server.intake.pull import count_complete, list_have
from supportpoint.server.intake.push import take_batch
from supportpoint.server.intake.receipts import make_receipt
from supportpoint.server.intake.uploads import list_begun
from supportpoint.server.intake.verdicts import repack
from supportpoint.server.intake.wire import (
    check_sender,
    endpoint,
    find_media,
    get_device,
    read_as,
    read_body,
    reply,
    unpack,
)
from supportpoint.server.registry.alarms import AlarmKind, raise_alarm
from supportpoint.server.registry.backed_up import get_backed_up_through
from supportpoint.server.registry.feed import Page, get_head, must_compare, read_changes
from supportpoint.server.registry.files import has_store
from supportpoint.server.registry.keys import server_key
from supportpoint.server.registry.marks import current_epoch
from supportpoint.server.registry.models import Device
from supportpoint.server.registry.moment import now, now_text

MAX_ENROLL_BYTES = 4096
MAX_NONCE_BYTES = 64
SEEN_EVERY = timedelta(minutes=1)
NEXT_SYNC_MIN_S = 60
NEXT_SYNC_MAX_S = 900


class LenientRequest(Message, frozen=True):
    """`protocol.SyncRequest` with items still encoded, so that one bad item spoils no batch."""

    epoch: str
    cursor: CountOrNone
    items: tuple[msgspec.Raw, ...] = ()
    sealed_drops: tuple[msgspec.Raw, ...] = ()
    complete: CountOrNone = -1


@require_POST
@endpoint(gates.LIGHT)
def enroll_view(request: HttpRequest) -> HttpResponse:
    """POST /api/v1/enroll: signed by the key that asks to be enrolled."""
    body = read_body(request, MAX_ENROLL_BYTES)
    asked = read_as(body, EnrollRequest, find_media(request))
    check_sender(request, lambda _: asked.sign_public, body)
    return reply(request, make_identity(enroll(asked), asked.nonce))


@require_POST
@endpoint(gates.SYNC)
def sync_view(request: HttpRequest) -> HttpResponse:
    """POST /api/v1/sync: push items, pull changes, in one round trip."""
    body = read_body(request, MAX_BATCH_BYTES)
    device = get_device(request, body)
    media = find_media(request)
    asked = read_as(unpack(request, body, MAX_BATCH_BYTES), LenientRequest, media)
    verdicts = take_batch(repack(asked.items, media), device)
    drop_receipt = take_drops(repack(asked.sealed_drops, media))
    _note_seen(device)
    return reply(request, _make_reply(asked, device, verdicts, drop_receipt))


def _note_seen(device: Device) -> None:
    """Remember that a device was heard, to the minute: a write a request would cost an fsync."""
    moment = now()
    if device.last_seen_at is None or moment - device.last_seen_at > SEEN_EVERY:
        Device.objects.filter(pk=device.pk).update(last_seen_at=moment)


def _make_reply(
    asked: LenientRequest,
    device: Device,
    verdicts: list[tuple[Result, bytes]],
    drop_receipt: DropReceipt | None,
) -> SyncReply:
    """A cursor of another epoch means nothing here: that device compares, or reads from the beginning."""
    epoch = current_epoch()
    is_same = asked.epoch == epoch
    resync = asked.cursor != 0 and (not is_same or must_compare(asked.cursor))
    is_restored = not is_same or (resync and asked.cursor > 0 and _is_beyond(asked.cursor, device))
    is_check = asked.complete >= 0
    page = Page((), 0, more=False) if resync else read_changes(asked.cursor, device.commune_id)
    have, have_through = list_have(device.pk, only_complete=is_restored or is_check)
    complete = count_complete(device.pk)
    if is_check and complete < asked.complete:
        raise_alarm(AlarmKind.COUNT_DIFFERS, device.pk, here=complete, there=asked.complete)
    return SyncReply(
        epoch=epoch,
        now=now_text(),
        have=have,
        have_through=have_through,
        backed_up_through=get_backed_up_through(),
        results=tuple(result for result, _ in verdicts),
        receipt=make_receipt(epoch, device.pk, verdicts) if verdicts else None,
        drop_receipt=drop_receipt,
        begun=list_begun(device.pk),
        changes=page.changes,
        cursor=page.cursor,
        more=page.more,
        resync=resync,
        complete=complete,
        only_complete=is_restored or is_check,
        next_sync_s=round(NEXT_SYNC_MIN_S + gates.SYNC.load**2 * (NEXT_SYNC_MAX_S - NEXT_SYNC_MIN_S)),
        blob_slots=gates.blob_slots(),
    )


def _is_beyond(cursor: int, device: Device) -> bool:
    """Tell whether a device has read further than this database goes, and let the province know."""
    head = get_head()
    if cursor <= head:
        return False
    raise_alarm(AlarmKind.HEAD_BELOW_CURSOR, device.pk, head=head, cursor=cursor)
    return True


@require_GET
@endpoint(gates.LIGHT)
def time_view(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/time?nonce=HEX: our clock, signed, for a machine whose own clock is dead."""
    try:
        nonce = bytes.fromhex(request.GET.get("nonce", ""))
    except ValueError as error:
        raise SupportPointError("SP-801", reason="nonce") from error
    if not 0 < len(nonce) <= MAX_NONCE_BYTES:
        raise SupportPointError("SP-801", reason="nonce")
    return reply(request, TimeReply(now=now_text(), nonce=nonce))


@csrf_exempt
@require_GET
def openapi_view(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/openapi.json: this interface for tools; anybody may read it."""
    del request
    return JsonResponse(make_openapi())


@require_GET
def health_view(request: HttpRequest) -> HttpResponse:
    """GET /healthz: this process answers."""
    del request
    return JsonResponse({"ok": True})


@require_GET
def ready_view(request: HttpRequest) -> HttpResponse:
    """GET /readyz: it can also reach its database, keys, epoch and the store of its files."""
    del request
    try:
        connection.ensure_connection()
        current_epoch()
        server_key()
        is_ready = has_store()
    except (DatabaseError, SupportPointError):
        is_ready = False
    return JsonResponse({"ready": is_ready}, status=200 if is_ready else 503)
