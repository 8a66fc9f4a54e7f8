"""Stand-ins behave as devices do; a QR has the shape of one."""

from __future__ import annotations

import pytest

from supportpoint.devices.camera import NoCamera
from supportpoint.devices.fakes import FakeScanner
from supportpoint.devices.qr import make_qr
from supportpoint.devices.scanner import NoScanner
from supportpoint.errors import SupportPointError
from supportpoint.sealing.receipt import make_receipt, qr_text


def test_the_fake_scanner_delivers_only_while_it_is_on():
    scanner, seen = FakeScanner(), []
    assert not scanner.feed("early")
    scanner.start(seen.append)
    assert scanner.feed("one")
    scanner.stop()
    scanner.stop()
    assert not scanner.feed("late")
    assert seen == ["one"]


def test_a_machine_without_devices_says_so():
    scanner = NoScanner()
    scanner.start(lambda _text: None)
    scanner.stop()
    assert not scanner.is_there
    assert not NoCamera().is_there
    with pytest.raises(SupportPointError, match="SP-702"):
        NoCamera().take()


def test_a_receipt_is_a_small_real_qr():
    modules = make_qr(qr_text(make_receipt().secret))
    size = len(modules)
    assert all(len(row) == size for row in modules)
    assert (size - 17) % 4 == 0
    assert size <= 29
    finder = [row[:7] for row in modules[:7]]
    assert finder[0] == (True,) * 7
    assert finder[1] == (True, *(False,) * 5, True)
