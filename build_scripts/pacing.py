"""Times every touch and every change of the page while somebody wanders through the kiosk.

A touch is timed from the finger to the first frame that shows it is seen; a page from the call or finger that
opens it to the frame that shows it. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

BEGUN = time.perf_counter()
SLOWEST = 12
SAVES = 20


def main() -> int:
    """Open the kiosk, wander, and report in milliseconds and megabytes."""
    parser = argparse.ArgumentParser(prog="pacing.py")
    parser.add_argument("folder", type=Path, help="data folder of an enrolled kiosk")
    parser.add_argument("--changes", type=int, default=600)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rest-ms", type=int, default=0, help="between looking, touching and letting go")
    parser.add_argument("--size", default="1366x768", help="of the window in pixels")
    asked = parser.parse_args()
    from PySide6.QtTest import QTest  # noqa: PLC0415 - starting is timed too

    from supportpoint.kiosk.bootstrap import make_app  # noqa: PLC0415

    width, height = (int(part) for part in asked.size.split("x"))
    app = make_app(asked.folder, fake_devices=True, window=(width, height), motion=False, with_sync=False)
    frames: list[float] = []
    app.window.frameSwapped.connect(lambda: frames.append(time.perf_counter()))
    while not frames:
        QTest.qWait(1)
    found: dict[str, Any] = {"first_frame_ms": round((frames[0] - BEGUN) * 1000, 1)}
    QTest.qWait(500)
    found["rss_first_screens_mb"] = _read_rss_mb()
    found |= _wander(app, frames, asked)
    found["rss_mb"] = _read_rss_mb()
    app.close()
    print(json.dumps(found))
    return 0


def _wander(app: Any, frames: list[float], asked: argparse.Namespace) -> dict[str, Any]:
    from timing import TimedDriver  # noqa: PLC0415
    from wandering import Wanderer  # noqa: PLC0415

    driver = TimedDriver(app, frames, asked.rest_ms)
    saves = _time_saves(driver)
    for _ in Wanderer(driver, asked.seed).wander(asked.changes):
        pass
    touches = [took for took, _ in driver.touches]
    pages = [took for took, _ in driver.pages]
    return {
        "save": _describe(saves),
        "touch": _describe(touches),
        "page": _describe(pages),
        "page_processor": _describe(driver.page_cpu_ms),
        "slowest_ms": _find_slowest(driver.pages),
        "slowest_processor_ms": _find_slowest(
            [(took, pair) for took, (_, pair) in zip(driver.page_cpu_ms, driver.pages, strict=True)]
        ),
    }


def _find_slowest(pages: list[tuple[float, str]]) -> dict[str, int]:
    """Return pair of pages → median milliseconds, the slowest first."""
    by_pair: dict[str, list[float]] = defaultdict(list)
    for took, pair in pages:
        by_pair[pair].append(took)
    ranked = sorted(by_pair.items(), key=lambda one: -statistics.median(one[1]))
    return {pair: round(statistics.median(took)) for pair, took in ranked[:SLOWEST]}


def _time_saves(driver: Any) -> list[float]:
    """Save a form that was begun, again and again, and return how long each save took."""
    from PySide6.QtTest import QTest  # noqa: PLC0415

    driver.walk_to_form()
    autosave, took = driver.app.parts.stage.autosave, []
    for _ in range(SAVES):
        begun = time.perf_counter()
        autosave.save(driver.app.parts.stage.walk.ref)
        while autosave.is_saving:
            QTest.qWait(1)
        took.append((time.perf_counter() - begun) * 1000)
    return took


def _describe(took: list[float]) -> dict[str, float]:
    """Return count, median, p95 and worst, in milliseconds."""
    ranked = sorted(took)
    return {
        "count": len(ranked),
        "median_ms": round(statistics.median(ranked), 1),
        "p95_ms": round(ranked[int(len(ranked) * 0.95)], 1),
        "worst_ms": round(ranked[-1], 1),
    }


def _read_rss_mb() -> float:
    status = Path(f"/proc/{os.getpid()}/status").read_text(encoding="utf-8")
    return round(int(status.split("VmRSS:")[1].split()[0]) / 1024, 1)


if __name__ == "__main__":
    raise SystemExit(main())
