"""A proxy in front of the province that speaks as the province: TLS ends here, so only the protocol protects.

Each fault is a method `_do_<name>`; docs/sync.md names them.
"""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPSConnection
from pathlib import Path

BOMB_BYTES = 128 * 1024 * 1024
RESET = struct.pack("ii", 1, 0)
HEAD_END = b"\r\n\r\n"
HOP_BY_HOP = {"connection", "content-length", "keep-alive", "transfer-encoding"}


@dataclass(frozen=True)
class Passage:
    """One request or answer as it went by: first line and headers, then the body."""

    head: bytes
    body: bytes

    @property
    def whole(self) -> bytes:
        return self.head + self.body

    def header(self, name: str) -> str:
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        pairs = (line.split(": ", 1) for line in lines if ": " in line)
        return next((value for key, value in pairs if key.lower() == name.lower()), "")

    def with_header(self, name: str, value: str) -> Passage:
        lines = [line for line in self.head.decode("latin-1").split("\r\n") if line]
        kept = [line for line in lines if not line.lower().startswith(name.lower() + ":")]
        return Passage(("\r\n".join([*kept, f"{name}: {value}"]) + "\r\n\r\n").encode("latin-1"), self.body)


@cache
def make_bomb() -> bytes:
    """Return a body of half a megabyte that unpacks to 128."""
    return gzip.compress(bytes(BOMB_BYTES), 1)


