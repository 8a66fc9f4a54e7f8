"""Knocking at a door: the first that opens is taken, a refusal is said, and nobody waits for ever."""

from __future__ import annotations

import selectors
import socket
import time

import pytest

from supportpoint.sync.reaching import reach


@pytest.fixture
def door():
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


def test_an_open_door_is_taken_and_blocks_as_usual(door) -> None:
    found, took_s = reach("127.0.0.1", door.getsockname()[1], timeout_s=5, every_s=1)
    assert found.getpeername() == door.getsockname()
    assert found.gettimeout() is None
    assert 0 <= took_s < 1
    found.close()


def test_a_refusal_is_said_at_once(door) -> None:
    port = door.getsockname()[1]
    door.close()
    began_s = time.monotonic()
    with pytest.raises(ConnectionRefusedError):
        reach("127.0.0.1", port, timeout_s=5, every_s=1)
    assert time.monotonic() - began_s < 2


def test_the_time_is_that_of_the_attempt_that_opened(door, monkeypatch) -> None:
    real = socket.socket.connect_ex
    made: list[object] = []

    class Late(socket.socket):
        """The first attempt goes nowhere, as on a link that is down."""

        def connect_ex(self, address) -> int:
            made.append(self)
            return 115 if len(made) == 1 else real(self, address)

    class Doors(selectors.DefaultSelector):
        """Hears nothing of a door at which nobody knocked."""

        def register(self, door, *rest):
            return super().register(door, *rest) if door is not made[0] else None

    monkeypatch.setattr("supportpoint.sync.reaching.socket.socket", Late)
    monkeypatch.setattr("supportpoint.sync.reaching.selectors.DefaultSelector", Doors)
    found, took_s = reach("127.0.0.1", door.getsockname()[1], timeout_s=5, every_s=0.6)
    assert len(made) == 2
    assert took_s < 0.5
    found.close()


def test_nobody_opens_and_every_attempt_is_given_up(monkeypatch) -> None:
    made: list[Silent] = []

    class Silent(socket.socket):
        def connect_ex(self, address) -> int:
            made.append(self)
            return 115

        def fileno(self) -> int:
            return super().fileno()

    monkeypatch.setattr("supportpoint.sync.reaching.socket.socket", Silent)
    monkeypatch.setattr("supportpoint.sync.reaching.selectors.DefaultSelector", Deaf)
    with pytest.raises(TimeoutError):
        reach("127.0.0.1", 9, timeout_s=0.5, every_s=0.1)
    assert 4 <= len(made) <= 6
    assert all(one.fileno() == -1 for one in made)


class Deaf:
    """A selector that waits and hears nothing."""

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""

    def register(self, *_: object) -> None:
        """Do nothing."""

    def select(self, left_s: float) -> list[object]:
        time.sleep(left_s)
        return []
