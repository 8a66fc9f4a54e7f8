"""What a reader keeps: envelopes as they came, opened only while somebody holds the agency's key.

`agency/ID.case`, `agency/SHA256.file` and `agency/SHA256.drop` in the data folder; `agency/ID.rev` counts the
answers to a case or a drop.
"""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

from supportpoint.errors import SupportPointError
from supportpoint.store.files import make_folder, write_durably

FOLDER = "agency"
_HASH = re.compile(r"[0-9a-f]{64}")


class Cabinet:
    """The sealed cases and drops of one agency in a data folder.

    Errors: SP-202 when something cannot be written; SP-803 for what is not here.
    """

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / FOLDER

    def list_cases(self) -> tuple[str, ...]:
        """Return the ids of all cases."""
        return tuple(sorted(path.stem for path in self._root.glob("*.case")))

    def has_case(self, case_id: str) -> bool:
        """Return whether the envelope is here."""
        return self._path(case_id, "case").is_file()

    def save_case(self, case_id: str, envelope: bytes) -> None:
        """Keep an envelope, durably."""
        self._write(self._path(case_id, "case"), envelope)

    def load_case(self, case_id: str) -> bytes:
        """Return the envelope of a case."""
        return self._read(self._path(case_id, "case"), case_id)

    def has_file(self, sha256: bytes) -> bool:
        """Return whether the envelope of a file is here."""
        return (self._root / f"{sha256.hex()}.file").is_file()

    def save_file(self, sha256: bytes, envelope: bytes) -> None:
        """Keep the envelope of a file, durably."""
        self._write(self._root / f"{sha256.hex()}.file", envelope)

    def load_file(self, sha256: bytes) -> bytes:
        """Return the envelope of a file."""
        return self._read(self._root / f"{sha256.hex()}.file", sha256.hex())

    def list_drops(self) -> tuple[bytes, ...]:
        """Return the hashes of all drops; a file of another name is none."""
        names = sorted(path.stem for path in self._root.glob("*.drop"))
        return tuple(bytes.fromhex(name) for name in names if _HASH.fullmatch(name))

    def has_drop(self, sha256: bytes) -> bool:
        """Return whether the envelope of a drop is here."""
        return (self._root / f"{sha256.hex()}.drop").is_file()

    def save_drop(self, sha256: bytes, envelope: bytes) -> None:
        """Keep the envelope of a drop, durably."""
        self._write(self._root / f"{sha256.hex()}.drop", envelope)

    def load_drop(self, sha256: bytes) -> bytes:
        """Return the envelope of a drop."""
        return self._read(self._root / f"{sha256.hex()}.drop", sha256.hex())

    def get_rev(self, answered_id: str) -> int:
        """Return the rev of the newest answer to a case or a drop known here, 0 before the first."""
        path = self._path(answered_id, "rev")
        return int(path.read_bytes()) if path.is_file() else 0

    def note_rev(self, answered_id: str, rev: int) -> None:
        """Remember an answer, given here or at another machine of the agency."""
        if rev > self.get_rev(answered_id):
            self._write(self._path(answered_id, "rev"), str(rev).encode())

    def _path(self, case_id: str, kind: str) -> Path:
        try:
            return self._root / f"{UUID(case_id)}.{kind}"
        except ValueError as error:
            raise SupportPointError("SP-803", case=case_id[:36]) from error

    def _write(self, path: Path, content: bytes) -> None:
        make_folder(self._root)
        write_durably(path, content)

    def _read(self, path: Path, name: str) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise SupportPointError("SP-803", name=name) from error
