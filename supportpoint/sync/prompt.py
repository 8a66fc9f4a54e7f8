"""The head of an answer as a whole has as long as its first byte: one that drips in is no answer.

A socket's timeout bounds each read alone, so that a byte every few seconds would hold a pass for hours.
"""

from __future__ import annotations

import io
import socket
import time
from http.client import HTTPResponse
from typing import Any


class _Bounded(io.RawIOBase):
    """The bytes of a socket until a moment, and without that bound once `is_head` is over."""

    def __init__(self, source: socket.socket) -> None:
        self.is_head = True
        self._source = source
        self._raw = source.makefile("rb", buffering=0)
        self._allowed_s = source.gettimeout()
        self._until_s = time.monotonic() + (self._allowed_s or 0.0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what is there. Errors: TimeoutError, also when the head has taken too long as a whole."""
        if self.is_head and self._allowed_s is not None:
            left_s = self._until_s - time.monotonic()
            if left_s <= 0:
                raise TimeoutError("the head of the answer drips")
            self._source.settimeout(left_s)
        return self._raw.readinto(buffer)

    def end_head(self) -> None:
        """Give every later read the whole patience again."""
        self.is_head = False
        self._source.settimeout(self._allowed_s)

    def close(self) -> None:
        self._raw.close()
        super().close()


class PromptResponse(HTTPResponse):
    """An answer of `http.client` whose head is bounded as a whole."""

    def __init__(self, sock: socket.socket, *words: Any, **more: Any) -> None:
        super().__init__(sock, *words, **more)
        self.fp.close()
        self._bounded = _Bounded(sock)
        self.fp = io.BufferedReader(self._bounded)

    def begin(self) -> None:
        """Read the head. Errors: TimeoutError; those of `http.client`."""
        super().begin()
        self._bounded.end_head()
