"""Somebody who uses the kiosk for ever: touches what can be touched, fills forms, scans, comes and goes.

Chance is seeded. As a program it wanders over a data folder and prints what the process holds when nobody is
there, one line of JSON every thousand changes of the screen; the last line sums up.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from answering import FormFiller
from journey import JourneyDriver, JourneyError
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from supportpoint.kiosk.navigator import ASKING_PAGES

CARD = (
    "011198004512|012345678|Quàng Thị Ơn|12031998|Nữ"
    "|Bản Nậm Cứm, xã Ngối Cáy, huyện Mường Ảng, tỉnh Điện Biên|20082024"
)
#: Pages of a form that the filler answers.
FORM_PAGES = ASKING_PAGES | {"path", "review", "listing", "consent"}
#: How often the open form is answered rather than touched somewhere.
DILIGENCE = 0.85
#: Touched rarely: they end what somebody is doing.
RARE = {"homeButton": 0.05, "backButton": 0.3, "languageButton": 0.1, "callButton": 0.1, "coverButton": 0.1}
PATIENCE_MS = 600
#: A screen that somebody began to answer by chance is left by chance too.
TOUCHES_AFTER_A_HALT = 8
EVERY = 1000
SHORTLY_MS = 200


class Wanderer:
    """One visitor after another. `changes` counts screens, `seen` pages, `halts` what was not answered."""

    def __init__(self, driver: JourneyDriver, seed: int) -> None:
        self._driver, self._chance = driver, random.Random(seed)  # noqa: S311 -- must repeat itself
        driver.patience_ms = PATIENCE_MS
        self._filler: FormFiller | None = None
        self._form: object = None
        self.changes = self.halts = self._aimless = 0
        self.seen: Counter[str] = Counter()

    def wander(self, changes: int) -> Iterator[int]:
        """Use the kiosk until the screen has changed so often; yields the count after each change."""
        while self.changes < changes:
            before = self._screen()
            self._step()
            if self._screen() != before:
                self.changes += 1
                self.seen[self._driver.page] += 1
                yield self.changes

    def walk_away(self) -> None:
        """Leave as somebody does who simply goes: the kiosk ends the visit and forgets."""
        self._driver.views.shell.endVisit()
        self._driver.app.parts.stage.tasks.wait_idle()
        QTest.qWait(SHORTLY_MS)

    def _screen(self) -> tuple[Any, ...]:
        views = self._driver.views
        return (
            self._driver.page,
            self._driver.app.parts.stage.walk.ref,
            views.review.property("sectionIndex"),
            views.consent.property("purposeIndex"),
            views.date.property("step"),
            views.recorder.property("voiceState"),
            views.privacy.property("sheet"),
            views.services.property("pageIndex"),
            views.question.property("pageIndex"),
            views.article.property("sentenceIndex"),
            views.track.property("state"),
        )

    def _step(self) -> None:
        driver = self._driver
        driver.taps.clear()
        form = driver.app.parts.stage.visit.form
        if form is not self._form:
            self._form = form
            self._filler = FormFiller(driver, driver.invent_answers()) if form is not None else None
        self._aimless = max(0, self._aimless - 1)
        is_answering = self._filler is not None and driver.page in FORM_PAGES and not self._aimless
        try:
            if is_answering and self._filler is not None and self._chance.random() < DILIGENCE:
                self._filler.answer_screen()
            elif driver.app.scanner.is_on and self._chance.random() < 0.5:  # type: ignore[attr-defined]
                driver.feed_scanner(CARD)
            else:
                self._touch_something()
        except JourneyError:
            self.halts += 1
            self._aimless = TOUCHES_AFTER_A_HALT

    def _touch_something(self) -> None:
        items = [item for item in self._driver.list_buttons() if self._chance.random() < _liking(item)]
        if items:
            self._driver.touch(self._chance.choice(items))


def _liking(item: QQuickItem) -> float:
    return RARE.get(item.objectName(), 1.0)


class Ears:
    """Hears every warning of the program and of Qt."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        logging.basicConfig(level=logging.WARNING, handlers=[_Hearing(self.heard)], force=True)
        qInstallMessageHandler(self._hear_qt)

    def _hear_qt(self, kind: QtMsgType, _context: object, message: str) -> None:
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}:
            self.heard.append(message)


class _Hearing(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(f"{record.name}: {record.getMessage()}")


def read_rss_mb() -> float:
    """Return what the process holds in memory."""
    gc.collect()
    status = Path(f"/proc/{os.getpid()}/status").read_text(encoding="utf-8")
    return round(int(status.split("VmRSS:")[1].split()[0]) / 1024, 1)


def main() -> int:
    """Wander and report."""
    from supportpoint.kiosk.bootstrap import make_app  # noqa: PLC0415 - Qt reads its platform first

    parser = argparse.ArgumentParser(prog="wandering.py")
    parser.add_argument("folder", type=Path, help="data folder of an enrolled kiosk")
    parser.add_argument("--changes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20261123)
    asked = parser.parse_args()
    ears, begun = Ears(), time.monotonic()
    app = make_app(asked.folder, fake_devices=True, window=(1366, 768), motion=False, with_sync=False)
    wanderer = Wanderer(JourneyDriver(app), asked.seed)
    held: dict[int, float] = {}
    for count in wanderer.wander(asked.changes):
        if count % EVERY == 0:
            wanderer.walk_away()
            held[count] = read_rss_mb()
            print(
                json.dumps(
                    {
                        "changes": count,
                        "rss_mb": held[count],
                        "heard": len(ears.heard),
                        "halts": wanderer.halts,
                    }
                ),
                flush=True,
            )
    items = app.parts.stage.tasks(lambda store: store.list_items())
    app.close()
    found = {
        "changes": wanderer.changes,
        "seed": asked.seed,
        "minutes": round((time.monotonic() - begun) / 60, 1),
        "grown_mb": round(held[max(held)] - held[EVERY], 1) if held else 0.0,
        "cases": len(items),
        "halts": wanderer.halts,
        "pages": dict(wanderer.seen),
        "warnings": sorted(set(ears.heard)),
    }
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
