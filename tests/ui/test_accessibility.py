"""What a screen reader and a keyboard find in every state of every page: names, roles, no two alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQuick import QQuickItem

from tests.ui.scene import Scene
from tests.ui.states import STATES

Role = QAccessible.Role
CONTROLS = {Role.Button, Role.CheckBox, Role.RadioButton, Role.EditableText, Role.Graphic, Role.AlertMessage}
NO_ROLES = {Role.NoRole, Role.Client, Role.Grouping}
ROUNDS = 400


@dataclass(frozen=True)
class Thing:
    """One thing of the tree: where it hangs, what it is, what it is called."""

    parent: str
    role: QAccessible.Role
    name: str
    item: QQuickItem


def list_things(interface: QAccessibleInterface, parent: str = "") -> Iterator[Thing]:
    """Yield what is there for a screen reader, from the top."""
    for place in range(interface.childCount()):
        child = interface.child(place)
        if child.state().invisible:
            continue
        name = child.text(QAccessible.Text.Name)
        yield Thing(parent, child.role(), name, child.object())
        yield from list_things(child, f"{parent}/{place}")


def every_item(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from every_item(child)


def call(item: QQuickItem) -> str:
    return f"{item.objectName()} {item.property('text') or ''}".strip() or item.metaObject().className()


def nameless(things: list[Thing], _scene: Scene) -> list[str]:
    return [call(one.item) for one in things if one.role in CONTROLS and not one.name.strip()]


def without_role(things: list[Thing], _scene: Scene) -> list[str]:
    return [f"{call(one.item)} {one.role}" for one in things if one.role in NO_ROLES]


def alike(things: list[Thing], _scene: Scene) -> list[str]:
    counted = Counter((one.role.name, one.name) for one in things if one.role in CONTROLS)
    return [f"{role} {name}" for (role, name), count in counted.items() if count > 1]


def missing(things: list[Thing], scene: Scene) -> list[str]:
    """Buttons that can be touched and are not in the tree."""
    known = {one.item for one in things}
    items = every_item(scene.app.window.contentItem())
    return [call(item) for item in items if item.inherits("QQuickAbstractButton") and item not in known]


def unreachable(_things: list[Thing], scene: Scene) -> list[str]:
    """Buttons that want the focus of the Tab key and do not get it; keys of the screen want none."""
    items = list(every_item(scene.app.window.contentItem()))
    wanted = [
        item
        for item in items
        if item.inherits("QQuickAbstractButton") and item.isEnabled() and item.property("focusPolicy")
    ]
    reached: set[QQuickItem] = set()
    item = wanted[0] if wanted else None
    for _ in range(ROUNDS):
        if item is None or item in reached:
            break
        reached.add(item)
        item = item.nextItemInFocusChain(True)
    return [call(item) for item in wanted if item not in reached]


def silent_pictures(_things: list[Thing], scene: Scene) -> list[str]:
    """Pictures in the tree without a name; a picture that is ignored is not in the tree."""
    named = {one.item: one.name for one in _things}
    items = every_item(scene.app.window.contentItem())
    return [call(item) for item in items if item.inherits("QQuickImage") and named.get(item, "-") == ""]


RULES: tuple[Callable[[list[Thing], Scene], list[str]], ...] = (
    nameless,
    without_role,
    alike,
    missing,
    unreachable,
    silent_pictures,
)


@pytest.fixture
def scene(visitor: Any) -> Iterator[Scene]:
    QAccessible.setActive(True)
    yield Scene(visitor)
    QAccessible.setActive(False)


def find_faults(scene: Scene) -> dict[str, list[str]]:
    scene.settle()
    things = list(list_things(QAccessible.queryAccessibleInterface(scene.app.window)))
    assert things
    found = {rule.__name__: rule(things, scene) for rule in RULES}
    return {rule: which for rule, which in found.items() if which}


@pytest.mark.timeout(600)
def test_every_control_of_every_state_has_a_name_and_a_place(scene: Scene):
    faults = {}
    for name, show in STATES.items():
        scene.clear(name)
        show(scene)
        found = find_faults(scene)
        if found:
            faults[name] = found
    assert faults == {}, "\n".join(f"{state}: {found}" for state, found in faults.items())
