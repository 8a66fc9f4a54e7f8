"""Set-up, TLS, readiness and stopping of the real command."""

from __future__ import annotations

import concurrent.futures
import contextlib
import hashlib
import os
import shutil
import signal
import socket
import ssl
import stat
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest
import requests

from supportpoint.protocol import Problem, decode


def test_init_is_private_and_repeatable(make_server):
    server = make_server()
    assert server.init["communes"] == 45
    assert {one["unit"] for one in server.init["staff"]} == {"11", "03316"}
    again = server.command("init")
    assert again["staff"] == []
    assert {name: again[name] for name in ("epoch", "server_public", "root_public")} == {
        name: server.init[name] for name in ("epoch", "server_public", "root_public")
    }
    secret = [
        *server.data.glob("keys/*.key"),
        *server.data.glob("keys/units/*"),
        *server.data.glob("offline/*"),
    ]
    assert len(secret) == 4 + 90 + 1
    database = [] if server.database_url else [server.data / "server.db"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in [*secret, *database]} == {0o600}


def test_the_migrations_make_exactly_the_models(make_server):
    server = make_server()
    env = server.env | {
        "DJANGO_SETTINGS_MODULE": "supportpoint.server.settings",
        "SUPPORTPOINT_SERVER_DATA": str(server.data),
    }
    line = [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]
    done = subprocess.run(line, env=env, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "No changes detected\n")


def refused_to_run(server, port, *before):
    """Return the last line of a `run` that ends by itself."""
    line = [*before, sys.executable, "-m", "supportpoint", "server", "run", "--data", str(server.data)]
    line += ["--port", str(port), "--no-tls", "--no-opener"]
    done = subprocess.run(line, env=server.env, check=False, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1]


def test_a_folder_that_was_never_set_up_says_so(make_server, tmp_path):
    server = type(make_server())(tmp_path / "empty", "")
    assert refused_to_run(server, server.port).startswith("SP-106 ")


def test_an_older_schema_says_so_until_init_was_run(make_server):
    """Without it every kiosk would hear "come back" for ever: a missing column looks like a busy database."""
    server = make_server()
    assert server.stop() == 0
    ((newest,),) = server.rows("SELECT max(id) FROM django_migrations WHERE app = 'registry'")
    server.rows("DELETE FROM django_migrations WHERE id = ?", newest)
    assert refused_to_run(server, server.port).startswith("SP-106 ")


def test_a_port_that_is_taken_says_so_and_turns_nothing(make_server):
    server = make_server()
    assert refused_to_run(server, server.port).startswith("SP-107 ")
    epoch = server.rows("SELECT epoch, mark FROM registry_servermark")
    assert server.stop() == 0
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert refused_to_run(server, other.getsockname()[1]).startswith("SP-107 ")
    assert refused_to_run(server, 70_000).startswith("SP-107 ")
    assert server.rows("SELECT epoch, mark FROM registry_servermark") == epoch
    server.start()
    server.kill()
    server.start()


def test_a_folder_that_cannot_be_written_says_so(make_server):
    server = make_server()
    assert server.stop() == 0
    mighty = os.geteuid() == 0
    if mighty and shutil.which("setpriv") is None:
        pytest.skip("root writes everywhere, and setpriv is not here to take that away")
    plain = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if mighty else []
    server.data.chmod(0o500)
    try:
        assert refused_to_run(server, server.port, *plain).startswith("SP-108 ")
    finally:
        server.data.chmod(0o700)


def test_a_fault_of_the_server_is_answered_in_its_own_name(make_server, make_kiosk):
    server = make_server()
    kiosk = make_kiosk(at=server)
    address = hashlib.sha256(b"a package whose file is a folder").digest()
    server.rows(
        "INSERT INTO registry_bundle (sha256, kind, ref, version, size, stored_name, dictionary_id,"
        " published_at) VALUES (?, 'form', 'x', 1, 9, '.', '', '2026-11-23 00:00:00+00')",
        address,
    )
    answer = kiosk.ask("GET", f"/api/v1/bundles/{address.hex()}")
    assert answer.status_code == 500
    kiosk.check(answer)
    assert decode(answer.content, Problem) == Problem(code="SP-809")
    assert kiosk.sync().epoch == kiosk.identity.epoch


def test_only_our_authority_is_trusted_and_only_new_tls(make_server):
    server = make_server(tls=True)
    assert requests.get(server.url + "/healthz", verify=server.init["ca"], timeout=10).ok
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(server.url + "/healthz", timeout=10)
    login = requests.get(server.url + "/office/login", verify=server.init["ca"], timeout=10)
    assert "Secure" in login.headers["Set-Cookie"]
    old = ssl.create_default_context(cafile=server.init["ca"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    with (
        socket.create_connection(("127.0.0.1", server.port)) as line,
        pytest.raises(OSError, match=r"SSL|reset"),
    ):
        old.wrap_socket(line, server_hostname="localhost")
    assert server.stop() == 0


def test_a_stopping_server_finishes_what_is_in_flight(make_server, make_kiosk):
    server = make_server(opener=True)
    kiosk = make_kiosk(at=server)
    content = bytes(range(256)) * 400
    kiosk.sync(kiosk.make_item(blobs=(content,)))
    path = f"/api/v1/blobs/{hashlib.sha256(content).hexdigest()}"
    headers = {"Upload-Offset": "0", "Upload-Length": str(len(content))}
    headers = kiosk.signed("PATCH", path, headers, None) | {
        "Content-Length": str(len(content)),
        "Host": "localhost",
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.sendall(f"PATCH {path} HTTP/1.1\r\n{head}\r\n".encode() + content[:50_000])
        time.sleep(0.5)
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            ended = pool.submit(server.stop)
            time.sleep(0.5)
            line.sendall(content[50_000:])
            assert line.recv(100).startswith(b"HTTP/1.1 200")
            line.close()
            assert ended.result() == 0


def find_openers(data: Path) -> list[int]:
    """Return the processes that open cases for a data folder."""
    wanted = ["supportpoint.server.opener", str(data)]
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = path.read_bytes().decode(errors="replace").split("\0")
            if all(word in words for word in wanted):
                found.append(int(path.parent.name))
    return found


def test_a_dead_opener_is_started_again(make_server):
    server = make_server(opener=True)

    def find():
        return find_openers(server.data)

    (first,) = find()
    os.kill(first, signal.SIGKILL)
    until = time.monotonic() + 15
    while (now := find()) in ([], [first]):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert len(now) == 1
    assert server.stop() == 0
    assert find() == []


def test_a_killed_server_leaves_no_opener_behind(make_server):
    server = make_server(opener=True)
    assert len(find_openers(server.data)) == 1
    os.kill(server.pid, signal.SIGKILL)
    until = time.monotonic() + 10
    while find_openers(server.data):
        assert time.monotonic() < until
        time.sleep(0.1)
