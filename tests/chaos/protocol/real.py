"""The real province in this process: every request goes through its WSGI application, on SQLite in memory."""

from __future__ import annotations

# The folder comes first: Django learns of one, before any model.
from tests.chaos.protocol.folder import FOLDER

# isort: split
import hashlib
import io
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests
import urllib3
from django.db import connection
from requests.adapters import BaseAdapter

from supportpoint.errors import SupportPointError
from supportpoint.protocol import (
    BlobRef,
    BundleRef,
    Change,
    EnrollRequest,
    Item,
    Kind,
    SyncRequest,
    decode,
    encode,
)
from supportpoint.records import DeviceIdentity
from supportpoint.sealing.compression import ZSTD, decompress
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.server import commands
from supportpoint.server.intake.enrolment import enroll, make_identity
from supportpoint.server.intake.push import take_batch
from supportpoint.server.registry.codes import Place, make_code
from supportpoint.server.registry.feed import append_change
from supportpoint.server.registry.locks import single_writer
from supportpoint.server.registry.lost_files import look_after_files
from supportpoint.server.registry.marks import current_epoch, turn_mark
from supportpoint.server.registry.models import Arrival, Device, Unit
from supportpoint.server.registry.models import Change as ChangeRow
from supportpoint.server.registry.models import Item as ItemRow
from supportpoint.server.wsgi import application
from supportpoint.sync.http import HttpTransport
from tests.chaos.protocol.way import Channel, Kept
from tests.unit.sync.conftest import PatientStop

FILES = FOLDER / "files"
CUT_BYTES = 20_000
CUT_STATEMENT = 4
COMMUNE = "03316"


class ServerDied(BaseException):
    """The server has no power any more: what it had not committed is gone."""


@dataclass(frozen=True)
class Backup:
    """A copy of the database and of the files beside it."""

    database: sqlite3.Connection
    files: dict[Path, bytes]


@cache
def set_up() -> Backup:
    """Make the province once in this process; return a copy of it as it was made."""
    commands.init()
    return _copy()


def _database() -> sqlite3.Connection:
    connection.ensure_connection()
    found: sqlite3.Connection = connection.connection
    return found


def _copy() -> Backup:
    kept = sqlite3.connect(":memory:")
    _database().backup(kept)
    return Backup(kept, {path: path.read_bytes() for path in FILES.rglob("*") if path.is_file()})


