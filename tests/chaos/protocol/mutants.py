"""Five ways to get the protocol wrong that look right: each must be caught by the state machine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from supportpoint.protocol import Item, Range, item_bytes
from supportpoint.store import identity, queueing, replies
from supportpoint.sync import passes
from tests.chaos.protocol.model import ModelServer
from tests.unit.sync import fake_server as fake


def _high_water(highest: Callable[[set[int]], int]) -> Callable[..., tuple[Range, ...]]:
    """Return a `_ranges` that tells one number of each incarnation: "I have all up to here"."""
    real = ModelServer._ranges

    def ranges(server: ModelServer, device: str, *, is_new_epoch: bool) -> tuple[Range, ...]:
        numbers: dict[str, set[int]] = {}
        for one in real(server, device, is_new_epoch=is_new_epoch):
            numbers.setdefault(one.incarnation, set()).update(range(one.first, one.last + 1))
        marks = ((name, highest(seqs)) for name, seqs in numbers.items())
        return tuple(Range(incarnation=name, first=1, last=last) for name, last in sorted(marks) if last)

    return ranges


def _contiguous(seqs: set[int]) -> int:
    return next(number for number in range(len(seqs) + 1) if number + 1 not in seqs)


@contextmanager
def contiguous_high_water() -> Iterator[None]:
    """The server tells up to which number it has everything."""
    with patch.object(ModelServer, "_ranges", _high_water(_contiguous)):
        yield


@contextmanager
def maximal_high_water() -> Iterator[None]:
    """The server tells the highest number it has."""
    with patch.object(ModelServer, "_ranges", _high_water(max)):
        yield


@contextmanager
def kept_cursor() -> Iterator[None]:
    """The kiosk goes on reading a restored server where it stood before, and compares nothing."""
    real = identity.set_cursor

    def keep(opened: object, cursor: int) -> None:
        if cursor > 0:
            real(opened, cursor)

    with patch.object(replies, "set_cursor", keep), patch.object(passes, "compare", lambda *_: 0):
        yield


@contextmanager
def wrapper_hash() -> Iterator[None]:
    """Two sends are the same thing only when their wrappers are, too."""

    def hash_all(item: Item) -> bytes:
        return hashlib.sha256(item_bytes(item)).digest()

    with ExitStack() as stack:
        for module in (fake, queueing):
            stack.enter_context(patch.object(module, "identity_hash", hash_all))
        yield


@contextmanager
def believed_database() -> Iterator[None]:
    """The server believes what its database says of files, whatever the store beside it holds."""
    really_has, back_up = ModelServer.has_blob, ModelServer.backup

    def note(server: ModelServer) -> set[bytes]:
        done: set[bytes] = vars(server).setdefault("done", set())
        done |= {sha256 for sha256 in server.blobs if really_has(server, sha256)}
        return done

    def note_and_back_up(server: ModelServer) -> fake.FakeServer:
        note(server)
        return back_up(server)

    with (
        patch.object(ModelServer, "has_blob", lambda server, sha256: sha256 in note(server)),
        patch.object(ModelServer, "backup", note_and_back_up),
    ):
        yield


MUTANTS = (contiguous_high_water, maximal_high_water, kept_cursor, wrapper_hash, believed_database)
