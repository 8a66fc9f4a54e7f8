"""A real server process on SQLite and on PostgreSQL, and a small client that speaks the protocol to it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests

from supportpoint.clock import SystemClock, make_uuid7
from supportpoint.protocol import (
    EPOCH_HEADER,
    MSGPACK,
    BlobRef,
    EnrollReply,
    EnrollRequest,
    Item,
    Message,
    SyncReply,
    SyncRequest,
    decode,
    encode,
)
from supportpoint.sealing.http import make_digest, sign_request, verify_reply
from supportpoint.sealing.item import sign_item
from supportpoint.sealing.keys import SealKey, SignKey

POSTGRESQL_BIN = Path("/usr/lib/postgresql/15/bin")
COMMAND = """
import json, sys
from pathlib import Path
from supportpoint.server.startup import use_data_dir
name, data, *rest = sys.argv[1:]
use_data_dir(Path(data), tls="plain" not in rest)
from supportpoint.server import commands, devices, keys
from supportpoint.server.serving import Address
if name == "run":
    commands.run(Address(port=int(rest[0]), tls=rest[2] == "tls"), with_opener=rest[1] == "opener")
elif name == "publish":
    print(json.dumps([commands.publish(Path(path)) for path in rest]))
else:
    place = next(place for place in (commands, devices, keys) if hasattr(place, name))
    print(json.dumps(getattr(place, name)(*rest)))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerProcess:
    """One server with its own data folder and database. Restart it as often as needed."""

    def __init__(self, data: Path, database_url: str, *, opener: bool = False, tls: bool = False) -> None:
        self.data = data
        self.modes = ["opener" if opener else "alone", "tls" if tls else "plain"]
        self.trust: str | bool = str(data / "tls" / "ca.pem") if tls else True
        self.database_url = database_url
        self.port = free_port()
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.port}"
        self.env = os.environ | {
            "SUPPORTPOINT_DATABASE_URL": database_url,
            "SUPPORTPOINT_LOG_LEVEL": "WARNING",
        }
        self.env.pop("DJANGO_SETTINGS_MODULE", None)
        self.init: dict[str, Any] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def command(self, name: str, *rest: str) -> Any:
        line = [sys.executable, "-c", COMMAND, name, str(self.data), *rest]
        done = subprocess.run(line, env=self.env, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def start(self, port: int | None = None) -> None:
        if port is not None:
            self.url = self.url.replace(str(self.port), str(port))
            self.port = port
        line = [sys.executable, "-c", COMMAND, "run", str(self.data), str(self.port), *self.modes]
        log = (self.data.parent / f"{self.data.name}.log").open("ab")
        with log:
            self._process = subprocess.Popen(line, env=self.env, stderr=log, start_new_session=True)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with contextlib.suppress(requests.ConnectionError):
                if requests.get(self.url + "/readyz", timeout=5, verify=self.trust).ok:
                    return
            assert self._process.poll() is None, (self.data.parent / f"{self.data.name}.log").read_text()[
                -2000:
            ]
            time.sleep(0.05)
        raise AssertionError("server did not start")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def stop(self) -> int:
        """SIGTERM; return the exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(30)

    def kill(self) -> None:
        """SIGKILL for every process of this server at once, as a power cut would."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, 9)
            self._process.wait(30)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run one statement in the server's database; return its rows, if it has any."""
        if self.database_url:
            with psycopg.connect(self.database_url) as connection:
                cursor = connection.execute(sql.replace("?", "%s").encode(), values)
                return list(cursor) if cursor.description else []
        with contextlib.closing(sqlite3.connect(self.data / "server.db", timeout=20)) as connection:
            rows = list(connection.execute(sql, values))
            connection.commit()
            return rows


class TinyKiosk:
    """The least a device does: keys, enrolment, signed requests, checked replies."""

    def __init__(self, server: ServerProcess, commune: str = "03316") -> None:
        self.server = server
        self.commune = commune
        self.sign = SignKey.make()
        self.seal = SealKey.make()
        self.incarnation = secrets.token_hex(8)
        self.seq = 0
        self.identity: EnrollReply | None = None
        self.session = requests.Session()
        self.session.trust_env = False

    def enroll(self, code: str | None = None) -> requests.Response:
        request = EnrollRequest(
            code=code or self._make_code(),
            role="kiosk",
            sign_public=self.sign.public,
            seal_public=self.seal.public,
            nonce=secrets.token_bytes(16),
        )
        response = self.ask("POST", "/api/v1/enroll", request, device="new")
        if response.ok:
            self.identity = decode(response.content, EnrollReply)
            assert self.identity.nonce == request.nonce
            self.check(response)
        return response

    def _make_code(self) -> str:
        """Put a code straight into the table: the command takes a second, and has its own test."""
        text = "".join(secrets.choice("23456789ABCDEFGH") for _ in range(12))
        self.server.rows(
            "INSERT INTO registry_enrolmentcode (code_hash, commune_id, point_name, expires_at)"
            " VALUES (?, ?, 'Test point', '2999-01-01 00:00:00+00')",
            hashlib.sha256(text.encode()).digest(),
            self.commune,
        )
        return text

    @property
    def device(self) -> str:
        assert self.identity is not None
        return self.identity.device

    def signed(
        self, method: str, path: str, headers: dict[str, str], content: bytes | None, device: str = ""
    ) -> dict[str, str]:
        digest = make_digest(content) if content is not None and method == "POST" else None
        name = device or self.device
        return headers | sign_request(
            method, self.server.url + path, headers, device=name, key=self.sign, body_digest=digest
        )

    def ask(
        self, method: str, path: str, message: Message | bytes | None = None, device: str = "", **more: str
    ) -> requests.Response:
        content = encode(message) if isinstance(message, Message) else message
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        if method == "POST":
            headers["Content-Type"] = MSGPACK
        headers = self.signed(method, path, headers, content, device)
        return self.session.request(
            method, self.server.url + path, data=content, headers=headers, timeout=30, allow_redirects=False
        )

    def check(self, response: requests.Response) -> None:
        assert self.identity is not None
        assert response.headers[EPOCH_HEADER]
        verify_reply(
            response.status_code,
            response.headers,
            response.content,
            public=self.identity.server_public,
            request_signature=str(response.request.headers["Signature"]),
        )

    def sync(self, *items: Item, cursor: int = 0, epoch: str | None = None) -> SyncReply:
        assert self.identity is not None
        request = SyncRequest(epoch=epoch or self.identity.epoch, cursor=cursor, items=items)
        response = self.ask("POST", "/api/v1/sync", request)
        assert response.status_code == 200, response.content
        self.check(response)
        return decode(response.content, SyncReply)

    def make_item(self, size: int = 500, blobs: tuple[bytes, ...] = (), **fields: Any) -> Item:
        self.seq += 1
        refs = tuple(BlobRef(sha256=hashlib.sha256(blob).digest(), len=len(blob)) for blob in blobs)
        values: dict[str, Any] = {
            "kind": "case",
            "id": str(make_uuid7(SystemClock().now())),
            "device": self.device,
            "incarnation": self.incarnation,
            "seq": self.seq,
            "envelope": secrets.token_bytes(size),
            "blobs": refs,
        }
        return sign_item(Item(**(values | fields)), self.sign)

    def head(self, blob: bytes) -> int:
        response = self.ask("HEAD", f"/api/v1/blobs/{hashlib.sha256(blob).hexdigest()}")
        self.check(response)
        return int(response.headers["Upload-Offset"]) if response.ok else -response.status_code

    def patch(self, blob: bytes, offset: int, content: bytes | None = None) -> requests.Response:
        path = f"/api/v1/blobs/{hashlib.sha256(blob).hexdigest()}"
        more = {"Upload_Offset": str(offset), "Upload_Length": str(len(blob))}
        return self.ask("PATCH", path, blob[offset:] if content is None else content, **more)


@pytest.fixture(scope="session")
def postgresql_folder() -> Iterator[Path]:
    """A cluster of our own on a socket in a temporary folder, as an unprivileged user."""
    if not (POSTGRESQL_BIN / "initdb").exists():
        pytest.skip(f"no PostgreSQL 15 in {POSTGRESQL_BIN}: apt install postgresql-15")
    folder = Path(tempfile.mkdtemp(prefix="sp-pg-"))
    become = (
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    )
    if become:
        shutil.chown(folder, "postgres", "postgres")
    options = (
        f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=300"
    )
    control = [
        *become,
        str(POSTGRESQL_BIN / "pg_ctl"),
        "-D",
        str(folder / "db"),
        "-w",
        "-l",
        str(folder / "log"),
    ]
    initdb = [*become, str(POSTGRESQL_BIN / "initdb"), "-D", str(folder / "db"), "-U", "sp", "-A", "trust"]

    def call(*line: str) -> None:
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL, cwd=folder)

    call(*initdb, "-E", "UTF8", "--locale=C.UTF-8", "-N")
    call(*control, "-o", options, "start")
    yield folder
    call(*control, "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("pg", marks=pytest.mark.postgresql)])
def make_database_url(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Return a maker of fresh database addresses; "" is the SQLite file in the data folder."""
    if request.param == "sqlite":
        return lambda: ""
    folder = request.getfixturevalue("postgresql_folder")

    def make() -> str:
        name = f"sp_{secrets.token_hex(6)}"
        with psycopg.connect(f"postgresql://sp@/postgres?host={folder}", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql://sp@/{name}?host={folder}"

    return make


@pytest.fixture(scope="module")
def make_server(
    make_database_url: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., ServerProcess]]:
    """Return a maker of initialised, running servers; all end with the module."""
    made: list[ServerProcess] = []

    def make(*, opener: bool = False, tls: bool = False) -> ServerProcess:
        data = tmp_path_factory.mktemp("server") / "data"
        server = ServerProcess(data, make_database_url(), opener=opener, tls=tls)
        made.append(server)
        server.init = server.command("init")
        server.start()
        return server

    yield make
    for server in made:
        server.kill()


@pytest.fixture(scope="module")
def server(make_server: Callable[..., ServerProcess]) -> ServerProcess:
    """One server for the tests of a module."""
    return make_server()


@pytest.fixture
def make_kiosk(server: ServerProcess) -> Callable[..., TinyKiosk]:
    """Return a maker of enrolled devices of the module's server, or of another."""

    def make(commune: str = "03316", at: ServerProcess | None = None) -> TinyKiosk:
        kiosk = TinyKiosk(at or server, commune)
        assert kiosk.enroll().status_code == 200
        return kiosk

    return make


PULSE_MODULES = (
    "module-native-protocol-unix auth-anonymous=1 socket={socket}",
    "module-null-sink sink_name=hall",
    "module-remap-source master=hall.monitor source_name=ear",
)


@pytest.fixture
def pulse(tmp_path: Path) -> Iterator[str]:
    """A PulseAudio of our own without a device: its address. The hall is heard by the ear."""
    program = shutil.which("pulseaudio")
    if program is None:
        pytest.skip("no PulseAudio on this machine")
    socket = tmp_path / "s"
    loads = [word for module in PULSE_MODULES for word in ("-L", module.format(socket=socket))]
    home = {"HOME": str(tmp_path), "PULSE_RUNTIME_PATH": str(tmp_path)}
    line = [program, "-n", "--daemonize=no", "--exit-idle-time=-1", *loads]
    with (tmp_path / "log").open("wb") as log:
        running = subprocess.Popen(line, env=os.environ | home, stdout=log, stderr=log)
    try:
        for _ in range(100):
            if socket.exists():
                break
            time.sleep(0.1)
        time.sleep(0.5)
        yield f"unix:{socket}"
    finally:
        running.terminate()
        running.wait(10)
