"""Measures a picture of a paper while it is still in the camera: whole, sharp, light, without glare."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QImage, QPainter, QPolygonF, QTransform

from supportpoint.config import PhotoLimits
from supportpoint.devices.photo import MAX_SIDE_PX, fit
from supportpoint.devices.sheet import Sheet, find_sheet, list_areas

#: The small grey picture in which the sheet and the glare are looked for.
SAMPLE_PX = 160
_TILE_PX, _TILES = 64, 4
#: What is brighter than the paper by so much, and nearly white, is a lamp in it.
_ABOVE_PAPER, _WHITE = 10, 250
_BRIGHTEST_SHARE = 0.05
#: Kept around a sheet that is cut out, in shares of its sides: the corners are found in a small picture.
_MARGIN = 0.02


@dataclass(frozen=True, slots=True)
class PhotoChecks:
    """What was measured on a picture; `sheet` is None when no whole sheet was found in it."""

    sheet: Sheet | None
    brightness: float
    sharpness: float
    glare: float

    def verdicts(self, limits: PhotoLimits, *, is_paper: bool) -> dict[str, bool]:
        """Return id → whether it is good. What is no paper has no corners, and light may shine in it."""
        found = {"sharp": self.sharpness >= limits.sharpness, "light": self.brightness >= limits.brightness}
        if not is_paper:
            return found
        return {"corners": self.sheet is not None, **found, "glare": self.glare <= limits.glare}


def check_photo(image: QImage) -> PhotoChecks:
    """Return what can be measured on a picture; about 20 ms of CPU time at any size up to 2400 px."""
    rows = grey_rows(fit(image, SAMPLE_PX))
    counts = Counter(b"".join(rows))
    sheet = find_sheet(rows)
    return PhotoChecks(
        sheet=sheet,
        brightness=float(_brightest(counts)),
        sharpness=_measure_sharpness(fit(image, MAX_SIDE_PX), sheet),
        glare=_measure_glare(rows, counts, sheet),
    )


def straighten(image: QImage, sheet: Sheet) -> QImage:
    """Return the sheet alone, seen from above, with a little of what it lies on around it."""
    width, height = image.width() - 1, image.height() - 1
    corners = _from_top_left([QPointF(x * width, y * height) for x, y in sheet.corners])
    wide = max(_length(corners[0], corners[1]), _length(corners[3], corners[2]))
    high = max(_length(corners[0], corners[3]), _length(corners[1], corners[2]))
    left, top = wide * _MARGIN, high * _MARGIN
    target = [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]
    transform = QTransform.quadToQuad(QPolygonF(corners), QPolygonF([QPointF(x, y) for x, y in target]))
    if not isinstance(transform, QTransform):  # corners in a line, which no sheet has
        return image
    made = QImage(QSize(round(wide + 2 * left), round(high + 2 * top)), QImage.Format.Format_RGB888)
    made.fill(0)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setTransform(transform)
    painter.drawImage(0, 0, image)
    painter.end()
    return made


def grey_rows(image: QImage) -> list[bytes]:
    """Return the luma of a picture, one byte a pixel, row by row."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, stride = grey.width(), grey.bytesPerLine()
    raw = bytes(grey.constBits())
    return [raw[line * stride : line * stride + width] for line in range(grey.height())]


def _brightest(counts: Counter[int]) -> int:
    """Return the luma that the brightest twentieth of the picture reaches."""
    wanted, seen = sum(counts.values()) * _BRIGHTEST_SHARE, 0
    for value in sorted(counts, reverse=True):
        seen += counts[value]
        if seen >= wanted:
            return value
    return 0


def _measure_glare(rows: list[bytes], counts: Counter[int], sheet: Sheet | None) -> float:
    """Return the share of the sheet, or of the picture, under its largest white spot."""
    paper = max(counts, key=lambda value: counts[value] if value > _WHITE // 2 else 0)
    spot_from = max(_WHITE, min(254, paper + _ABOVE_PAPER))
    spots = list_areas(rows, spot_from)
    pixels = len(rows) * len(rows[0]) * (sheet.share if sheet is not None else 1.0)
    return spots[0].count / pixels if spots else 0.0


def _measure_sharpness(image: QImage, sheet: Sheet | None) -> float:
    """Return the variance of the Laplacian in the sharpest tile of the sheet, or of the picture."""
    xs = [x for x, _ in sheet.corners] if sheet is not None else [0.0, 1.0]
    ys = [y for _, y in sheet.corners] if sheet is not None else [0.0, 1.0]
    left, top = min(xs) * image.width(), min(ys) * image.height()
    wide = max(0.0, (max(xs) - min(xs)) * image.width() - _TILE_PX)
    high = max(0.0, (max(ys) - min(ys)) * image.height() - _TILE_PX)
    found = 0.0
    for place in range(_TILES * _TILES):
        x = round(left + wide * (place % _TILES) / (_TILES - 1))
        y = round(top + high * (place // _TILES) / (_TILES - 1))
        found = max(found, _laplacian_variance(grey_rows(image.copy(x, y, _TILE_PX, _TILE_PX))))
    return found


def _laplacian_variance(rows: list[bytes]) -> float:
    values = [
        4 * here - left - right - over - under
        for above, row, below in zip(rows, rows[1:], rows[2:], strict=False)
        for here, left, right, over, under in zip(
            row[1:-1], row[:-2], row[2:], above[1:-1], below[1:-1], strict=True
        )
    ]
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / len(values)


def _from_top_left(corners: list[QPointF]) -> list[QPointF]:
    """Return four corners clockwise on the screen, the one nearest to the top left first."""
    middle = sum(corners, QPointF()) / 4
    ordered = sorted(corners, key=lambda corner: _angle(corner - middle))
    first = min(range(4), key=lambda place: ordered[place].x() + ordered[place].y())
    return ordered[first:] + ordered[:first]


def _angle(way: QPointF) -> float:
    return math.atan2(way.y(), way.x())


def _length(one: QPointF, other: QPointF) -> float:
    return math.hypot(other.x() - one.x(), other.y() - one.y())
