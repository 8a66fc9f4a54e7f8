"""Set-up, TLS, readiness and stopping of the real command."""

from __future__ import annotations

import concurrent.futures
import contextlib
import hashlib
import os
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


def test_init_is_quick_private_and_repeatable(make_server):
    started = time.monotonic()
    server = make_server()
    assert time.monotonic() - started < 10
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


def test_a_server_that_was_never_set_up_says_so(make_server, tmp_path):
    server = type(make_server())(tmp_path / "empty", "")
    with pytest.raises(AssertionError, match="SP-103"):
        server.command("run", "1", "alone", "plain")


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
