"""POST /api/v1/courier: a kiosk with a link brings the letter of one that has none."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from supportpoint.courier_messages import MAX_COURIER_BYTES
from supportpoint.protocol import CountOrNone, Message
from supportpoint.server.intake import gates
from supportpoint.server.intake.courier import answer_letter, find_sender
from supportpoint.server.intake.verdicts import repack
from supportpoint.server.intake.wire import (
    endpoint,
    find_media,
    get_device,
    read_as,
    read_body,
    reply,
    unpack,
)


class LenientRequest(Message, frozen=True):
    """`protocol.CourierRequest` with items still encoded, so that one bad item spoils no batch."""

    letter: bytes
    epoch: str
    cursor: CountOrNone
    items: tuple[msgspec.Raw, ...] = ()


@require_POST
@endpoint(gates.SYNC)
def courier_view(request: HttpRequest) -> HttpResponse:
    """Take items of the letter, and answer its device by way of the carrier."""
    body = read_body(request, MAX_COURIER_BYTES)
    carrier = get_device(request, body)
    media = find_media(request)
    asked = read_as(unpack(request, body, MAX_COURIER_BYTES), LenientRequest, media)
    sender = find_sender(asked.letter)
    items = repack(asked.items, media)
    return reply(request, answer_letter(sender, items, carrier, asked.epoch, asked.cursor))
