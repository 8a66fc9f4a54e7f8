"""The error below a title leaves the marks of the title alone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtQuick import QQuickItem

from tests.ui.looks import SIZES
from tests.ui.scene import Scene
from tests.ui.states import STATES
from tests.ui.test_page_look import every_item, name_of, place_of, root_of

#: Between the dots below ạ ệ ọ in a title and the error under it.
MARKS_CLEAR_PX = 8
ERRORS = (
    *("K08-question.number-error", "K13-signature.error", "K17-lock.differs"),
    *("K24-track.bad", "K24-track.typed-bad", "K28-cover.wrong"),
)


def gap_above(window: Any, box: QQuickItem) -> int:
    """Return how many px above a box are bare, from the box to the lowest mark painted over it."""
    picture, place = window.grabWindow(), place_of(box).toRect()
    bare = picture.pixel(place.right(), place.top() - 1)
    for row in range(place.top() - 1, -1, -1):
        if any(picture.pixel(x, row) != bare for x in range(place.left(), place.right())):
            return place.top() - 1 - row
    return place.top()


@pytest.mark.parametrize("text_large", [False, True], ids=["normal", "A+"])
def test_marks_under_a_title_stay_clear_of_the_error(meet_whole: Any, size: str, *, text_large: bool) -> None:
    scene, gaps = Scene(meet_whole(window=SIZES[size]), text_large=text_large), {}
    for name in ERRORS:
        scene.clear(name)
        STATES[name](scene)
        scene.settle()
        window = scene.app.window
        boxes = [item.parentItem() for item in every_item(root_of(window)) if name_of(item) == "errorText"]
        gaps[name] = min(gap_above(window, box) for box in boxes)
    assert {name: gap for name, gap in gaps.items() if gap < MARKS_CLEAR_PX} == {}
