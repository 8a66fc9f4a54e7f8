"""What is under a finger and what cannot be touched are told apart by their edges, not by colour alone."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage

from tests.ui.looks import SIZES
from tests.ui.scene import Scene
from tests.ui.states import STATES
from tests.ui.test_page_look import place_of

HELD = {
    "K03-home.pressed": "card_papers",
    "K08-question.pressed": "card_mother",
    "K08-question.name-pressed": "key_a",
    "K10-path.pressed": "continueButton",
}
RESTING = {
    "K08-question.money-empty": "pad_thousand",
    "K13-signature": "undoStrokeButton",
    "K26-supplement": "continueButton",
}
#: From the edge of a thing: its own line, the edge of a pressed one, and what is inside that.
LINE_PX, PRESSED_PX, INSIDE_PX = 1, 5, 9
#: A line between two grounds. Source: WCAG 2.2, 1.4.11
SEEN = 3.0
DASHES = 6


@pytest.fixture(params=[False, True], ids=["normal", "contrast"])
def scene(request: pytest.FixtureRequest, meet_whole: Any, size: str) -> Scene:
    return Scene(meet_whole(window=SIZES[size]), high_contrast=request.param)


def show(scene: Scene, name: str, item: str) -> tuple[QImage, Any]:
    scene.clear(name)
    STATES[name](scene)
    scene.settle()
    return scene.app.window.grabWindow(), place_of(scene.person.find(item)).toRect()


def brightness(picture: QImage, x: int, y: int) -> float:
    """Return the relative luminance of a pixel, 0 to 1."""
    parts = (part / 255 for part in QColor(picture.pixel(x, y)).getRgb()[:3])
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(picture: QImage, x: int, one: int, other: int) -> float:
    dark, light = sorted((brightness(picture, x, one), brightness(picture, x, other)))
    return (light + 0.05) / (dark + 0.05)


def count_dashes(picture: QImage, place: Any) -> int:
    row = place.top() + LINE_PX
    line = [picture.pixel(x, row) for x in range(place.left() + 24, place.right() - 24)]
    return sum(one != other for one, other in pairwise(line)) // 2


def test_what_is_under_a_finger_has_a_thick_edge_inside(scene: Scene):
    found = {}
    for name, item in HELD.items():
        picture, place = show(scene, name, item)
        x, top = place.left() + 24, place.top()
        found[name] = contrast(picture, x, top + PRESSED_PX, top + INSIDE_PX)
        assert count_dashes(picture, place) == 0
    assert {name: ratio for name, ratio in found.items() if ratio < SEEN} == {}


def test_what_cannot_be_touched_has_a_dashed_edge(scene: Scene):
    found = {name: count_dashes(*show(scene, name, item)) for name, item in RESTING.items()}
    assert {name: dashes for name, dashes in found.items() if dashes < DASHES} == {}
