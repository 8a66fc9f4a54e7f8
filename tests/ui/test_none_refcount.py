"""Some builds of PySide lose a reference to None on every call that returns it, and soon abort."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QObject, Signal

CALLS = 2000


class Bell(QObject):
    rung = Signal()


def test_calls_that_return_none_leave_its_reference_count_alone(qapp: Any):
    bell = Bell()
    bell.setObjectName("warm")
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        bell.setObjectName("name")
        bell.rung.emit()
    lost = before - sys.getrefcount(None)
    assert lost < CALLS // 10
