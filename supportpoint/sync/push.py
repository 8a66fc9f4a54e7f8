"""Send what waits, oldest first, and keep one bad item from holding up the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from secrets import SystemRandom

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Item
from supportpoint.store.access import StoreAccess
from supportpoint.sync.backoff import retry_delay_s
from supportpoint.sync.exchange import Exchange
from supportpoint.sync.transport import Stop, Transport

BATCH_ITEMS = 100
TRIES_PER_BATCH = 3
TRIES_PER_ITEM = 3
MAX_TAKES = 100
STALE_SKIP_S = 60.0
POISON_SKIP_S = 3600.0
TOO_LARGE = 413
UNREADABLE = frozenset({400, 422})
SIGNED_REFUSAL = "SP-506"
SPLITTABLE = frozenset({SIGNED_REFUSAL, "SP-502"})

_chance = SystemRandom()


def count_queued(access: StoreAccess) -> int:
    """Return how many items wait for their first verdict."""
    return access(lambda store: store.counts().queued)


class Push:
    """The sending half of one pass.

    A batch that the server fails on three times, finds too large or cannot read is halved until the
    item at fault stands alone; that item is set aside and the rest goes on. A server that fails on
    an empty request as well is ill, and no item is blamed.
    """

    def __init__(
        self,
        access: StoreAccess,
        transport: Transport,
        exchange: Exchange,
        stop: Stop,
        on_answer: Callable[[], None],
    ) -> None:
        """`on_answer` is called after each answer of the server to a batch."""
        self._access = access
        self._transport = transport
        self._exchange = exchange
        self._stop = stop
        self.left = 0
        """How many queued items were there when nothing fresh was left among them."""
        self._on_answer = on_answer
        self._tries: Counter[str] = Counter()
        self._sent: set[tuple[str, str, int]] = set()

    def run(self) -> None:
        """Send until nothing fresh waits; do at least one round trip, so that news arrives too.

        Errors: those of `Transport.sync`, except what isolation can settle; SP-2xx of the store.
        """
        self._send(self._take())
        while not self._stop.is_set() and (batch := self._take()):
            self._send(batch)

    def _take(self) -> tuple[Item, ...]:
        size_bytes = self._transport.pace.batch_bytes
        self.left = count_queued(self._access)
        for _ in range(MAX_TAKES):
            batch = self._access(lambda store: store.take_batch(BATCH_ITEMS, size_bytes))
            fresh = tuple(item for item in batch if self._is_fresh(item))
            self._leave(tuple(item.id for item in batch if not self._is_fresh(item)))
            for item in fresh:
                self._tries[item.id] += 1
                self._sent.add((item.id, item.incarnation, item.seq))
            if fresh or not batch:
                return fresh
        return ()

    def _leave(self, item_ids: tuple[str, ...]) -> None:
        """Leave what was answered in this pass and waits still to another pass: no pass feeds itself."""
        if item_ids:
            self._access(lambda store: store.note_failure(item_ids, "SP-506", skip_s=STALE_SKIP_S))

    def _is_fresh(self, item: Item) -> bool:
        key = (item.id, item.incarnation, item.seq)
        return key not in self._sent and self._tries[item.id] < TRIES_PER_ITEM

    def _send(self, batch: tuple[Item, ...]) -> None:
        try:
            self._try(batch)
        except SupportPointError as error:
            status = _splittable_status(error)
            if status is None or not batch:
                raise
            if status not in UNREADABLE and status != TOO_LARGE:
                self._exchange.send()  # raises when the server fails on nothing at all, too
            if len(batch) == 1:
                self._isolate(batch[0], error)
                return
            middle = len(batch) // 2
            self._send(batch[:middle])
            self._send(batch[middle:])

    def _try(self, batch: tuple[Item, ...]) -> None:
        """Send one batch, up to three times when the server fails with a 5xx."""
        for attempt in range(1, TRIES_PER_BATCH + 1):
            try:
                self._exchange.send_through_cuts(batch, self._stop)
            except SupportPointError as error:
                status = _splittable_status(error)
                if status is None or status < 500 or attempt == TRIES_PER_BATCH:
                    raise
                if self._stop.wait(retry_delay_s(attempt, _chance.random())):
                    raise
            else:
                self._on_answer()
                return

    def _isolate(self, item: Item, error: SupportPointError) -> None:
        """Let the others pass: a person looks at what our server never takes, the rest waits an hour."""
        if error.code == SIGNED_REFUSAL and error.facts.get("status") == TOO_LARGE:
            self._access(lambda store: store.set_aside(item.id, "SP-802"))
        else:
            self._access(lambda store: store.note_failure((item.id,), "SP-506", skip_s=POISON_SKIP_S))


def _splittable_status(error: SupportPointError) -> int | None:
    """Return the HTTP status when a smaller batch may fare better, None for any other failure.

    A page without signature counts too: a server that falls over an item, or a proxy that finds a
    batch too large, signs nothing.
    """
    status = error.facts.get("status")
    if error.code not in SPLITTABLE or not isinstance(status, int):
        return None
    if status == TOO_LARGE or status >= 500:
        return status
    return status if status in UNREADABLE and error.code == SIGNED_REFUSAL else None
