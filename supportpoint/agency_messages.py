"""Messages between the server and an agency's reader. Source: docs/sync.md."""

from __future__ import annotations

from supportpoint.protocol import BlobRef, Message


class AgencyCase(Message, frozen=True):
    """A case that waits for its agency. `rev` is that of its newest answer, `files` its sealed files."""

    id: str
    received_on: str
    rev: int = 0
    files: tuple[BlobRef, ...] = ()


class AgencyPage(Message, frozen=True):
    """Cases of the calling reader's agency, by id; with `more`, ask again after the last one."""

    cases: tuple[AgencyCase, ...] = ()
    more: bool = False


class AgencyDrop(Message, frozen=True):
    """A sealed drop for its agency, wherever it came from. `rev` is that of the newest answer to it."""

    sha256: bytes
    id: str
    rev: int = 0


class AgencyDropPage(Message, frozen=True):
    """Drops of the calling reader's agency, by hash; with `more`, ask again after the last one."""

    drops: tuple[AgencyDrop, ...] = ()
    more: bool = False


class SealedBytes(Message, frozen=True):
    """An envelope as it came: of a case, of a file of one, or of a drop."""

    content: bytes
