"""One round trip of `/sync` and its effect on the store, counted for the report."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import SystemRandom

from supportpoint.clock import Clock
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Drop, Item, SyncReply, SyncRequest, encode
from supportpoint.store.access import StoreAccess
from supportpoint.store.values import Applied
from supportpoint.sync.backoff import CUTS_ALLOWED, reconnect_delay_s
from supportpoint.sync.transport import Stop, Transport

_chance = SystemRandom()


@dataclass
class Tally:
    """What the pass has done, and what the server last wished. `pushed` counts items with a verdict."""

    pushed: int = 0
    completed: int = 0
    changes: int = 0
    round_trips: int = 0
    next_sync_s: float = 300.0
    blob_slots: int = 0
    more: bool = False
    server_now: str = ""
    is_new_life: bool = False
    must_compare: bool = False
    complete: int = -1
    """How many of our items the server said are complete, when it last spoke."""


class Exchange:
    """Sends one batch, applies the answer in one transaction, and remembers what it said."""

    def __init__(self, access: StoreAccess, transport: Transport, clock: Clock) -> None:
        self.tally = Tally()
        self.fresh_offsets: dict[bytes, int] = {}
        """Blob offsets that the server named within this pass: they need no HEAD."""
        self._answered: set[str] = set()
        self._access = access
        self._transport = transport
        self._clock = clock

    def send(
        self, items: tuple[Item, ...] = (), sealed_drops: tuple[Drop, ...] = (), *, complete: int = -1
    ) -> tuple[SyncReply, Applied]:
        """Do one round trip; nothing to send means only pull; `complete` asks for a check of so many.

        Drops never travel beside items.

        Errors: those of `Transport.sync`, after which nothing was changed here; SP-2xx of the store.
        """
        epoch, cursor = self._access(lambda store: (store.get_identity().epoch, store.get_cursor()))
        request = SyncRequest(
            epoch=epoch, cursor=cursor, items=items, sealed_drops=sealed_drops, complete=complete
        )
        started_s = self._clock.monotonic_s()
        reply = self._transport.sync(request)
        if items or sealed_drops:
            elapsed_s = self._clock.monotonic_s() - started_s
            self._transport.pace.note_batch(len(encode(request)), elapsed_s)
        applied = self._access(lambda store: store.apply_reply(reply))
        receipt = reply.drop_receipt
        if receipt is not None:
            self._access(lambda store: store.note_drops(receipt, reply.now))
        self._count(reply, applied)
        return reply, applied

    def send_through_cuts(
        self, items: tuple[Item, ...], stop: Stop, sealed_drops: tuple[Drop, ...] = ()
    ) -> tuple[SyncReply, Applied]:
        """Do one round trip on a link that worked in this pass: a cut is tried again soon, a few times.

        Errors: those of `send`; SP-501 at once when the server was not reached in this pass at all.
        """
        for cuts in range(1, CUTS_ALLOWED + 1):
            try:
                return self.send(items, sealed_drops)
            except SupportPointError as error:
                if error.code != "SP-501":
                    raise
                self._transport.pace.note_batch_lost()
                if not self.tally.round_trips or stop.wait(reconnect_delay_s(cuts, _chance.random())):
                    raise
        return self.send(items, sealed_drops)

    def _count(self, reply: SyncReply, applied: Applied) -> None:
        tally = self.tally
        tally.round_trips += 1
        tally.server_now = reply.now
        tally.is_new_life = tally.is_new_life or applied.is_new_epoch
        self._answered.update(result.id for result in reply.results)
        tally.pushed = len(self._answered)
        tally.completed += applied.completed
        tally.changes += applied.changes
        tally.next_sync_s = float(reply.next_sync_s)
        tally.blob_slots = reply.blob_slots
        tally.must_compare = reply.resync
        tally.complete = reply.complete
        tally.more = not reply.resync and (reply.more or applied.is_new_epoch)  # a new life is read anew
        self.fresh_offsets.update({begun.sha256: begun.offset for begun in reply.begun})
        for result in reply.results:
            self.fresh_offsets.update({need.sha256: need.offset for need in result.need})
