"""Devices, signed items and signed requests, made beforehand, so that a bench measures the server alone."""

from __future__ import annotations

import importlib.util
import os
import random
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import psycopg

from supportpoint.clock import make_uuid7
from supportpoint.protocol import MSGPACK, Item, SyncRequest, encode
from supportpoint.sealing.http import make_digest, sign_request
from supportpoint.sealing.item import sign_item
from supportpoint.sealing.keys import SignKey

PATH = "/api/v1/sync"
COMMUNE = "03316"
PROVINCE = "11"
DEVICE_COLUMNS = (
    "id, role, commune_id, province_code, point_name, sign_public, seal_public, key_level, enrolled_at"
)


def load_fixtures() -> ModuleType:
    """Return the module with `ServerProcess`: a real server in a process of its own."""
    path = Path(__file__).parents[1] / "integration" / "conftest.py"
    spec = importlib.util.spec_from_file_location("integration_fixtures", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True, slots=True)
class Batch:
    """One request as it goes over the wire, and the ids of its items in their order."""

    wire: bytes
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kiosk:
    """One device with its backlog, ready to be sent."""

    device: str
    sign_public: bytes
    batches: tuple[Batch, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is made. `item_bytes` counts the envelope; `seed` decides the envelopes and nothing else."""

    kiosks: int
    batches: int
    items: int
    item_bytes: int
    seed: int = 1


def _make_kiosk(plan: Plan, number: int, epoch: str) -> Kiosk:
    chance = random.Random(plan.seed * 1_000_003 + number)
    key = SignKey.make()
    device = str(make_uuid7(datetime.now(UTC)))
    incarnation = secrets.token_hex(8)
    made = []
    for batch in range(plan.batches):
        items = tuple(
            sign_item(
                Item(
                    kind="case",
                    id=str(make_uuid7(datetime.now(UTC))),
                    device=device,
                    incarnation=incarnation,
                    seq=batch * plan.items + place + 1,
                    envelope=chance.randbytes(plan.item_bytes),
                ),
                key,
            )
            for place in range(plan.items)
        )
        body = encode(SyncRequest(epoch=epoch, cursor=0, items=items))
        made.append(Batch(_as_wire(body, device, key), tuple(item.id for item in items)))
    return Kiosk(device, key.public, tuple(made))


def _as_wire(body: bytes, device: str, key: SignKey) -> bytes:
    headers = {"Content-Type": MSGPACK}
    url = f"http://localhost{PATH}"
    headers |= sign_request("POST", url, headers, device=device, key=key, body_digest=make_digest(body))
    headers |= {"Host": "localhost", "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {PATH} HTTP/1.1\r\n{lines}\r\n".encode("ascii") + body


def make_kiosks(plan: Plan, epoch: str) -> list[Kiosk]:
    """Return the devices of a plan with everything signed, made on all cores."""
    with ProcessPoolExecutor() as pool:
        numbers = range(plan.kiosks)
        return list(pool.map(_make_kiosk, [plan] * plan.kiosks, numbers, [epoch] * plan.kiosks, chunksize=8))


def enrol(server: Any, kiosks: list[Kiosk]) -> None:
    """Put the devices into the server's table: enrolment has tests of its own."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S+00")
    values: list[Any] = []
    for one in kiosks:
        values += [one.device, "kiosk", COMMUNE, PROVINCE, "Bench", one.sign_public, one.sign_public, "", now]
    row = "(" + ", ".join(["?"] * (DEVICE_COLUMNS.count(",") + 1)) + ")"
    rows = ", ".join([row] * len(kiosks))
    server.rows(f"INSERT INTO registry_device ({DEVICE_COLUMNS}) VALUES {rows}", *values)  # noqa: S608


@contextmanager
def postgresql(fixtures: ModuleType) -> Iterator[tuple[str, int]]:
    """Run a cluster of our own that syncs every commit; yield a database's address and the server's pid."""
    folder = Path(tempfile.mkdtemp(prefix="sp-pg-bench-"))
    become: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        become = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    programs, data = fixtures.POSTGRESQL_BIN, folder / "db"
    control = [*become, str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=on -c max_connections=300"

    def call(*line: str) -> None:
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL, cwd=folder)

    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "sp", "-A", "trust"]
    call(*become, *initdb, "-E", "UTF8", "--locale=C.UTF-8", "-N")
    call(*control, "-o", options, "start")
    try:
        with psycopg.connect(f"postgresql://sp@/postgres?host={folder}", autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        pid = int((data / "postmaster.pid").read_text().split()[0])
        yield f"postgresql://sp@/bench?host={folder}", pid
    finally:
        call(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def cpu_s(pid: int) -> float:
    """Return the CPU seconds of a process and all its children, living and gone."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(cpu_s(int(child)) for child in children)


def load_average() -> str:
    """Return the load of the machine over the last minute."""
    return Path("/proc/loadavg").read_text().split()[0]
