"""Nothing on a villager's page scrolls, swipes, drags or waits for a long press."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

QML = Path(__file__).resolve().parents[3] / "supportpoint" / "kiosk" / "qml"
MOVING = (
    *("Flickable", "ListView", "GridView", "PathView", "TableView", "TreeView", "ScrollView", "ScrollBar"),
    *("SwipeView", "SwipeDelegate", "Drawer", "Tumbler", "Slider", "Dial", "TextArea", "ComboBox", "Popup"),
    *("DragHandler", "PinchHandler", "PinchArea", "WheelHandler", "SwipeGesture", "DropArea", "Drag"),
)
MADE = re.compile(rf"\b(?:\w+\.)?({'|'.join(MOVING)})\s*{{|\b(Drag)\.active\b")
HELD = re.compile(r"\bon(?:LongPressed|DoubleTapped|DoubleClicked|PressAndHold)\b")
#: File → what it uses, with the reason.
EXCEPTIONS: dict[str, tuple[str, str]] = {}


def find_moving(text: str) -> set[str]:
    """Return the types and signals of a page that ask for more than a touch."""
    return {next(filter(None, found.groups())) for found in MADE.finditer(text)} | set(HELD.findall(text))


@pytest.mark.parametrize("path", sorted(QML.rglob("*.qml")), ids=lambda path: path.stem)
def test_a_touch_is_enough(path: Path) -> None:
    allowed = {EXCEPTIONS[path.name][0]} if path.name in EXCEPTIONS else set()
    assert find_moving(path.read_text(encoding="utf-8")) == allowed


@pytest.mark.parametrize(
    "text", ["ListView {", "T.ScrollView {", "  DragHandler { }", "onLongPressed: go()", "Drag.active: true"]
)
def test_what_moves_is_found(text: str) -> None:
    assert find_moving(text)