def flip(data: bytes) -> bytes:
    """Return the bytes with one bit of the middle one turned."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


class EvilProxy:
    """Honest until `fault` is set; then it spoils the requests of `method`, at most `times` of them.

    `done` counts what was really done, by fault; `seen` are the first lines of all requests.
    `scale` divides every wait of a fault: the client's timeouts are to be divided alike.
    """

    def __init__(self, upstream_port: int, tls: Path, scale: float = 1.0) -> None:
        self.fault = ""
        self.method = "POST"
        self.times = 1
        self.done: Counter[str] = Counter()
        self.seen: list[str] = []
        self.passed: list[Passage] = []
        self.cut_bytes = 0
        self._scale = scale
        self._upstream_port = upstream_port
        self._inner = ssl.create_default_context(cafile=str(tls / "ca.pem"))
        self._outer = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._outer.load_cert_chain(tls / "server.pem", tls / "server.key")
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Stop listening, and end every wait."""
        self._closing.set()
        self._listener.close()

    def be_evil(self, fault: str, method: str, times: int = 1) -> None:
        """Spoil the next `times` requests of a method."""
        self.fault, self.method, self.times = fault, method, times

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                plain, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain: socket.socket) -> None:
        with suppress(OSError), self._outer.wrap_socket(plain, server_side=True) as client:
            while (request := read_request(client)).head:
                self.seen.append(request.head.split(b"\r\n", 1)[0].decode("latin-1"))
                act = self._choose(request)
                if not act(client, request):
                    return

    def _choose(self, request: Passage) -> Callable[[ssl.SSLSocket, Passage], bool]:
        if not self.fault or self.times <= 0 or not request.head.startswith(self.method.encode()):
            return self._be_honest
        self.times -= 1
        self.done[self.fault] += 1
        return getattr(self, f"_do_{self.fault}")

    def _ask(self, request: Passage) -> Passage:
        """Return the province's answer, with a length instead of chunks."""
        method, target, _ = request.head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        inner = HTTPSConnection("127.0.0.1", self._upstream_port, context=self._inner)
        with closing(inner):
            inner.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            for line in request.head.decode("latin-1").split("\r\n")[1:-2]:
                inner.putheader(*line.split(": ", 1))
            inner.endheaders(request.body)
            answer = inner.getresponse()
            body = answer.read()
        lines = [f"HTTP/1.1 {answer.status} {answer.reason}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in answer.getheaders() if name.lower() not in HOP_BY_HOP]
        return Passage("\r\n".join([*lines, "", ""]).encode("latin-1"), body)

    def _be_honest(self, client: ssl.SSLSocket, request: Passage) -> bool:
        self.passed.append(request)
        client.sendall(self._ask(request).whole)
        return True

    def _wait(self, seconds: float) -> None:
        self._closing.wait(seconds / self._scale)

    # The thirteen faults. Each returns whether the connection goes on.

    def _do_truncated_answer(self, client: ssl.SSLSocket, request: Passage) -> bool:
        """The server has committed; half of its answer arrives."""
        answer = self._ask(request)
        client.sendall(
            answer.whole[: len(answer.head) + len(answer.body) // 2] if answer.body else answer.head[:40]
        )
        client.unwrap()
        return False

    def _do_reset(self, client: ssl.SSLSocket, request: Passage) -> bool:
        """The connection is reset before any answer."""
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        return False

    def _do_duplicated(self, client: ssl.SSLSocket, request: Passage) -> bool:
        """The request arrives twice, at the same time."""
        other = threading.Thread(target=self._ask, args=(request,))
        other.start()
        client.sendall(self._ask(request).whole)
        other.join()
        return True

    def _do_replayed(self, client: ssl.SSLSocket, request: Passage) -> bool:
        """Every request that ever passed arrives again; the newest old answer comes in place of ours."""
        answers = [self._ask(old) for old in self.passed]
        self._ask(request)
        client.sendall(answers[-1].whole)
        return True

    def _do_delayed_70_s(self, client: ssl.SSLSocket, request: Passage) -> bool:
        """The answer comes 70 s later."""
        answer = self._ask(request)
        self._wait(70)
        client.sendall(answer.whole)
        return False

    def _do_page_502(self, client: ssl.SSLSocket, request: Passage) -> bool:
        """A gateway says that it found nobody."""
        return self._page(client, "502 Bad Gateway", b"<html>bad gateway</html>")

    def _do_redirected(self, client: ssl.SSLSocket, request: Passage) -> bool:
        """A portal wants to be visited first."""
        return self._page(client, "302 Found", b"", f"Location: {self.url}/portal\r\n")

    def _do_portal_200(self, client: ssl.SSLSocket, request: Passage) -> bool:
        """A portal says that all is well."""
        return self._page(client, "200 OK", b"<html>welcome</html>")

    def _do_bomb(self, client: ssl.SSLSocket, request: Passage) -> bool:
        """A small answer unpacks to a large one."""
        answer = self._ask(request).with_header("Content-Encoding", "gzip")
        packed = make_bomb()
        client.sendall(answer.with_header("Content-Length", str(len(packed))).head + packed)
        return False

    def _do_wrong_epoch(self, client: ssl.SSLSocket, request: Passage) -> bool:
        """The answer is of another life of the database."""
        client.sendall(self._ask(request).with_header("Sp-Epoch", "0123456789abcdef").whole)
        return True

    def _do_byte_flipped(self, client: ssl.SSLSocket, request: Passage) -> bool:
        """One bit is another: of an attachment on its way there, of any other answer on its way back."""
        if request.head.startswith(b"PATCH"):
            client.sendall(self._ask(Passage(request.head, flip(request.body))).whole)
            return True
        answer = self._ask(request)
        client.sendall(answer.head + flip(answer.body))
        return True

    def _do_buffered(self, client: ssl.SSLSocket, request: Passage) -> bool:
        """Bodies are collected whole before they go on, and no connection lives for `cut_bytes` of them."""
        if len(request.body) > self.cut_bytes:
            return self._do_reset(client, request)
        return self._be_honest(client, request)

    def _do_slow_loris(self, client: ssl.SSLSocket, request: Passage) -> bool:
        """The answer drips, a byte every five seconds: its body, or its head when it has none."""
        answer = self._ask(request)
        client.sendall(answer.head if answer.body else answer.head[:20])
        for place in itertools.count():
            if self._closing.is_set():
                return False
            dripping = answer.body or answer.head[20:]
            client.sendall(dripping[place : place + 1] or b" ")
            self._wait(5)
        return False

    def _page(self, client: ssl.SSLSocket, status: str, body: bytes, more: str = "") -> bool:
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n{more}\r\n"
        client.sendall(head.encode() + body)
        return True


def read_request(source: ssl.SSLSocket) -> Passage:
    """Return one request; both parts are empty when the other side closed before its end."""
    data = b""
    while HEAD_END not in data:
        block = source.recv(65536)
        if not block:
            return Passage(b"", b"")
        data += block
    head, _, body = data.partition(HEAD_END)
    found = Passage(head + HEAD_END, body)
    while len(body) < int(found.header("Content-Length") or 0):
        block = source.recv(65536)
        if not block:
            return Passage(b"", b"")
        body += block
    return Passage(found.head, body)
