"""The journey of one case, driven through the real app; what happened comes back as one record."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packages import list_forms
from stage import WANTED, set_stage

if TYPE_CHECKING:
    from supportpoint.kiosk.bootstrap import App


def travel(folder: Path, shots: Path, size_px: tuple[int, int]) -> dict[str, Any]:
    """Drive one birth registration from the first touch to the news on the receipt.

    Shape: the JSON object that the README describes; `ok` only when every part of it is as it must be.
    """
    started = time.monotonic()
    province, kiosk = set_stage(folder)
    asked = time.monotonic()
    from journey import JourneyDriver  # noqa: PLC0415 - what the first picture costs includes loading Qt
    from road import Road  # noqa: PLC0415

    from supportpoint.kiosk.bootstrap import make_app  # noqa: PLC0415

    app = make_app(kiosk, fake_devices=True, window=size_px, motion=False)
    first_frame_ms = wait_for_frame(app, asked)
    driver = JourneyDriver(app, shots)
    try:
        outcome = Road(driver, province).run()
    finally:
        app.close()
        province.stop()
    outcome |= {
        "screens": driver.shots,
        "seconds": round(time.monotonic() - started, 1),
        "first_frame_ms": first_frame_ms,
        "rss_mb": rss_mb(),
    }
    return {"ok": is_whole(outcome), **outcome}


def is_whole(outcome: dict[str, Any]) -> bool:
    """Return whether one case made the whole journey, once."""
    return bool(
        outcome["services"] == len(list_forms())
        and outcome["queued_offline"]
        and outcome["server_cases"] == 1
        and outcome["server_blobs"] == 2
        and outcome["duplicates"] == 0
        and outcome["state_seen_by_receipt"] == "need"
        and outcome["supplement_items_seen"] == len(WANTED)
        and outcome["supplement_photos_at_office"] == 1
    )


def wait_for_frame(app: App, asked: float) -> int:
    """Return the milliseconds from `asked` to the first frame on the window."""
    from PySide6.QtTest import QTest  # noqa: PLC0415

    seen: list[float] = []
    app.window.frameSwapped.connect(lambda: seen.append(time.monotonic()))
    while not seen:
        QTest.qWait(1)
    return round((seen[0] - asked) * 1000)


def rss_mb() -> float:
    """Return the resident memory of this process in MB, 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists() or os.name == "nt":
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return round(int(line.split()[1]) / 1024, 1)
