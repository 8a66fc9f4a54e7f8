"""A request body as it arrives: what is there now, or the news that nothing comes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


class Arriving:
    """The body of one request. Under gunicorn it tells what has arrived; elsewhere it waits for whole pieces.

    `read` of a WSGI body waits for all that was asked for, and on a line that has fallen silent it waits
    with bytes in its hand that nobody has written down.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._body: Any = request.META["wsgi.input"]
        self._socket: Any = request.META.get("gunicorn.socket")
        reader = getattr(self._body, "reader", None)
        is_ours = self._socket is not None and hasattr(getattr(reader, "unreader", None), "take_buffered")
        self._reader: Any = reader if is_ours and hasattr(reader, "length") else None

    def read_some(self, size: int, patience_s: float, /) -> bytes | None:
        """Return what is there, up to `size` bytes, b"" at its end, None when nothing came for so long.

        Errors: OSError when the line breaks.
        """
        if self._reader is None:
            return bytes(self._body.read(size))
        self._socket.settimeout(patience_s)
        try:
            first = bytes(self._reader.read(1))
        except TimeoutError:
            return None
        return first + self._buffered(size - 1) if first else b""

    def _buffered(self, size: int) -> bytes:
        """Take what gunicorn has read ahead, and give back what is not ours to take."""
        unreader = self._reader.unreader
        held = unreader.take_buffered()
        taken = held[: min(size, self._reader.length)]
        unreader.unread(held[len(taken) :])
        self._reader.length -= len(taken)
        return bytes(taken)
