"""A machine whose clock is dead or lies: it still reaches its server, and no other.

OpenSSL reads the clock of the machine that runs the tests, so here the server lives in another time: its
certificate and its signed answers are of a moment that lies years away from that clock.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from supportpoint.clock import FixedClock, SystemClock
from supportpoint.protocol import SyncReply, TimeReply
from supportpoint.store.signed_clock import SignedClock
from supportpoint.sync.connection import make_context, open_session
from supportpoint.sync.dating import date_by, leave_dates
from supportpoint.sync.http import HttpTransport
from supportpoint.sync.pace import Pace

DAY = timedelta(days=1)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
#: How far the true time lies from the clock of the machine.
LIES = {
    "the clock stands at 1970": timedelta(days=56 * 365),
    "the clock runs ten years ahead": timedelta(days=-3650),
}


@dataclass
class Uptime:
    boot: str = "boot-1"
    seconds: float = 1000.0

    def read_s(self) -> float:
        return self.seconds


@dataclass
class Elsewhen:
    """One kiosk and one server that lives `ahead` of the machine's clock."""

    kiosk: Any
    face: Any
    ca_pem: str
    uptime: Uptime
    clock: SignedClock

    def sync(self) -> Any:
        return self.kiosk.sync()

    def times_asked(self) -> int:
        return sum(path.startswith("/api/v1/time") for _, path in self.face.seen)


