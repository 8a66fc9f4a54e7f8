"""The server's program at work on one item with two files, and whether what it answered is true."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from supportpoint.protocol import MSGPACK, Item, Message, SyncRequest, encode
from tests.chaos.crash.zygote import Ran, Watch, Zygote
from tests.conftest import quiet_env
from tests.integration.conftest import ServerProcess, TinyKiosk

SERVER_MODULES = (
    "tests.chaos.crash.server_life",
    "supportpoint.server.urls",
    "supportpoint.server.intake.views",
    "supportpoint.server.opener.loop",
    "supportpoint.server.courier",
)


class DirectKiosk(TinyKiosk):
    """A kiosk that hands its requests to the server's program without a socket."""

    def __init__(self, server: ServerProcess, zygote: Zygote) -> None:
        super().__init__(server)
        self.zygote = zygote

    def prepare(
        self, method: str, path: str, message: Message | bytes | None = None, device: str = "", **more: str
    ) -> dict[str, Any]:
        """Return a signed request."""
        content = encode(message) if isinstance(message, Message) else message
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        if method == "POST":
            headers["Content-Type"] = MSGPACK
        return {
            "method": method,
            "path": path,
            "port": str(self.server.port),
            "headers": self.signed(method, path, headers, content, device),
            "body": base64.b64encode(content or b"").decode(),
        }

    def hand_in(self, *requests: dict[str, Any], watch: Watch | None = None) -> Ran:
        return self.zygote.run("tests.chaos.crash.server_life:answer", list(requests), watch=watch)

    def ask(self, method: str, path: str, *words: Any, **more: Any) -> Any:
        request = self.prepare(method, path, *words, **more)
        ran = self.hand_in(request)
        assert ran.status == 0, ran.err
        answer = ran.answer()
        return SimpleNamespace(
            status_code=answer["status"],
            ok=answer["status"] < 400,
            headers=answer["headers"],
            content=base64.b64decode(answer["body"]),
            request=SimpleNamespace(headers=request["headers"]),
        )


@dataclass
class PreparedServer:
    """A server that was set up and does not run, an enrolled kiosk, and a copy of the folder as it was."""

    kiosk: DirectKiosk
    prepared: Path

    @property
    def data(self) -> Path:
        return self.kiosk.server.data

    def begin_anew(self) -> None:
        shutil.rmtree(self.data)
        shutil.copytree(self.prepared, self.data)


@dataclass
class Intake(PreparedServer):
    """A server as it is before an item comes; and that item's requests."""

    item: Item
    blobs: tuple[bytes, ...]
    requests: list[dict[str, Any]]


def prepare_server(callwatch: str, data: Path) -> tuple[ServerProcess, Zygote]:
    """Return a server on SQLite that was set up and does not run, and its program, prepared."""
    server = ServerProcess(data, "")
    server.command("init")
    environment = quiet_env() | {"SUPPORTPOINT_SERVER_DATA": str(data), "SUPPORTPOINT_PLAIN_HTTP": "1"}
    environment |= {"DJANGO_SETTINGS_MODULE": "supportpoint.server.settings"}
    return server, Zygote(Path(callwatch), environment, *SERVER_MODULES)


@contextlib.contextmanager
def open_intake(callwatch: str, folder: Path) -> Iterator[Intake]:
    """Set a server up, enrol a kiosk, and prepare what it sends."""
    server, zygote = prepare_server(callwatch, folder / "data")
    kiosk = DirectKiosk(server, zygote)
    assert kiosk.enroll().status_code == 200
    prepared = folder / "prepared"
    shutil.copytree(server.data, prepared)
    blobs = (os.urandom(40_000), os.urandom(5_000))
    item = kiosk.make_item(blobs=blobs)
    assert kiosk.identity is not None
    push = kiosk.prepare(
        "POST", "/api/v1/sync", SyncRequest(epoch=kiosk.identity.epoch, cursor=0, items=(item,))
    )
    uploads = [
        kiosk.prepare(
            "PATCH",
            f"/api/v1/blobs/{hashlib.sha256(blob).hexdigest()}",
            blob,
            Upload_Offset="0",
            Upload_Length=str(len(blob)),
        )
        for blob in blobs
    ]
    yield Intake(kiosk, prepared, item, blobs, [push, *uploads, push])
    zygote.close()


def judge(data: Path, intake: Intake, answered: Collection[int]) -> Iterator[str]:
    """Name every answer that is not true of what is in the data folder; `answered` counts requests from 1."""
    with contextlib.closing(sqlite3.connect(data / "server.db")) as db:
        if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            yield "database damaged"
            return
        items = dict(db.execute("SELECT id, status FROM registry_item"))
        blobs = {
            bytes(sha256): (received, done)
            for sha256, received, done in db.execute("SELECT sha256, received, done FROM registry_blob")
        }
    if 1 in answered and intake.item.id not in items:
        yield "item lost"
    for number, blob in enumerate(intake.blobs, start=2):
        address = hashlib.sha256(blob)
        received, is_done = blobs.get(address.digest(), (0, False))
        if number in answered and (received, bool(is_done)) != (len(blob), True):
            yield f"file {number} lost"
        if is_done and [path.read_bytes() for path in data.rglob(address.hexdigest())] != [blob]:
            yield f"file {number} is not what was sent"
    is_complete = items.get(intake.item.id) == "complete"
    if 4 in answered and not is_complete:
        yield "verdict lost"
    if is_complete and not all(done for _, done in blobs.values()):
        yield "complete without its files"


def go_on(intake: Intake) -> None:
    """Do what a kiosk does that heard nothing: send again, go on with the files, ask for the verdict."""
    kiosk = intake.kiosk
    kiosk.sync(intake.item)
    for blob in intake.blobs:
        offset = kiosk.head(blob)
        if offset < len(blob):
            assert kiosk.patch(blob, offset).status_code in {200, 204}
    [result] = kiosk.sync(intake.item).results
    assert result.status == "complete"
    assert list(judge(intake.data, intake, range(1, len(intake.requests) + 1))) == []
    assert kiosk.server.rows("SELECT count(*) FROM registry_item") == [(1,)]
