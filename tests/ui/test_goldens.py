"""Every state of every page looks as it did when somebody last looked at its picture.

`dev.py golden` runs this; with --update the new pictures become the expected ones. A failure leaves expected,
actual and difference under build/golden.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from tests.ui import pictures
from tests.ui.scene import Scene
from tests.ui.states import DEFAULTS, STATES

MOST_BYTES = 20_000_000
#: Of the demonstration, not of the catalogue.
OTHERS = {"office-case.png"}


@dataclass(frozen=True)
class Look:
    """One way to look at pages: size of the window in px, letters, contrast, and which states."""

    folder: str
    window: tuple[int, int] = (1366, 768)
    text_large: bool = False
    high_contrast: bool = False
    states: tuple[str, ...] = DEFAULTS


LOOKS = (
    Look("", states=tuple(STATES)),
    Look("large", window=(1920, 1080)),
    Look("a-plus", text_large=True),
    Look("contrast", high_contrast=True),
)


@pytest.fixture(params=LOOKS, ids=lambda look: look.folder or "every-state")
def look(request: pytest.FixtureRequest) -> Look:
    return request.param


@pytest.fixture
def scene(look: Look, meet_whole: Callable[..., Any]) -> Scene:
    person = meet_whole(window=look.window)
    return Scene(person, text_large=look.text_large, high_contrast=look.high_contrast)


def take(scene: Scene, name: str) -> QImage:
    """Put the scene into a state and return its picture."""
    scene.clear(name)
    STATES[name](scene)
    scene.settle()
    return scene.app.window.grabWindow()


@pytest.fixture
def is_retaken(request: pytest.FixtureRequest) -> bool:
    """The new pictures become the expected ones."""
    return bool(request.config.getoption("retake"))


@pytest.mark.timeout(600)
def test_every_state_looks_as_expected(scene: Scene, look: Look, *, is_retaken: bool):
    folder, different = pictures.EXPECTED / look.folder, []
    if is_retaken:
        forget(folder)
    with scene.without_chance():
        for name in look.states:
            taken, expected = take(scene, name), folder / f"{name}.png"
            if is_retaken:
                pictures.write(taken, expected)
                continue
            difference = pictures.find_difference(expected, taken)
            if difference is not None:
                pictures.keep_failure(f"{look.folder or 'small'}/{name}", expected, taken, difference)
                different.append(name)
    assert different == []


def forget(folder: Path) -> None:
    """Delete the expected pictures of a look, so that states that are gone leave none."""
    for path in folder.glob("*.png"):
        if path.name not in OTHERS:
            path.unlink()


def test_no_picture_is_of_a_state_that_is_gone():
    known = {Path(look.folder) / f"{name}.png" for look in LOOKS for name in look.states}
    found = {path.relative_to(pictures.EXPECTED) for path in pictures.EXPECTED.rglob("*.png")}
    assert {str(path) for path in found - known} == OTHERS


def test_all_pictures_together_are_small_enough():
    assert sum(path.stat().st_size for path in pictures.EXPECTED.rglob("*.png")) <= MOST_BYTES
