"""Every drawing as it is painted: nothing is cut at its box, and it fills it well enough to be seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter, qAlpha
from PySide6.QtSvg import QSvgRenderer

DRAWINGS = sorted((Path(__file__).resolve().parents[2] / "assets" / "art").glob("*.svg"))
#: Painted up to the edge on purpose.
FULL = {"scene", "crops", "scanhand"}
BOX = (200, 120)
MARGIN = 20


def painted(path: Path) -> tuple[int, int, int, int]:
    """Return the left, top, right and bottom of what is painted, with the box wider than it is."""
    wide = f'viewBox="{-MARGIN} {-MARGIN} {BOX[0] + 2 * MARGIN} {BOX[1] + 2 * MARGIN}"'
    svg = path.read_text(encoding="utf-8").replace('viewBox="0 0 200 120"', wide)
    image = QImage(BOX[0] + 2 * MARGIN, BOX[1] + 2 * MARGIN, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    inked = [
        (x - MARGIN, y - MARGIN)
        for y in range(image.height())
        for x in range(image.width())
        if qAlpha(image.pixel(x, y)) > 40
    ]
    across, down = [x for x, _ in inked], [y for _, y in inked]
    return min(across), min(down), max(across), max(down)


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_is_whole_and_fills_its_box(qapp: Any, path: Path):
    if path.stem in FULL or 'viewBox="0 0 200 120"' not in path.read_text(encoding="utf-8"):
        return
    left, top, right, bottom = painted(path)
    assert (left >= 0, top >= 0, right < BOX[0], bottom < BOX[1]) == (True,) * 4
    assert bottom - top >= 44
