"""HEAD and PATCH of blobs, GET of bundles."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from supportpoint.errors import SupportPointError
from supportpoint.protocol import EPOCH_HEADER
from supportpoint.server.intake import gates
from supportpoint.server.intake.arriving import Arriving
from supportpoint.server.intake.uploads import begin, find_blob, finish, get_offset, receive
from supportpoint.server.intake.wire import endpoint, get_device, reply
from supportpoint.server.registry.files import read_stored
from supportpoint.server.registry.lost_files import note_package
from supportpoint.server.registry.marks import current_epoch
from supportpoint.server.registry.models import Bundle

RANGE = re.compile(r"bytes=(\d+)-(\d*)")


def _number(request: HttpRequest, name: str) -> int:
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit()):
        raise SupportPointError("SP-801", header=name)
    return int(text)


@require_http_methods(["HEAD", "PATCH"])
@endpoint(gates.BLOB)
def blob_view(request: HttpRequest, address: str) -> HttpResponse:
    """HEAD says where an upload stands; PATCH goes on from there. The address is the check."""
    get_device(request, None)
    sha256 = bytes.fromhex(address)
    if request.method == "HEAD":
        blob = find_blob(sha256, None)
        if blob.received == blob.size and not blob.done:
            finish(blob)  # the server stopped between the last byte and the check
        return reply(
            request,
            None,
            Upload_Offset=str(get_offset(blob)),
            Upload_Length=str(blob.size),
            Cache_Control="no-store",
        )
    length, offset = _number(request, "Content-Length"), _number(request, "Upload-Offset")
    upload = begin(sha256, _number(request, "Upload-Length"), offset)
    reached = receive(upload, Arriving(request), offset, length)
    return reply(request, None, Upload_Offset=str(reached))


@require_GET
@endpoint(gates.BLOB)
def bundle_view(request: HttpRequest, address: str) -> HttpResponse:
    """GET of a published package, whole or from an offset; its own signature and address vouch for it."""
    get_device(request, None)
    bundle = Bundle.objects.filter(sha256=bytes.fromhex(address)).first()
    if bundle is None:
        raise SupportPointError("SP-803", sha256=address)
    try:
        content = read_stored(bundle.stored_name)
    except FileNotFoundError as error:
        note_package(bundle)
        raise SupportPointError("SP-803", sha256=address) from error
    headers = {"ETag": f'"{address}"', "Accept-Ranges": "bytes", EPOCH_HEADER: current_epoch()}
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or request.headers.get("If-Range", headers["ETag"]) != headers["ETag"]:
        return HttpResponse(content, content_type="application/octet-stream", headers=headers)
    first = int(asked[1])
    last = min(int(asked[2]) if asked[2] else len(content) - 1, len(content) - 1)
    if first > last:
        headers["Content-Range"] = f"bytes */{len(content)}"
        return HttpResponse(status=416, headers=headers)
    headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    part = content[first : last + 1]
    return HttpResponse(part, status=206, content_type="application/octet-stream", headers=headers)
