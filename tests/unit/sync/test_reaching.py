"""Knocking at a door: the first that opens is taken, a refusal is said, and nobody waits for ever."""

from __future__ import annotations

import selectors
import socket
import time
from types import SimpleNamespace

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


@pytest.fixture
def doors_that_open_after(monkeypatch):
    """Let attempt N connect after so many seconds, and call one slow that took longer than 0.5."""
    monkeypatch.setattr("supportpoint.sync.reaching.REPEATED_TWICE_S", 0.5)

    def set_up(*delays_s: float) -> list[socket.socket]:
        made: list[socket.socket] = []
        opens_s: dict[int, float] = {}
        real = socket.socket.connect_ex

        class Knocked(socket.socket):
            def connect_ex(self, address) -> int:
                number = len(made)
                made.append(self)
                opens_s[self.fileno()] = time.monotonic() + delays_s[min(number, len(delays_s) - 1)]
                return real(self, address)

        class Doors:
            """Says that a door is open from its moment on."""

            def __enter__(self):
                self.fds: list[int] = []
                return self

            def __exit__(self, *_: object) -> None:
                """Do nothing."""

            def register(self, door, *_: object) -> None:
                self.fds.append(door.fileno())

            def select(self, left_s: float):
                until_s = time.monotonic() + left_s
                while time.monotonic() < until_s:
                    if ready := [fd for fd in self.fds if opens_s[fd] <= time.monotonic()]:
                        return [(SimpleNamespace(fd=fd), 0) for fd in ready]
                    time.sleep(0.01)
                return []

        monkeypatch.setattr("supportpoint.sync.reaching.socket.socket", Knocked)
        monkeypatch.setattr("supportpoint.sync.reaching.selectors.DefaultSelector", Doors)
        return made

    return set_up


def test_a_younger_attempt_is_taken_before_one_whose_first_packet_was_repeated(
    door, doors_that_open_after
) -> None:
    made = doors_that_open_after(0.7, 60, 0.3)
    found, took_s = reach("127.0.0.1", door.getsockname()[1], timeout_s=5, every_s=0.3)
    assert found is made[2]
    assert took_s < 0.5
    assert made[0].fileno() == -1
    found.close()


def test_a_slow_attempt_is_taken_when_no_younger_one_comes_about(door, doors_that_open_after) -> None:
    made = doors_that_open_after(0.7, 60)
    found, took_s = reach("127.0.0.1", door.getsockname()[1], timeout_s=5, every_s=0.3)
    assert found is made[0]
    assert found.gettimeout() is None
    assert took_s >= 0.7
    assert all(one.fileno() == -1 for one in made[1:])
    found.close()


def test_a_slow_attempt_is_taken_at_the_end_of_the_time(door, doors_that_open_after) -> None:
    made = doors_that_open_after(0.7, 60)
    found, _ = reach("127.0.0.1", door.getsockname()[1], timeout_s=0.8, every_s=0.75)
    assert found is made[0]
    found.close()
