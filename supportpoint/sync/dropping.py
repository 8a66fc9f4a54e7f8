"""Hand over sealed drops: in requests of their own, in no order, each until the server signed for it."""

from __future__ import annotations

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Drop
from supportpoint.store.access import StoreAccess
from supportpoint.sync.exchange import Exchange
from supportpoint.sync.transport import Stop, Transport

REFUSED = "SP-506"


class Dropping:
    """The part of a pass that comes after the items: the link is known to be up.

    Source: docs/decisions/0017-drops-and-audit.md
    """

    def __init__(self, access: StoreAccess, transport: Transport, exchange: Exchange, stop: Stop) -> None:
        self._access = access
        self._transport = transport
        self._exchange = exchange
        self._stop = stop
        self._tried: set[str] = set()

    def run(self) -> None:
        """Send every drop that is due, once. What the server does not sign for stays for another pass.

        Errors: those of `Transport.sync` except SP-506; SP-2xx of the store.
        """
        again = self._exchange.tally.is_new_life
        while not self._stop.is_set():
            drops = self._take(again=again)
            if not drops:
                return
            again = False
            self._tried |= {drop.id for drop in drops}
            self._send(drops)

    def _take(self, *, again: bool) -> tuple[Drop, ...]:
        size_bytes = self._transport.pace.batch_bytes
        server_now = self._exchange.tally.server_now
        return self._access(
            lambda store: store.take_drops(size_bytes, skip=self._tried, server_now=server_now, again=again)
        )

    def _send(self, drops: tuple[Drop, ...]) -> None:
        """Send a batch; one that is refused is halved, so that one bad drop stands in nobody's way."""
        try:
            self._exchange.send_through_cuts((), self._stop, drops)
        except SupportPointError as error:
            if error.code != REFUSED:
                raise
            if len(drops) > 1 and not self._stop.is_set():
                middle = len(drops) // 2
                self._send(drops[:middle])
                self._send(drops[middle:])
