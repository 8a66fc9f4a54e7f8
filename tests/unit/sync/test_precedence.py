"""Who goes first on the wire."""

from __future__ import annotations

import threading
import time

from supportpoint.sync import precedence
from supportpoint.sync.precedence import Precedence


def test_attachments_wait_until_the_batch_has_left() -> None:
    way, passed = Precedence(), threading.Event()
    way.take()
    waiting = threading.Thread(target=lambda: (way.give_way(), passed.set()))
    waiting.start()
    assert not passed.wait(0.1)
    way.release()
    assert passed.wait(5)
    waiting.join()


def test_nobody_waits_on_a_free_way_and_nobody_for_ever(monkeypatch) -> None:
    way = Precedence()
    began_s = time.monotonic()
    way.give_way()
    assert time.monotonic() - began_s < 1
    monkeypatch.setattr(precedence, "GIVE_WAY_S", 0.05)
    way.take()
    way.give_way()
