"""Thirteen ways in which a road lies: nothing is lost, doubled or half, and honesty makes all whole."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from supportpoint.records import ItemState
from supportpoint.store.access import DirectAccess
from supportpoint.sync import http, pace, reply
from supportpoint.sync.passes import run_pass
from tests.chaos.protocol.machine import dump
from tests.integration.conftest import TinyKiosk
from tests.integration.evil_proxy import BOMB_BYTES, EvilProxy, make_bomb
from tests.integration.test_sync_road import Kiosk, assert_arrived_once

#: Every wait is divided by this; 1 is the long form.
SCALE = float(os.environ.get("SUPPORTPOINT_TIME_SCALE", "40"))
#: Fault → what the kiosk says of the pass when it spoils a batch, and an attachment.
FAULTS = {
    "truncated_answer": ("SP-501", "SP-502"),  # the latter is cut within its head
    "reset": ("SP-501", ""),
    "duplicated": ("", ""),
    "replayed": ("SP-502", "SP-502"),
    "delayed_70_s": ("SP-501", ""),
    "page_502": ("", "SP-502"),  # asked again in the same pass
    "redirected": ("SP-502", "SP-502"),
    "portal_200": ("SP-502", "SP-502"),
    "bomb": ("SP-502", "SP-502"),
    "wrong_epoch": ("SP-502", "SP-502"),
    "byte_flipped": ("SP-502", ""),
    "buffered": ("", ""),
    "slow_loris": ("SP-501", ""),
}
LIES = ("replayed", "page_502", "redirected", "portal_200", "bomb", "wrong_epoch", "byte_flipped")


@pytest.fixture(scope="module")
def tls_server(make_server: Callable[..., Any]) -> Any:
    return make_server(tls=True)


@pytest.fixture
def proxy(tls_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[EvilProxy]:
    if tls_server.database_url:
        pytest.skip("the road is the same whatever the server writes to")
    for name in ("STALL_S", "STALL_CAP_S"):
        monkeypatch.setattr(pace, name, max(getattr(pace, name) / SCALE, 0.5))
    monkeypatch.setattr(http, "READ_TIMEOUT_S", http.READ_TIMEOUT_S / SCALE)
    monkeypatch.setattr(http, "READ_TIMEOUT_CAP_S", http.READ_TIMEOUT_CAP_S / SCALE)
    monkeypatch.setattr(reply, "REPLY_DEADLINE_S", reply.REPLY_DEADLINE_S / SCALE)
    make_bomb()
    proxy = EvilProxy(tls_server.port, tls_server.data / "tls", SCALE)
    yield proxy
    proxy.close()


@pytest.fixture
def kiosk(tls_server: Any, proxy: EvilProxy, tmp_path: Path) -> Iterator[Kiosk]:
    def make_code(*_: str) -> dict[str, str]:
        return {"code": TinyKiosk(tls_server)._make_code()}

    behind = SimpleNamespace(url=proxy.url, data=tls_server.data, command=make_code)
    kiosk = Kiosk(tmp_path / "kiosk", behind)
    yield kiosk
    kiosk.store.close()


@pytest.mark.parametrize("method", ["POST", "PATCH"])
@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_lost_doubled_or_half(
    kiosk: Kiosk, proxy: EvilProxy, tls_server: Any, fault: str, method: str
) -> None:
    kiosk.seal()
    assert kiosk.sync().is_clean
    cases = [kiosk.seal(150_000), kiosk.seal()]
    proxy.cut_bytes = 70_000
    proxy.be_evil(fault, method, times=10 if fault == "buffered" else 1)
    report = kiosk.sync()
    assert proxy.done[fault] >= 1
    assert report.code == FAULTS[fault][method == "PATCH"], report
    assert {row.state for row in kiosk.store.list_items()} <= {*ItemState} - {ItemState.NEEDS_PERSON}
    assert not [line for line in proxy.seen if "portal" in line]
    proxy.be_evil("", method)
    while kiosk.store.counts().waiting:
        assert kiosk.sync().is_clean
    assert_arrived_once(tls_server, *cases)


@pytest.mark.parametrize("fault", LIES)
def test_a_lie_changes_nothing(kiosk: Kiosk, proxy: EvilProxy, fault: str) -> None:
    """Whatever the proxy answers to everything; advisory columns aside, the database is what it was."""
    kiosk.seal()
    assert kiosk.sync().is_clean
    kiosk.seal(40_000)
    before = dump(kiosk.store)
    proxy.be_evil(fault, "POST", times=99)
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(2):
        assert kiosk.sync().code == "SP-502"
    if fault == "bomb":
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak_kib < BOMB_BYTES // 1024 // 4
    assert proxy.done[fault] >= 2
    assert dump(kiosk.store) == before


def test_whole_photos_pass_a_proxy_that_never_passes_on_a_whole_one(
    kiosk: Kiosk, proxy: EvilProxy, tls_server: Any
) -> None:
    """The pieces become so small that they fit; what was learnt holds for the next pass."""
    sealed = kiosk.seal(300_000)
    proxy.cut_bytes = 70_000
    proxy.be_evil("buffered", "PATCH", times=999)
    way = http.HttpTransport(kiosk.store.get_identity(), kiosk.keys.sign, stop=kiosk.stop)
    for _ in range(3):
        report = run_pass(DirectAccess(kiosk.store), way, kiosk.shelf, clock=kiosk.clock, stop=kiosk.stop)
    way.close()
    assert proxy.done["buffered"] >= 9
    assert (report.is_clean, way.pace.chunk_bytes) == (True, 64 * 1024)
    assert_arrived_once(tls_server, sealed)
