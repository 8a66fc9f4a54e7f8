"""Locks between programs."""

from __future__ import annotations

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.store.lock import FileLock, lock_kiosk


def test_second_kiosk_is_refused_until_the_first_ends(tmp_path):
    first = lock_kiosk(tmp_path)
    with pytest.raises(SupportPointError, match="SP-204"):
        lock_kiosk(tmp_path)
    first.release()
    first.release()
    lock_kiosk(tmp_path).release()


def test_waiting_ends_with_the_code_asked_for(tmp_path):
    with FileLock(tmp_path / "a.lock"):
        waiting = FileLock(tmp_path / "a.lock", wait_s=0.1, code="SP-201")
        with pytest.raises(SupportPointError, match="SP-201"):
            waiting.take()
    with waiting:
        pass
