"""The web server process: gunicorn with threads, which reads request bodies as they arrive."""

from __future__ import annotations

import logging
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from supportpoint.server.wsgi import application

log = logging.getLogger(__name__)

THREADS = 128
GRACE_S = 20
RESTART_AFTER_S = 1.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen. Plain HTTP is for loopback, behind a proxy that does TLS, and tests."""

    host: str = "127.0.0.1"
    port: int = 8443
    tls: bool = True


class WebServer(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """gunicorn, configured in code."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Take over our settings."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """Return the application; gunicorn calls this in its worker."""
        return application


def _modern_tls(config: object, default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
    del config
    context = default()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class OpenerKeeper:
    """Keeps one opener process alive beside the web server, until told to stop.

    The opener itself ends when this process is gone, however it went.
    """

    def __init__(self, data_dir: Path) -> None:
        module = "supportpoint.server.opener"
        self._command = [sys.executable, "-m", module, str(data_dir), str(os.getpid())]
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="opener-keeper", daemon=True)

    def start(self) -> None:
        """Start the opener."""
        self._process = self._spawn()
        self._thread.start()

    def _spawn(self) -> subprocess.Popen[bytes]:
        """Return a new opener process.

        Without `close_fds` Python spawns it without a pipe back. A worker that gunicorn forks in the same
        moment would keep the other end of that pipe open, and this would wait for it for ever.
        """
        return subprocess.Popen(self._command, close_fds=False)  # noqa: S603 - our own module, no shell

    def _keep(self) -> None:
        while True:
            # Asked for, not waited for: gunicorn collects every child of this process and may be first.
            while self._is_alive() and not self._stopping.wait(RESTART_AFTER_S):
                pass
            if self._stopping.wait(RESTART_AFTER_S):
                return
            log.warning("the opener ended; starting it again")
            self._process = self._spawn()

    def _is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stop the opener and wait until it has ended."""
        self._stopping.set()
        self._thread.join(GRACE_S)
        if self._process is not None and self._is_alive():
            self._process.terminate()
            self._process.wait(GRACE_S)


def serve(address: Address, data_dir: Path, *, with_opener: bool) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in flight."""
    connections.close_all()  # the worker is forked and opens its own
    opener = OpenerKeeper(data_dir) if with_opener else None
    if opener is not None:
        opener.start()

    def stop_opener(arbiter: object) -> None:
        del arbiter
        if opener is not None:
            opener.stop()

    settings: dict[str, Any] = {
        "bind": f"{address.host}:{address.port}",
        "worker_class": "gthread",
        "workers": 1,
        "threads": THREADS,
        "worker_connections": 1000,
        "keepalive": 30,
        "graceful_timeout": GRACE_S,
        "timeout": 60,
        "on_exit": stop_opener,
        "control_socket_disable": True,
    }
    if address.tls:
        tls = data_dir / "tls"
        settings |= {
            "certfile": str(tls / "server.pem"),
            "keyfile": str(tls / "server.key"),
            "ssl_context": _modern_tls,
        }
    WebServer(settings).run()
