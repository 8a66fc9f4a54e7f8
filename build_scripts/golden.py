"""The pictures of the pages as they should be: compare, or with --update take them anew.

The same pictures stand in the README. Clock, language and answers are fixed, motion is off; the pages
that show something random (receipt, sending) are taken but not compared. A failure leaves the new picture
and the difference in build/golden.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from stage import ROOT, set_stage

PICTURES = ROOT / "docs" / "pictures"
TAKEN = ROOT / "build" / "golden"
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
RANDOM = ("K14", "K15")
STEP = 24  # of 255: less is the rounding of another processor
SHARE = 0.002  # of the pixels


def take_pictures() -> list[Path]:
    """Drive the kiosk through the birth form and return one picture per kind of page."""
    from journey import JourneyDriver  # noqa: PLC0415 - Qt reads its platform from the environment first

    from supportpoint.clock import SystemClock  # noqa: PLC0415
    from supportpoint.kiosk.bootstrap import make_app  # noqa: PLC0415

    class StillClock(SystemClock):
        """Always the same morning; waits still pass."""

        def now(self) -> datetime:
            return MORNING

    shutil.rmtree(TAKEN, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="supportpoint-") as folder:
        _, kiosk = set_stage(Path(folder))
        app = make_app(
            kiosk, fake_devices=True, window=(1366, 768), clock=StillClock(), motion=False, with_sync=False
        )
        try:
            driver = JourneyDriver(app, TAKEN)
            driver.walk_to_home()
            driver.look_around()
            driver.enter_form("papers", "birth-registration")
            answers = ROOT / "tests" / "data" / "forms" / "birth-answers.json"
            driver.fill_birth_form(json.loads(answers.read_text(encoding="utf-8")))
        finally:
            app.close()
    return sorted(TAKEN.glob("*.png"))


def plain_name(path: Path) -> str:
    """Return the name of a picture without its number in the walk."""
    return re.sub(r"^\d+-", "", path.name)


def differs(expected: Path, actual: Path) -> bool:
    """Return whether two pictures differ to the eye; if so, leave the difference beside the new one."""
    from PySide6.QtGui import QImage, QPainter  # noqa: PLC0415

    wanted = QImage(str(expected)).convertToFormat(QImage.Format.Format_RGB32)
    taken = QImage(str(actual)).convertToFormat(QImage.Format.Format_RGB32)
    if wanted.size() != taken.size():
        return True
    painter = QPainter(taken)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, wanted)
    painter.end()
    grey = bytes(taken.convertToFormat(QImage.Format.Format_Grayscale8).constBits())
    if sum(level > STEP for level in grey) <= SHARE * len(grey):
        return False
    taken.save(str(actual.with_suffix(".difference.png")))
    return True


def main() -> int:
    """Compare or update; return 1 when a page looks different."""
    parser = argparse.ArgumentParser(prog="dev.py golden")
    parser.add_argument("--update", action="store_true", help="the new pictures become the expected ones")
    asked = parser.parse_args()
    pictures = take_pictures()
    if asked.update:
        PICTURES.mkdir(parents=True, exist_ok=True)
        for path in pictures:
            shutil.copy(path, PICTURES / plain_name(path))
        print(f"{len(pictures)} pictures in {PICTURES.relative_to(ROOT)}")
        return 0
    steady = [path for path in pictures if not any(name in path.name for name in RANDOM)]
    wrong = [path.name for path in steady if differs(PICTURES / plain_name(path), path)]
    print(f"{len(steady)} pictures compared, {len(wrong)} differ", *wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software", "QT_SCALE_FACTOR": "1"}
    sys.exit(main())
