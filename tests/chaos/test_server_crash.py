"""The server's intake on SQLite, killed at every call and cut at any moment: what it answered is kept.

A kiosk sends an item with two files and asks for the verdict. After a kill the server starts again and the
kiosk goes on; after a power cut the database and the files are read. CI takes a seeded sample;
`SUPPORTPOINT_CHAOS_LONG=1` takes every call, `SUPPORTPOINT_CHAOS_IMAGES=1000` more images.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from supportpoint.protocol import EPOCH_HEADER, MSGPACK, Item, Message, SyncRequest, encode
from tests.chaos.crash.disk import Disk, read_calls, write_image
from tests.chaos.crash.kills import plan
from tests.chaos.crash.zygote import KILL, RECORD, Ran, Watch, Zygote
from tests.conftest import quiet_env
from tests.integration.conftest import ServerProcess, TinyKiosk

IMAGES = int(os.environ.get("SUPPORTPOINT_CHAOS_IMAGES", "40"))
SERVER_MODULES = (
    "tests.chaos.crash.server_life",
    "supportpoint.server.urls",
    "supportpoint.server.intake.views",
)

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]


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
class Intake:
    """A set-up server with one enrolled kiosk, as it is before an item comes; and that item's requests."""

    kiosk: DirectKiosk
    prepared: Path
    item: Item
    blobs: tuple[bytes, ...]
    requests: list[dict[str, Any]]

    @property
    def data(self) -> Path:
        return self.kiosk.server.data

    def begin_anew(self) -> None:
        shutil.rmtree(self.data)
        shutil.copytree(self.prepared, self.data)


@pytest.fixture(scope="module")
def intake(callwatch: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Intake]:
    memory = Path("/dev/shm")  # noqa: S108 - as fast as the machine allows, gone with the test
    folder = tmp_path_factory.mktemp("intake") if not memory.is_dir() else memory / f"intake-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    server = ServerProcess(folder / "data", "")
    server.command("init")
    environment = quiet_env() | {"SUPPORTPOINT_SERVER_DATA": str(server.data), "SUPPORTPOINT_PLAIN_HTTP": "1"}
    environment |= {"DJANGO_SETTINGS_MODULE": "supportpoint.server.settings"}
    zygote = Zygote(Path(callwatch), environment, *SERVER_MODULES)
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
    shutil.rmtree(folder)


def judge(data: Path, intake: Intake, answered: int) -> Iterator[str]:
    """Name every answer that is not true of what is in the data folder."""
    with contextlib.closing(sqlite3.connect(data / "server.db")) as db:
        if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            yield "database damaged"
            return
        items = dict(db.execute("SELECT id, status FROM registry_item"))
        blobs = {
            bytes(sha256): (received, done)
            for sha256, received, done in db.execute("SELECT sha256, received, done FROM registry_blob")
        }
    if answered >= 1 and intake.item.id not in items:
        yield "item lost"
    for number, blob in enumerate(intake.blobs, start=2):
        address = hashlib.sha256(blob)
        received, is_done = blobs.get(address.digest(), (0, False))
        if answered >= number and (received, bool(is_done)) != (len(blob), True):
            yield f"file {number} lost"
        if is_done and [path.read_bytes() for path in data.rglob(address.hexdigest())] != [blob]:
            yield f"file {number} is not what was sent"
    is_complete = items.get(intake.item.id) == "complete"
    if answered >= 4 and not is_complete:
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
    assert list(judge(intake.data, intake, len(intake.requests))) == []
    assert kiosk.server.rows("SELECT count(*) FROM registry_item") == [(1,)]


def test_an_intake_killed_at_every_call_has_what_it_answered(intake: Intake, seed: int):
    rng = random.Random(seed)
    intake.begin_anew()
    whole = intake.kiosk.hand_in(*intake.requests, watch=Watch(str(intake.data)))
    answers = [json.loads(line) for line in whole.out.splitlines()]
    assert [answer["status"] for answer in answers] == [200, 200, 200, 200], whole.err
    assert all(EPOCH_HEADER in answer["headers"] for answer in answers)
    tried = plan(whole.calls, rng, sample=8)
    for number, is_torn in tried:
        where = f"call {number} of {whole.calls}{' torn' if is_torn else ''}"
        intake.begin_anew()
        watch = Watch(str(intake.data), KILL, at=number, is_torn=is_torn)
        ran = intake.kiosk.hand_in(*intake.requests, watch=watch)
        assert ran.is_killed, where
        assert list(judge(intake.data, intake, ran.out.count("\n"))) == [], where
        go_on(intake)
    print(f"{len(tried)} kills over {whole.calls} calls")  # noqa: T201 - the figure of docs/reliability.md


def cut(intake: Intake, rng: random.Random, count: int, *, without_folder_syncs: bool = False) -> list[str]:
    """Cut the power at random moments of taking an item in; return every fault found."""
    intake.begin_anew()
    log = intake.data.with_name("calls")
    log.unlink(missing_ok=True)
    start = Disk.of_folder(intake.data)
    watch = Watch(str(intake.data), RECORD, log=str(log))
    assert intake.kiosk.hand_in(*intake.requests, watch=watch).status == 0
    calls = [call for call in read_calls(log) if not (without_folder_syncs and call.is_folder)]
    disk, answered, done, faults = start, 0, 0, []
    for moment in sorted(rng.choices(range(len(calls) + 1), k=count)):
        for call in calls[done:moment]:
            disk.apply(call)
            answered += call.op == "M"
        done = moment
        image = intake.data.with_name("image")
        shutil.rmtree(image, ignore_errors=True)
        write_image(disk.after_cut(rng), image)
        faults += [f"after {moment} of {len(calls)}: {fault}" for fault in judge(image, intake, answered)]
    return faults


def test_no_power_cut_takes_from_the_server_what_it_answered(intake: Intake, seed: int):
    assert cut(intake, random.Random(seed), IMAGES) == []


def test_a_server_that_syncs_no_folder_is_noticed(intake: Intake, seed: int):
    assert cut(intake, random.Random(seed), 200, without_folder_syncs=True)
