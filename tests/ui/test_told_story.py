"""Legal aid told by voice alone: the story is not asked for in writing, and travels sealed with the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from supportpoint.cli.forms import make_manifest
from supportpoint.content.package import write_package
from supportpoint.content.shelf import Shelf
from supportpoint.devices.ogg import find_sound_ms
from supportpoint.forms.publish.build import build
from supportpoint.kiosk.pages import recorder as recorder_page
from tests.ui.conftest import ROOT

STORY, WRITTEN = "/data/case/summary_voice", "/data/case/summary"


class TellingAnswers:
    """Invented answers, but the story is told."""

    def __init__(self, invented: Any) -> None:
        self._invented = invented
        self.asked: list[str] = []

    def get(self, ref: str, /) -> str | None:
        self.asked.append(ref)
        return "told" if ref == STORY else self._invented.get(ref)


def test_a_story_is_told_once(birth_point: Any, meet: Callable[..., Any], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recorder_page, "COUNT_MS", 20)
    form = build(ROOT / "assets" / "forms" / "legal-aid")
    package = write_package(make_manifest(form), form.files, birth_point.trust.publisher)
    Shelf(birth_point.folder).install(package, birth_point.trust.keyset())
    person = meet()
    person.walk_to_home()
    person.enter_form("law", "legal-aid")
    answers = TellingAnswers(person.invent_answers())
    person.fill_form(answers, lambda: person.page == "review")
    person.app.parts.stage.walk.jump(STORY)
    person.wait_for_page("voice")
    person.tap("recordButton")
    assert person.app.devices.speaker.is_playing
    person.tap("coverButton")
    assert not person.app.devices.speaker.is_playing, "nothing sounds under the cover"
    opened = person.app.parts.stage.visit.form
    (story,) = opened.kept_attachments()
    assert story.name == opened.session.value(STORY)
    assert (find_sound_ms(story.content) or 0) >= 1500
    assert WRITTEN not in answers.asked
    assert STORY in answers.asked
    assert person.views.review.property("problemCount") == 0
