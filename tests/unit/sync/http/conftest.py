"""The fake server behind real sockets, TLS and signatures, and a proxy's worth of evil answers."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from base64 import b64decode
from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from supportpoint.clock import SystemClock
from supportpoint.errors import SupportPointError
from supportpoint.protocol import (
    MSGPACK,
    EnrollReply,
    EnrollRequest,
    Problem,
    SyncRequest,
    TimeReply,
    decode,
    encode,
)
from supportpoint.sealing.compression import ZSTD, decompress
from supportpoint.sealing.http import check_digest, sign_reply, verify_request

PEM = serialization.Encoding.PEM


class Face(BaseHTTPRequestHandler):
    """Answers one connection. `server.faults` spoils answers in order; "" leaves one alone."""

    protocol_version = "HTTP/1.1"
    server: Any

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Stay quiet."""

    def parse_request(self) -> bool:
        is_good = super().parse_request()
        self.server.seen.append((self.command, self.path) if is_good else ("", ""))
        return is_good

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/api/v1/enroll":
            self._answer(*self._enroll(body))
            return
        try:
            device = self._device(body)
            content = decompress(body, b"") if self.headers.get("Content-Encoding") == ZSTD else body
            reply = self.server.fake.sync(device, decode(content, SyncRequest))
        except SupportPointError as error:
            self._answer(401, encode(Problem(code=error.code)))
            return
        self._answer(200, encode(reply))

    def _enroll(self, body: bytes) -> tuple[int, bytes]:
        asked = decode(body, EnrollRequest)
        verify_request("POST", self.path, dict(self.headers), lambda _: asked.sign_public, body=body)
        if asked.code != "GOOD-CODE":
            return 403, encode(Problem(code="SP-507"))
        fake = self.server.fake
        fake.devices["kiosk-9"] = asked.sign_public
        granted = EnrollReply(
            device="kiosk-9",
            commune_code="03316",
            commune_name="Xã Thử",
            point_name="Điểm Thử",
            province_code="11",
            server_public=fake.key.public,
            root_public=fake.root.public,
            keyset=self.server.keyset,
            epoch=fake.epoch,
            nonce=asked.nonce if self.server.repeats_nonce else b"another",
        )
        return 200, encode(granted)

    def do_HEAD(self) -> None:
        self._device(None)
        sha256 = bytes.fromhex(self.path.rsplit("/", 1)[1])
        part = self.server.fake.blobs.get(sha256)
        self._answer(404 if part is None else 200, b"", {"Upload-Offset": str(len(part or b""))})

    def do_PATCH(self) -> None:
        self._device(None)
        sha256 = bytes.fromhex(self.path.rsplit("/", 1)[1])
        offset, length = int(self.headers["Upload-Offset"]), int(self.headers["Upload-Length"])
        if self.server.faults and self.server.faults[0] == "cut":
            self.server.faults.popleft()
            self.server.fake.patch(sha256, offset, length, self.rfile.read(20_000))
            self._reset()
            return
        content = self.rfile.read(int(self.headers["Content-Length"]))
        stood = len(self.server.fake.blobs.get(sha256, b""))
        try:
            after = self.server.fake.patch(sha256, offset, length, content)
        except SupportPointError:
            self._answer(460, encode(Problem(code="SP-506")))
            return
        self._answer(204 if stood >= offset else 409, b"", {"Upload-Offset": str(after)})

    def do_GET(self) -> None:
        if self.path == "/portal":
            self._plain(200, b"<html>log in</html>")
            return
        self._device(None)
        if self.path.startswith("/api/v1/time"):
            nonce = bytes.fromhex(self.path.split("nonce=")[1])
            self._answer(200, encode(TimeReply(now="2026-11-23T02:00:00Z", nonce=nonce)))
            return
        content = self.server.fake.bundles[bytes.fromhex(self.path.rsplit("/", 1)[1])]
        self.server.ranges.append(self.headers.get("Range", ""))
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        self._bundle(206 if start else 200, content[start:])

    def _bundle(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.server.faults and self.server.faults.popleft() == "truncate":
            self.wfile.write(content[: len(content) // 2])
            self.close_connection = True  # no reset: that may take back what was sent
        else:
            self.wfile.write(content)

    def _device(self, body: bytes | None) -> str:
        keys = self.server.fake.devices
        if body is not None:
            check_digest(dict(self.headers), body)
        return verify_request(self.command, self.path, dict(self.headers), lambda device: keys[device])

    def _answer(self, status: int, body: bytes, extra: dict[str, str] | None = None) -> None:
        fault = self.server.faults.popleft() if self.server.faults else ""
        evil = getattr(self, f"_evil_{fault}", None)
        if fault.isdigit():
            status, body = int(fault), encode(Problem(code="SP-505"))
            extra = {"Retry-After": "7"}
        headers = {"Sp-Epoch": self.server.fake.epoch, "Content-Type": MSGPACK} | (extra or {})
        headers |= sign_reply(
            status, headers, body, key=self.server.fake.key, request_signature=self.headers["Signature"]
        )
        if evil is not None:
            evil(status, headers, body)
        else:
            self._send(status, headers, body)

    def _send(self, status: int, headers: dict[str, str], body: bytes, length: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def _plain(self, status: int, body: bytes, **headers: str) -> None:
        self._send(status, {"Content-Type": "text/html"} | headers, body)

    def _reset(self) -> None:
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def _evil_reset(self, *_: object) -> None:
        self._reset()

    def _evil_truncate(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self._send(status, headers, body[: len(body) // 2], len(body))
        self._reset()

    def _evil_302(self, *_: object) -> None:
        self._plain(302, b"", Location="/portal")

    def _evil_html(self, *_: object) -> None:
        self._plain(200, b"<html>log in</html>")

    def _evil_page502(self, *_: object) -> None:
        self._plain(502, b"<html>bad gateway</html>")

    def _evil_epoch(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self._send(status, headers | {"Sp-Epoch": "epoch-2"}, body)

    def _evil_noepoch(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self._send(status, {name: value for name, value in headers.items() if name != "Sp-Epoch"}, body)

    def _evil_json(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self._send(status, headers | {"Content-Type": "application/json"}, body)

    def _evil_flip(self, status: int, headers: dict[str, str], body: bytes) -> None:
        middle = len(body) // 2
        self._send(status, headers, body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :])

    def _evil_signature(self, status: int, headers: dict[str, str], body: bytes) -> None:
        signature = bytearray(b64decode(headers["Signature"].split(":")[1]))
        self._send(status, headers | {"Signature": f"sp=:{signature[::-1].hex()}:"}, body)

    def _evil_old(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """Repeat the last answer, once there was one."""
        last = self.server.last or (status, headers, body)
        self._send(*last)

    def _evil_keep(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """Answer as usual, and keep the answer to repeat it later."""
        self.server.last = (status, headers, body)
        self._send(status, headers, body)

    def _evil_bomb(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self._send(status, headers | {"Content-Encoding": "gzip"}, body)


class FaceServer(ThreadingHTTPServer):
    """One fake server behind one port."""

    daemon_threads = True

    def __init__(self, fake: Any, keyset: bytes, certificate: Path | None) -> None:
        super().__init__(("127.0.0.1", 0), Face)
        self.fake = fake
        self.keyset = keyset
        self.faults: deque[str] = deque()
        self.seen: list[tuple[str, str]] = []
        self.last: tuple[int, dict[str, str], bytes] | None = None
        self.repeats_nonce = True
        self.ranges: list[str] = []
        scheme = "http"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
            scheme = "https"
        self.url = f"{scheme}://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A cut connection is part of the test."""


def _certificate(
    name: str, issuer: Any, key: Any, issuer_key: Any, valid: tuple[datetime, datetime]
) -> x509.Certificate:
    is_ca = issuer is None
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
    )
    if not is_ca:
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


@pytest.fixture(scope="session")
def make_authority(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[str, Path]]:
    """Make an authority: its PEM, and a file with a server's key and certificate under it.

    `valid` and `ca_valid` are from when to when both are valid; today in the middle when unsaid.
    """
    now = SystemClock().now()
    usual = (now - timedelta(days=1), now + timedelta(days=1))

    def make(
        valid: tuple[datetime, datetime] = usual, ca_valid: tuple[datetime, datetime] = usual
    ) -> tuple[str, Path]:
        ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        ca = _certificate("Test authority", None, ca_key, ca_key, ca_valid)
        leaf = _certificate("127.0.0.1", ca.subject, key, ca_key, valid)
        path = tmp_path_factory.mktemp("tls") / "server.pem"
        private = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path.write_bytes(private + leaf.public_bytes(PEM))
        return ca.public_bytes(PEM).decode(), path

    return make


@pytest.fixture(scope="session")
def authority(make_authority: Callable[..., tuple[str, Path]]) -> tuple[str, Path]:
    return make_authority()


@pytest.fixture
def make_face(server: Any, kiosk_keyset: bytes) -> Iterator[Callable[..., FaceServer]]:
    started: list[FaceServer] = []

    def make(certificate: Path | None = None) -> FaceServer:
        face = FaceServer(server, kiosk_keyset, certificate)
        threading.Thread(target=face.serve_forever, args=(0.05,), daemon=True).start()
        started.append(face)
        return face

    yield make
    for face in started:
        face.shutdown()
        face.server_close()


@pytest.fixture
def face(make_face: Callable[..., FaceServer], authority: tuple[str, Path]) -> FaceServer:
    return make_face(authority[1])
