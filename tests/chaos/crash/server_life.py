"""What a watched server does: answer requests one after the other, as its web server would hand them in."""

from __future__ import annotations

import base64
import contextlib
import importlib
import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.db import OperationalError

from supportpoint.server.wsgi import application
from tests.chaos.crash.zygote import disarm, mark


def answer(requests: list[dict[str, Any]]) -> None:
    """Answer requests, printing each answer when the kiosk would have it."""
    for number, request in enumerate(requests):
        line = json.dumps(_answer(request))
        mark(answered=number)
        print(line, flush=True)  # noqa: T201 - the answer on its way


def answer_without_room_and_with(requests: list[dict[str, Any]]) -> None:
    """Answer requests while the watch refuses, and all of them again when the disk has room."""
    answer(requests)
    disarm()
    answer(requests)


def answer_as_if_stored(requests: list[dict[str, Any]]) -> None:
    """Answer requests with the mistake that a receipt is signed although nothing was committed."""
    push = importlib.import_module("supportpoint.server.intake.push")
    take = push.transaction.atomic

    class Swallowed:
        def __init__(self) -> None:
            self.real = take()

        def __enter__(self) -> None:
            self.real.__enter__()

        def __exit__(self, *error: object) -> bool:
            with contextlib.suppress(OperationalError):
                self.real.__exit__(*error)
            return True

    push.transaction = SimpleNamespace(atomic=Swallowed)
    answer(requests)


def open_once() -> None:
    """Open all that waits, as the opener's first round does."""
    importlib.import_module("supportpoint.server.opener.loop").run(once=True)


def open_once_row_by_row() -> None:
    """The same with the mistake that one transaction rules out."""
    for name in ("opening", "answers"):
        module = importlib.import_module(f"supportpoint.server.opener.{name}")
        vars(module)["single_writer"] = contextlib.nullcontext
    open_once()


def take_stick(place: str) -> None:
    """Take a stick as the server's desk does, and print what it brought."""
    taken = importlib.import_module("supportpoint.server.courier").take_stick(Path(place))
    print(json.dumps(vars(taken)), flush=True)  # noqa: T201 - what the operator reads


def take_stick_done_first(place: str) -> None:
    """The same with the mistake that a file is called done before it is stored."""
    sticks = importlib.import_module("supportpoint.server.intake.sticks")
    store = sticks.store_whole

    def call_done_and_store(blob: Any, content: bytes) -> None:
        type(blob).objects.filter(pk=blob.pk).update(done=True, received=blob.size)
        store(blob, content)

    sticks.store_whole = call_done_and_store
    take_stick(place)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    body = base64.b64decode(request["body"])
    told: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        told.update(status=int(status.split(maxsplit=1)[0]), headers=dict(headers))

    content = b"".join(application(_environ(request, body), start))
    return told | {"body": base64.b64encode(content).decode()}


def _environ(request: dict[str, Any], body: bytes) -> dict[str, Any]:
    headers = {name.upper().replace("-", "_"): value for name, value in request["headers"].items()}
    return {
        "REQUEST_METHOD": request["method"],
        "PATH_INFO": request["path"],
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": request["port"],
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": headers.pop("CONTENT_TYPE", "application/octet-stream"),
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": f"127.0.0.1:{request['port']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    } | {f"HTTP_{name}": value for name, value in headers.items()}
