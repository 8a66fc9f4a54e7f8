"""How the door, the pictures, the end page and the sheets look, at both sizes, in every mode."""

from __future__ import annotations

from typing import Any

import pytest

from supportpoint.kiosk.pages.track import Found
from supportpoint.store.values import Locked
from tests.ui.looks import MODES, SIZES, wear
from tests.ui.test_learn import shelf_point as shelf_point  # noqa: PLC0414 -- a fixture of the other file
from tests.ui.test_page_look import (
    NEWS,
    clipped,
    crowded,
    every_item,
    faults,
    overlapping,
    render,
    small_targets,
    small_texts,
)


@pytest.fixture(params=MODES)
def looked_at(  # noqa: PLR0913, PLR0917 -- a point with everything on its shelf
    request: pytest.FixtureRequest, full_point: Any, shelf_point: Any, size: str, open_kiosk: Any, qtbot: Any
) -> Any:
    del full_point, shelf_point  # first, so that forms and articles are on the shelf when the kiosk opens
    app = open_kiosk(window=SIZES[size])
    wear(app, request.param)
    qtbot.waitUntil(lambda: len(app.parts.service.forms) > 10)
    return app


def test_private_pages_and_the_sheets_over_them(looked_at: Any, size: str, qtbot: Any) -> None:
    app, views, found = looked_at, looked_at.parts.views, {}
    app.navigator.open("home")
    app.navigator.open("ending")
    found["ending"] = faults(app, size, "ending")
    app.navigator.open("home")
    views.services.open("legal-aid")
    qtbot.waitUntil(lambda: app.navigator.page == "door")
    views.door.setLock()
    for picture in ("fish", "house"):
        views.lock.pick(picture)
    found["lock"] = faults(app, size, "lock")
    for picture in ("star", "egg", "leaf", "moto"):
        views.lock.pick(picture)
    found["lock differs"] = faults(app, size, "lock")
    for _ in range(2):
        for picture in ("fish", "house", "star"):
            views.lock.pick(picture)
    qtbot.waitUntil(lambda: app.navigator.page == "door")
    found["door locked"] = faults(app, size, "door")
    views.door.choose("screen")
    app.navigator.open("ending")
    found["ending locked"] = faults(app, size, "ending")
    views.privacy.cover()
    found["cover"] = sheet_faults(app, "coverSheet")
    views.privacy.lift()
    for picture in ("egg", "leaf", "moto"):
        views.lock.pick(picture)
    qtbot.waitUntil(lambda: views.lock.message == "wrong")
    found["pictures"] = sheet_faults(app, "lockSheet")
    app.parts.stage.visit.end()
    app.navigator.open("home")
    views.track._show(Found(news=NEWS, is_private=True, locked=Locked("a", "receipt", b"s", b"s", "")))
    found["status hidden"] = faults(app, size, "status")
    app.parts.stage.presence.hurry(1)
    qtbot.waitUntil(lambda: views.privacy.sheet == "curtain")
    app.parts.stage.presence.hurry(1000)
    found["curtain"] = sheet_faults(app, "curtainSheet")
    views.shell.endVisit()
    found["wiped"] = faults(app, size, "attract")
    assert {page: what for page, what in found.items() if what} == {}


def sheet_faults(app: Any, name: str) -> dict[str, list[str]]:
    """Look at one sheet alone: what lies below it cannot be seen or touched."""
    render(app.window)
    sheet = next(item for item in every_item(app.window.contentItem()) if item.objectName() == name)
    found = {
        "clipped": clipped(sheet),
        "small text": small_texts(sheet),
        "small targets": small_targets(sheet),
        "overlapping": overlapping(sheet),
        "crowded": crowded(sheet),
    }
    return {what: which for what, which in found.items() if which}