def zulu(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def live_at(face: Any, true: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the fake server sign that moment in every answer."""
    honest_sync, honest_time = face.fake.sync, face.RequestHandlerClass.do_GET

    def sync(*asked: Any) -> SyncReply:
        return msgspec.structs.replace(honest_sync(*asked), now=zulu(true))

    def do_get(self: Any) -> None:
        if not self.path.startswith("/api/v1/time"):
            honest_time(self)
            return
        self._device(None)
        nonce = bytes.fromhex(self.path.split("nonce=")[1])
        self._answer(200, msgspec.msgpack.encode(TimeReply(now=zulu(true), nonce=nonce)))

    monkeypatch.setattr(face.fake, "sync", sync)
    monkeypatch.setattr(face.RequestHandlerClass, "do_GET", do_get)


@pytest.fixture
def make_elsewhen(
    kiosk: Any,
    make_face: Callable[..., Any],
    make_authority: Callable[..., tuple[str, Path]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Callable[..., Elsewhen]:
    def make(
        ahead: timedelta,
        *,
        valid: tuple[timedelta, timedelta] = (-DAY, DAY),
        ca_valid: tuple[timedelta, timedelta] = (-DAY, DAY),
        host: str = "127.0.0.1",
        ca_pem: str = "",
    ) -> Elsewhen:
        true = SystemClock().now() + ahead
        own_ca, certificate = make_authority(
            valid=(true + valid[0], true + valid[1]), ca_valid=(true + ca_valid[0], true + ca_valid[1])
        )
        face = make_face(certificate)
        live_at(face, true, monkeypatch)
        uptime = Uptime()
        clock = SignedClock(SystemClock(), tmp_path / "time.json", uptime=uptime, earliest=LONG_AGO)
        url = face.url.replace("127.0.0.1", host)
        identity = replace(kiosk.store.get_identity(), server_url=url, ca_pem=ca_pem or own_ca)
        kiosk.transport = HttpTransport(identity, kiosk.keys.sign, stop=kiosk.stop, clock=clock)
        return Elsewhen(kiosk, face, own_ca, uptime, clock)

    return make


@pytest.mark.parametrize("lie", LIES)
def test_a_dead_clock_costs_one_question(make_elsewhen, server, lie) -> None:
    there = make_elsewhen(LIES[lie])
    sealed = there.kiosk.seal(50_000)
    assert there.sync().is_clean
    assert server.effects == {sealed.id: 1}
    assert there.times_asked() == 1
    assert there.clock.is_trusted()
    assert abs((there.clock.now() - SystemClock().now()) - LIES[lie]) < timedelta(minutes=1)
    there.kiosk.seal(100)
    assert there.sync().is_clean
    assert there.times_asked() == 1, "asked once for the life of the transport"


def test_a_right_clock_asks_nothing(make_elsewhen) -> None:
    there = make_elsewhen(timedelta(0))
    assert there.sync().is_clean
    assert there.times_asked() == 0
    assert there.clock.is_trusted()


@pytest.mark.parametrize("lie", LIES)
def test_another_authority_is_refused_whatever_its_dates(make_elsewhen, make_authority, lie) -> None:
    there = make_elsewhen(LIES[lie], ca_pem=make_authority()[0])
    there.kiosk.seal()
    assert there.sync().code == "SP-503"
    assert there.face.seen == []
    assert there.kiosk.store.counts().queued == 1


@pytest.mark.parametrize("lie", LIES)
def test_another_host_is_refused_whatever_its_dates(make_elsewhen, lie) -> None:
    there = make_elsewhen(LIES[lie], host="localhost")
    assert there.sync().code == "SP-503"
    assert there.face.seen == []


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("other", ["authority", "host"])
@pytest.mark.parametrize("way", ["the question", "afterwards"])
def test_dates_off_leaves_all_else_on(make_elsewhen, make_authority, way, other, lie) -> None:
    """Whoever waits for the second connection with another certificate gains nothing."""
    there = make_elsewhen(LIES[lie])
    context = make_context(make_authority()[0] if other == "authority" else there.ca_pem)
    context = leave_dates(context) if way == "the question" else date_by(context, there.clock.trusted)
    url = there.face.url.replace("127.0.0.1", "localhost" if other == "host" else "127.0.0.1")
    with open_session(url, "", Pace(), context) as session, pytest.raises(requests.exceptions.SSLError):
        session.get(url + "/portal", timeout=10)
    assert there.face.seen == []


WRONG = {
    "expired": ((-3 * DAY, -DAY), (-5 * DAY, 5 * DAY), "expired by signed time"),
    "not yet valid": ((DAY, 3 * DAY), (-5 * DAY, 5 * DAY), "not yet valid by signed time"),
    "its authority expired": ((-DAY, DAY), (-5 * DAY, -DAY), "expired by signed time"),
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("fault", WRONG)
def test_what_the_signed_time_refuses_stays_refused(make_elsewhen, fault, lie) -> None:
    valid, ca_valid, reason = WRONG[fault]
    there = make_elsewhen(LIES[lie], valid=valid, ca_valid=ca_valid)
    there.kiosk.seal()
    report = there.sync()
    assert (report.code, report.facts["reason"]) == ("SP-503", reason)
    assert there.kiosk.store.counts().queued == 1
    assert {path for _, path in there.face.seen if path.startswith("/api/v1/sync")} == set()


def test_an_answer_for_another_nonce_is_not_taken(make_elsewhen, monkeypatch) -> None:
    there = make_elsewhen(LIES["the clock stands at 1970"])
    monkeypatch.setattr("secrets.token_bytes", lambda size: b"n" * size)

    def do_get(self: Any) -> None:
        old = TimeReply(now="2026-02-02T00:00:00Z", nonce=b"o" * 16)
        self._answer(200, msgspec.msgpack.encode(old))

    monkeypatch.setattr(there.face.RequestHandlerClass, "do_GET", do_get)
    assert there.sync().code == "SP-502"
    assert not there.clock.is_trusted()


def test_a_replayed_time_answer_is_not_taken(make_elsewhen) -> None:
    """The whole answer of an earlier question, signature and all."""
    there = make_elsewhen(LIES["the clock stands at 1970"])
    there.face.faults.append("keep")
    there.kiosk.transport.time()
    before = there.clock.find_signed_at()
    fresh = HttpTransport(
        there.kiosk.transport._identity, there.kiosk.keys.sign, stop=there.kiosk.stop, clock=there.clock
    )
    there.kiosk.transport = fresh
    there.face.faults.append("old")
    assert there.sync().code == "SP-502"
    assert there.clock.find_signed_at() == before
    assert there.sync().is_clean


def test_an_unsigned_time_is_not_taken(make_elsewhen) -> None:
    there = make_elsewhen(LIES["the clock stands at 1970"])
    there.face.faults.append("signature")
    assert there.sync().code == "SP-502"
    assert not there.clock.is_trusted()


def test_a_renewed_certificate_is_taken_without_a_restart(make_elsewhen, make_authority, monkeypatch) -> None:
    """Days pass while the machine stays on: every new connection is judged at its own moment."""
    there = make_elsewhen(LIES["the clock stands at 1970"])
    assert there.sync().is_clean
    there.kiosk.transport._session.close()
    there.uptime.seconds += 3 * 86400
    report = there.sync()
    assert report.is_clean, "the server says anew what time it is"
    assert there.times_asked() == 2


def test_a_clock_that_goes_back_in_the_middle_of_a_pass(make_elsewhen, server, monkeypatch) -> None:
    machine = FixedClock(SystemClock().now())
    there = make_elsewhen(timedelta(0))
    there.clock._machine = machine
    first = there.kiosk.seal(40_000)
    honest = there.kiosk.transport.send_blob

    def send_blob(*sent: Any, **more: Any) -> int:
        machine.at = LONG_AGO
        return honest(*sent, **more)

    monkeypatch.setattr(there.kiosk.transport, "send_blob", send_blob)
    there.kiosk.clock = there.clock
    report = there.sync()
    assert report.is_clean, report
    assert server.effects == {first.id: 1}
    assert machine.at == LONG_AGO
    assert abs(there.clock.now() - SystemClock().now()) < timedelta(minutes=1)


def test_two_threads_that_learn_the_time_at_once(make_elsewhen) -> None:
    there = make_elsewhen(LIES["the clock stands at 1970"])
    replies: list[Any] = []
    start = threading.Barrier(4)

    def ask() -> None:
        start.wait()
        replies.append(there.kiosk.transport.time())

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(replies) == 4


def test_a_link_without_a_server_asks_for_no_time(kiosk, tmp_path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"https://127.0.0.1:{closed.getsockname()[1]}"
    clock = SignedClock(FixedClock(LONG_AGO), tmp_path / "time.json")
    identity = replace(kiosk.store.get_identity(), server_url=url)
    kiosk.transport = HttpTransport(identity, kiosk.keys.sign, stop=kiosk.stop, clock=clock)
    assert kiosk.sync().code == "SP-501"
