"""The web server process: gunicorn with threads, which reads request bodies as they arrive."""

from __future__ import annotations

import logging
import os
import ssl
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from supportpoint.server.wsgi import application

log = logging.getLogger(__name__)

THREADS = 96
GRACE_S = 20


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


def start_opener(data_dir: Path) -> subprocess.Popen[bytes]:
    """Start the opener as its own process; it ends when this process is gone."""
    command = [sys.executable, "-m", "supportpoint.server.opener", str(data_dir), str(os.getpid())]
    return subprocess.Popen(command)  # noqa: S603 - our own module, no shell


def serve(address: Address, data_dir: Path, *, with_opener: bool) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in flight."""
    connections.close_all()  # the worker is forked and opens its own
    opener = start_opener(data_dir) if with_opener else None

    def stop_opener(arbiter: object) -> None:
        del arbiter
        if opener is not None and opener.poll() is None:
            opener.terminate()
            opener.wait(GRACE_S)

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
