"""The checks of a photo tell drawn good pictures from drawn bad ones, each fault by its own name."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPolygonF, QRadialGradient

from supportpoint.config import PhotoLimits
from supportpoint.devices.fakes import FakeCamera
from supportpoint.devices.photo_checks import check_photo, straighten
from supportpoint.devices.sheet import find_corners, make_hull, measure_area, split_brightness

SIZE = (1280, 900)
STRAIGHT = ((250, 90), (1030, 100), (1020, 820), (240, 810))
TURNED = ((420, 60), (1100, 330), (860, 850), (180, 560))
PAPER, DESK = QColor(226, 224, 216), QColor(70, 76, 88)
LIMITS = PhotoLimits()


def draw(corners: Sequence[tuple[float, float]] = STRAIGHT, desk: QColor = DESK) -> QImage:
    """A sheet with lines of small marks, as writing is, on a desk."""
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(desk)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PAPER)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    painter.setBrush(QColor(40, 40, 50))
    rng = random.Random(7)
    (ax, ay), (bx, by), _, (dx, dy) = corners
    for line in range(16):
        for word in range(48):
            u, v = 0.1 + 0.8 * word / 48, 0.12 + 0.76 * line / 16
            if rng.random() < 0.2:
                continue
            x, y = ax + u * (bx - ax) + v * (dx - ax), ay + u * (by - ay) + v * (dy - ay)
            painter.drawRect(int(x), int(y), 3 + rng.randrange(7), 3 + rng.randrange(5))
    painter.end()
    return image


def with_spot(image: QImage, radius: int) -> QImage:
    painter = QPainter(image)
    light = QRadialGradient(QPointF(640, 450), radius)
    light.setColorAt(0.0, QColor(255, 255, 255, 255))
    light.setColorAt(0.7, QColor(255, 255, 255, 255))
    light.setColorAt(1.0, QColor(255, 255, 255, 0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(light))
    painter.drawEllipse(QPointF(640, 450), radius, radius)
    painter.end()
    return image


def dimmed(image: QImage) -> QImage:
    painter = QPainter(image)
    painter.fillRect(image.rect(), QColor(0, 0, 0, 150))
    painter.end()
    return image


def blurred(image: QImage, by: int) -> QImage:
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(image.width() // by, image.height() // by, mode=smooth)
    return small.scaled(image.width(), image.height(), mode=smooth)


def with_finger(image: QImage) -> QImage:
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(120, 84, 60))
    painter.drawEllipse(QPointF(1010, 800), 190, 150)
    painter.end()
    return image


def failed(image: QImage, *, is_paper: bool = True) -> set[str]:
    verdicts = check_photo(image).verdicts(LIMITS, is_paper=is_paper)
    return {name for name, is_good in verdicts.items() if not is_good}


@pytest.mark.parametrize("corners", [STRAIGHT, TURNED], ids=["straight", "turned"])
def test_a_good_picture_passes_and_its_corners_are_found(corners: Sequence[tuple[float, float]]):
    checks = check_photo(draw(corners))
    assert set(checks.verdicts(LIMITS, is_paper=True).values()) == {True}
    assert checks.sheet is not None
    found = [(x * SIZE[0], y * SIZE[1]) for x, y in checks.sheet.corners]
    for corner in corners:
        assert min(abs(corner[0] - x) + abs(corner[1] - y) for x, y in found) < 30


def test_the_stand_in_of_the_camera_is_a_good_picture(qapp: object):
    camera = FakeCamera()
    for _ in range(3):
        assert failed(camera.take()) == set()


def test_each_fault_has_its_own_name():
    over_the_edge = [(x + 420, y) for x, y in STRAIGHT]
    assert failed(draw(over_the_edge)) == {"corners"}
    assert failed(blurred(draw(), 5)) == {"sharp"}
    assert failed(dimmed(draw())) == {"light"}
    assert failed(with_spot(draw(), 110)) == {"glare"}
    assert failed(with_finger(draw())) == {"corners"}


def test_no_sheet_is_found_where_there_is_none():
    assert "corners" in failed(draw(desk=PAPER))
    empty = QImage(*SIZE, QImage.Format.Format_RGB32)
    empty.fill(DESK)
    assert {"corners", "sharp", "light"} <= failed(empty)
    tiny = [(600 + x / 10, 400 + y / 10) for x, y in STRAIGHT]
    assert "corners" in failed(draw(tiny))


def test_a_picture_of_goods_has_no_corners_and_may_shine():
    goods = with_spot(draw([(x + 420, y) for x, y in STRAIGHT]), 110)
    assert failed(goods, is_paper=False) == set()
    assert failed(blurred(goods, 5), is_paper=False) == {"sharp"}


def test_a_bright_spot_that_is_small_is_no_glare():
    assert failed(with_spot(draw(), 20)) == set()


@pytest.mark.parametrize("corners", [STRAIGHT, TURNED], ids=["straight", "turned"])
def test_a_turned_sheet_is_seen_straight(corners: Sequence[tuple[float, float]]):
    image = draw(corners)
    sheet = check_photo(image).sheet
    assert sheet is not None
    made = straighten(image, sheet)
    inset_x, inset_y = round(made.width() * 0.08), round(made.height() * 0.08)
    right, bottom = made.width() - inset_x, made.height() - inset_y
    for x, y in ((inset_x, inset_y), (right, inset_y), (right, bottom), (inset_x, bottom)):
        assert made.pixelColor(x, y).lightness() > 190, "paper near each corner"
    for x, y in ((1, 1), (made.width() - 2, 1), (1, made.height() - 2)):
        assert made.pixelColor(x, y).lightness() < 120, "and the desk outside"


def test_a_check_costs_little():
    image = draw(TURNED)
    begun = time.process_time()
    for _ in range(10):
        check_photo(image)
    assert (time.process_time() - begun) / 10 < 0.1


def test_corners_and_brightness_by_hand():
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
    hull = make_hull([*square, (2.0, 2.0), (1.0, 3.0), (2.0, 0.0)])
    assert sorted(hull) == sorted(square)
    assert measure_area(square) == 16
    corners = find_corners(hull)
    assert corners is not None
    assert sorted(corners) == sorted(square)
    assert find_corners(square[:3]) is None
    assert split_brightness(Counter({40: 10, 50: 10, 200: 5, 210: 5}))[0] == 51


def test_a_card_with_round_corners_is_whole():
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(DESK)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(640, 450)
    painter.rotate(9)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(178, 205, 190))
    card_mm, round_mm, scale = (85.6, 54.0), 3.18, 9
    wide, high = (round(side * scale) for side in card_mm)
    painter.drawRoundedRect(-wide // 2, -high // 2, wide, high, round_mm * scale, round_mm * scale)
    painter.end()
    assert check_photo(image).sheet is not None