class RealProvince:
    """`way.Province` over the server's own code."""

    def __init__(self) -> None:
        self.restore(set_up(), files=set_up())
        key = (FOLDER / "agencies" / "legal_aid" / "legal-aid-centre.seal.key").read_bytes()
        self.urgent_kid = SealKey(key).kid

    def enrol(self, key: SignKey) -> DeviceIdentity:

        request = EnrollRequest(
            code=make_code(Place(Unit.objects.get(pk=COMMUNE), "Điểm Thử")),
            role="kiosk",
            sign_public=key.public,
            seal_public=SealKey.make().public,
            nonce=secrets.token_bytes(16),
        )
        granted = make_identity(enroll(request), request.nonce)
        fields = {name: getattr(granted, name) for name in granted.__struct_fields__ if name != "nonce"}
        return DeviceIdentity(role="kiosk", server_url="http://127.0.0.1", **fields)

    def revoke(self, device: str) -> None:

        with suppress(SupportPointError):
            commands.revoke(device)

    def is_welcome(self, device: str) -> bool:

        return Device.objects.filter(pk=device, revoked_at=None).exists()

    def open_way(self, identity: DeviceIdentity, key: SignKey, channel: Channel) -> HttpTransport:
        way = HttpTransport(identity, key, stop=PatientStop())
        way._session.mount("http://", InProcess(channel))
        return way

    def take_stick(self, items: tuple[Item, ...], blobs: tuple[bytes, ...], carrier: str) -> None:
        """Items alone; attachments travel with the real courier (`real_world`)."""
        assert not blobs

        take_batch(tuple(msgspec.Raw(encode(item)) for item in items), Device.objects.get(pk=carrier))

    def announce(self, stream: str, ref: str) -> None:

        with single_writer():
            later = BundleRef(kind="kind-of-2031", id=ref, version=1, sha256=bytes(32), len=1)
            change = Change(stream=stream, id=ref, rev=1, body=encode(later))
            append_change(change, audience="", province_code="11")

    def back_up(self) -> Backup:
        """Copy, and let those minutes pass after which the mark turns."""

        kept = _copy()
        turn_mark()
        return kept

    def restore(self, copied: Backup, *, files: Backup | None) -> None:

        copied.database.backup(_database())
        if files is not None:
            for path in [path for path in FILES.rglob("*") if path.is_file()]:
                path.unlink()
            for path, content in files.files.items():
                path.write_bytes(content)
        look_after_files()
        turn_mark()

    def kept(self) -> dict[str, Kept]:

        rows = ItemRow.objects.exclude(kind=Kind.AUDIT).prefetch_related("item_blobs__blob")
        return {row.id: self._look_at(row) for row in rows}

    def _look_at(self, row: Any) -> Kept:
        links = sorted(row.item_blobs.all(), key=lambda link: link.position)
        refs = tuple(BlobRef(sha256=bytes(link.blob.sha256), len=link.blob.size) for link in links)
        is_whole = row.status == "complete"
        if is_whole:  # I4: every byte can be given back
            for link in links:
                content = (FILES / link.blob.stored_name).read_bytes()
                assert hashlib.sha256(content).digest() == bytes(link.blob.sha256)
        return Kept(bytes(row.envelope), refs, is_whole)

    def count_doubled(self) -> int:

        return ItemRow.objects.count() - ItemRow.objects.values("identity").distinct().count()

    def held_ids(self) -> set[str]:

        return set(Arrival.objects.exclude(held_code="").values_list("item_id", flat=True))

    def list_feed(self) -> list[tuple[int, str, str]]:

        return list(ChangeRow.objects.order_by("seq").values_list("seq", "stream", "ref"))

    @property
    def epoch(self) -> str:

        return current_epoch()


class InProcess(BaseAdapter):
    """Carries the requests of the real client to the real server's application, over a channel."""

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self._channel = channel

    def close(self) -> None:
        """Nothing is open."""

    def send(self, request: requests.PreparedRequest, *_: object, **__: object) -> requests.Response:
        body = b"".join(request.body) if request.body is not None else b""
        if request.method == "PATCH":
            self._channel.note_photo()
        elif request.path_url.endswith("/sync"):
            content = decompress(body, b"") if request.headers.get("Content-Encoding") == ZSTD else body
            self._channel.note(decode(content, SyncRequest).items)
        return self._channel.pass_on(lambda: _answer(request, body), lambda: _die_over(request, body))


def _die_over(request: requests.PreparedRequest, body: bytes) -> None:
    """Deliver a part of a body, and let the server die over the first statements of what it does."""

    statements = iter(range(CUT_STATEMENT))

    def count(execute: Callable[..., Any], *words: Any) -> Any:
        if request.method != "PATCH" and next(statements, None) is None:
            raise ServerDied
        return execute(*words)

    with suppress(ServerDied), connection.execute_wrapper(count):
        _answer(request, body[:CUT_BYTES] if request.method == "PATCH" else body)


def _answer(request: requests.PreparedRequest, body: bytes) -> requests.Response:

    url = urlsplit(request.url or "")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": url.path,
        "QUERY_STRING": url.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": request.headers.get("Content-Length", "0"),
        "HTTP_HOST": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
    }
    skipped = {"content-type", "content-length"}
    environ |= {
        f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in request.headers.items()
        if name.lower() not in skipped
    }
    told: list[Any] = []
    content = b"".join(application(environ, lambda *words: told.extend(words)))
    raw = urllib3.HTTPResponse(
        io.BytesIO(content),
        dict(told[1]),
        int(told[0].split()[0]),
        preload_content=False,
        decode_content=False,
    )
    response = requests.Response()
    response.status_code, response.headers, response.raw = raw.status, raw.headers, raw
    response.request = request
    return response
