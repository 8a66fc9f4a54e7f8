"""How the pages that are told, signed and photographed look, in each state, at every size."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.looks import MODES, SIZES, wear
from tests.ui.test_page_look import faults, open_birth_form, settle


@pytest.fixture(params=MODES)
def looked_at(request: pytest.FixtureRequest, told_form: str, size: str, open_kiosk: Any) -> Any:
    """A kiosk in each look, with the form that is told and signed on its shelf."""
    del told_form
    app = open_kiosk(window=SIZES[size])
    wear(app, request.param)
    settle()
    return app


def test_answers_by_voice_and_hand(told_form: str, looked_at: Any, size: str, qtbot: Any) -> None:
    app, voice, found = looked_at, looked_at.parts.views.recorder, {}
    service, microphone = app.parts.service, app.devices.microphone
    qtbot.waitUntil(lambda: len(service.forms) > 1)
    service.open(told_form)
    qtbot.waitUntil(lambda: app.navigator.page == "preparation")
    app.parts.views.preparation.start()
    for state in ("ready", "counting", "recording", "saving", "kept", "noMicrophone"):
        voice._enter(state)
        found[state] = faults(app, size, "voice")
    for notice in ("need", "soon", "soft", "last", "silent", "short", "full", "lost", "failed", "unheard"):
        voice._enter("ready")
        voice._say(notice)
        found[notice] = faults(app, size, "voice")
    voice._enter("recording")
    voice._say("quiet")
    found["quiet"] = faults(app, size, "voice")
    voice._enter("ready")
    assert not microphone.is_there or microphone.is_fake
    app.parts.stage.walk.jump("/data/sign")
    found["signature"] = faults(app, size, "signature")
    app.parts.views.signature.keep(1000, 320)
    found["not signed"] = faults(app, size, "signature")
    app.parts.stage.walk.jump("/data/cannot")
    found["cannot sign"] = faults(app, size, "question")
    assert {page: what for page, what in found.items() if what} == {}


def test_a_photo_with_every_fault(looked_at: Any, size: str, qtbot: Any) -> None:
    app, photo, found = looked_at, looked_at.parts.views.photo, {}
    open_birth_form(app, qtbot)
    app.parts.stage.walk.jump("/data/papers/id_photo")
    names = photo.checkIds
    for state, bad in (("live", 0), ("shot", 0), ("shot", 2)):
        photo._state, photo._bad = state, bad
        photo._verdicts = dict.fromkeys(names, False)
        photo.changed.emit()
        found[f"{state} {bad}"] = faults(app, size, "photo")
    photo._verdicts, photo._next_page = dict.fromkeys(names, True), "/data/next[2]/"
    photo.changed.emit()
    found["more pages"] = faults(app, size, "photo")
    assert {page: what for page, what in found.items() if what} == {}


def test_communes_and_a_choice_that_stands_alone(looked_at: Any, size: str, qtbot: Any) -> None:
    app, views, found = looked_at, looked_at.parts.views, {}
    open_birth_form(app, qtbot)
    app.parts.stage.walk.jump("/data/requester/residence/ask_commune")
    found["near"] = faults(app, size, "question")
    views.commune.showLetters()
    found["letters"] = faults(app, size, "question")
    for letter in views.commune.letters:
        views.commune.pickLetter(letter)
        for page in range(views.commune.pageCount):
            found[f"letter {letter} {page}"] = faults(app, size, "question")
            views.commune.nextPage()
    views.question._let_go = "one other"
    views.question.valueChanged.emit()
    found["let go"] = faults(app, size, "question")
    assert {page: what for page, what in found.items() if what} == {}
