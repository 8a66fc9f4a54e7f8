"""What is on its way on one connection: enough to keep a line busy, and little that a cut could take.

A send buffer bounds that badly: it also holds what lies at the other end behind one lost packet, so that a
small one stops with every loss and a large one fills the queue of a slow line.
"""

from __future__ import annotations

import socket
import struct
import sys
import time
from dataclasses import dataclass

ESTABLISHED = 1
LOOK_EVERY_S = 0.01
# Of the system's `tcp_info`: state, size of a packet; not acknowledged, acknowledged out of turn, lost,
# repeated (packets); bytes not sent yet. Fields are only ever added at its end.
_INFO = struct.Struct("=B15xI4xIIII104xI")


@dataclass(frozen=True)
class Flight:
    """What one connection carries. `on_way_bytes` left, and neither arrived nor are known to be lost."""

    is_alive: bool
    on_way_bytes: int
    unsent_bytes: int


def is_told() -> bool:
    """Return whether the system says what is on its way; elsewhere the send buffer has to bound it."""
    return sys.platform == "linux"


def get_flight(connection: socket.socket) -> Flight:
    """Return what is on its way on a connection. Errors: OSError."""
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO.size)
    state, packet_bytes, unacked, arrived, lost, repeated, unsent_bytes = _INFO.unpack(told)
    return Flight(state == ESTABLISHED, (unacked - arrived - lost + repeated) * packet_bytes, unsent_bytes)


def wait_for_room(connection: socket.socket, most_bytes: int, patience_s: float) -> None:
    """Wait until a connection carries less than `most_bytes`; one that is broken says so when it is used.

    Errors: TimeoutError when it takes longer than `patience_s`.
    """
    until_s = time.monotonic() + patience_s
    while True:
        flight = get_flight(connection)
        if not flight.is_alive or flight.on_way_bytes + flight.unsent_bytes < most_bytes:
            return
        if time.monotonic() > until_s:
            raise TimeoutError("nothing arrives")
        time.sleep(LOOK_EVERY_S)
