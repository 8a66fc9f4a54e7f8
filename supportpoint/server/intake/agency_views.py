"""What a reader fetches: the sealed cases and drops of its own agency. Nobody here can open them."""

from __future__ import annotations

import re
from itertools import islice
from uuid import UUID

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from supportpoint.agency_messages import (
    AgencyCase,
    AgencyDrop,
    AgencyDropPage,
    AgencyPage,
    SealedBytes,
)
from supportpoint.clock import local_day
from supportpoint.errors import SupportPointError
from supportpoint.protocol import BlobRef
from supportpoint.server.intake import gates
from supportpoint.server.intake.wire import endpoint, get_device, reply
from supportpoint.server.registry.agencies import get_item, is_sealed_to, list_items
from supportpoint.server.registry.codes import READER
from supportpoint.server.registry.drops import get_drop, list_drops
from supportpoint.server.registry.files import read_stored
from supportpoint.server.registry.keys import kids_of
from supportpoint.server.registry.models import Blob, Box, Item, ItemBlob, Opening

PAGE_ROWS = 200
ID_OR_NONE = re.compile(r"[0-9a-f-]{0,36}")
HASH_OR_NONE = re.compile(r"([0-9a-f]{64})?")


def _agency_of(request: HttpRequest) -> str:
    """Return whose reader asks. Errors: SP-405, SP-504; SP-803 for every other device."""
    device = get_device(request, None)
    if device.role != READER or not device.agency:
        raise SupportPointError("SP-803", role=device.role)
    return device.agency


def _after(request: HttpRequest, form: re.Pattern[str]) -> str:
    """Return after what a list goes on. Errors: SP-801 when it is not written as `form`."""
    after = request.GET.get("after", "")
    if not form.fullmatch(after):
        raise SupportPointError("SP-801", reason="after")
    return after


@require_GET
@endpoint(gates.LIGHT)
def cases_view(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/agency/cases?after=ID: what waits for this agency, at most 200 at a time."""
    agency, after = _agency_of(request), _after(request, ID_OR_NONE)
    found = list(islice(list_items(agency, after), PAGE_ROWS + 1))
    cases = tuple(_describe(item) for item in found[:PAGE_ROWS])
    return reply(request, AgencyPage(cases=cases, more=len(found) > PAGE_ROWS))


@require_GET
@endpoint(gates.BLOB)
def case_view(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """GET of one case envelope."""
    item = get_item(_agency_of(request), str(case_id))
    return reply(request, SealedBytes(content=bytes(item.envelope)))


@require_GET
@endpoint(gates.BLOB)
def file_view(request: HttpRequest, address: str) -> HttpResponse:
    """GET of the envelope of a file, once all of it is here."""
    kids = kids_of(_agency_of(request))
    rows = ItemBlob.objects.filter(blob__sha256=bytes.fromhex(address), blob__done=True)
    own = rows.filter(item__opening=Opening.AGENCY).select_related("item", "blob")
    blob: Blob | None = next((row.blob for row in own if is_sealed_to(bytes(row.item.envelope), kids)), None)
    if blob is None:
        raise SupportPointError("SP-803", sha256=address)
    try:
        content = read_stored(blob.stored_name)
    except FileNotFoundError as error:  # lost, and not yet noticed: it will be on its way again
        raise SupportPointError("SP-803", sha256=address) from error
    return reply(request, SealedBytes(content=content))


@require_GET
@endpoint(gates.LIGHT)
def drops_view(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/agency/drops?after=SHA256: what was said to this agency alone, at most 200 at a time."""
    agency, after = _agency_of(request), _after(request, HASH_OR_NONE)
    found = [(sha256, drop.id) for sha256, drop in islice(list_drops(after, kids_of(agency)), PAGE_ROWS + 1)]
    page = found[:PAGE_ROWS]
    answered = Box.objects.filter(drop_id__in=[drop_id for _, drop_id in page])
    revs = dict(answered.values_list("drop_id").annotate(rev=Max("rev")))
    drops = tuple(
        AgencyDrop(sha256=bytes.fromhex(sha256), id=drop_id, rev=revs.get(drop_id, 0))
        for sha256, drop_id in page
    )
    return reply(request, AgencyDropPage(drops=drops, more=len(found) > PAGE_ROWS))


@require_GET
@endpoint(gates.BLOB)
def drop_view(request: HttpRequest, address: str) -> HttpResponse:
    """GET of the envelope of a drop."""
    drop = get_drop(address, kids_of(_agency_of(request)))
    return reply(request, SealedBytes(content=drop.envelope))


def _describe(item: Item) -> AgencyCase:
    blobs = [row.blob for row in item.item_blobs.select_related("blob").order_by("position")]
    return AgencyCase(
        id=item.pk,
        received_on=local_day(item.received_at).isoformat(),
        rev=item.boxes.aggregate(rev=Max("rev"))["rev"] or 0,
        files=tuple(BlobRef(sha256=bytes(blob.sha256), len=blob.size) for blob in blobs),
    )
