"""A package on its way here: what has arrived survives a cut, a kill and the end of the program."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

DOWNLOADS = "downloads"
"""The folder below a support point's data."""
SUFFIX = ".part"


def path_of(sha256: bytes, folder: Path) -> Path:
    """Return where the content of this hash arrives."""
    return folder / f"{sha256.hex()}{SUFFIX}"


class Download:
    """The beginning of the content with one hash, in memory and in a file beside the data.

    Nothing here is trusted or installed: the whole is checked by its hash, and a beginning that turns out to
    be another's is dropped. A disk that refuses the file costs a longer download and nothing else.
    """

    def __init__(self, sha256: bytes, folder: Path | None) -> None:
        self._sha256 = sha256
        self._path = None if folder is None else path_of(sha256, folder)
        self._content = bytearray()
        if self._path is not None:
            self._drop_others(self._path)
            with suppress(OSError):
                self._content += self._path.read_bytes()

    def __len__(self) -> int:
        return len(self._content)

    def __bytes__(self) -> bytes:
        return bytes(self._content)

    def is_for(self, sha256: bytes) -> bool:
        """Tell whether this is the content of that hash."""
        return self._sha256 == sha256

    @property
    def is_whole(self) -> bool:
        """Whether every byte has arrived."""
        return hashlib.sha256(self._content).digest() == self._sha256

    def extend(self, block: bytes) -> None:
        """Add what came next."""
        self._content += block
        if self._path is None:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if not self._path.exists() or self._path.stat().st_size == len(self._content) - len(block):
                with self._path.open("ab") as file:
                    file.write(block)

    def clear(self) -> None:
        """Forget what has arrived."""
        self._content.clear()
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    @staticmethod
    def _drop_others(path: Path) -> None:
        with suppress(OSError):
            for other in path.parent.glob(f"*{SUFFIX}"):
                if other != path:
                    other.unlink(missing_ok=True)
