"""What is on its way is bounded; who takes nothing ends the wait, and so does a break."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from supportpoint.sync.flight import get_flight, is_told, wait_for_room

pytestmark = pytest.mark.skipif(not is_told(), reason="this system does not say what is on its way")
BLOCK = bytes(2048)


@pytest.fixture
def ends():
    """A connection and its other end, which takes little ahead of being read."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        with socket.create_connection(door.getsockname()) as near, door.accept()[0] as far:
            near.settimeout(5)
            yield near, far


def fill(near: socket.socket) -> None:
    """Send until 20 KiB lie on this side."""
    for _ in range(200):
        if get_flight(near).unsent_bytes + get_flight(near).on_way_bytes > 20_000:
            return
        near.sendall(BLOCK)
        time.sleep(0.005)
    pytest.fail("the other end takes everything")


def test_nothing_is_on_its_way_at_first(ends) -> None:
    near, _ = ends
    flight = get_flight(near)
    assert (flight.is_alive, flight.on_way_bytes, flight.unsent_bytes) == (True, 0, 0)
    wait_for_room(near, 2048, 0)


def test_who_takes_nothing_ends_the_wait(ends) -> None:
    near, _ = ends
    fill(near)
    began_s = time.monotonic()
    with pytest.raises(TimeoutError):
        wait_for_room(near, 8192, 0.3)
    assert 0.3 <= time.monotonic() - began_s < 3


def test_the_wait_ends_when_there_is_room(ends) -> None:
    near, far = ends
    fill(near)

    def read() -> None:
        while far.recv(65536):
            pass

    reader = threading.Thread(target=read)
    reader.start()
    wait_for_room(near, 8192, 5)
    assert get_flight(near).unsent_bytes < 8192
    near.shutdown(socket.SHUT_WR)
    reader.join(5)


def test_a_broken_connection_is_not_waited_for(ends) -> None:
    near, far = ends
    fill(near)
    far.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # closed with a reset
    far.close()
    began_s = time.monotonic()
    wait_for_room(near, 8192, 5)
    assert time.monotonic() - began_s < 3
    assert not get_flight(near).is_alive
