"""The WSGI application, for `supportpoint server run` or any server that does not spool bodies."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supportpoint.server.settings")

STALL_S = 30.0
_django = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request; a client that sends nothing for 30 s frees its thread."""
    socket = environ.get("gunicorn.socket")
    if socket is not None:
        socket.settimeout(STALL_S)
    answer: Iterable[bytes] = _django(environ, start_response)
    return answer
