"""How the shelf and every article look at both sizes, in larger letters, in English, in high contrast."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.looks import MODES, SIZES, wear
from tests.ui.test_learn import shelf_point as shelf_point  # noqa: PLC0414 -- a fixture of the other file
from tests.ui.test_page_look import faults


@pytest.fixture(params=MODES)
def app(request: pytest.FixtureRequest, shelf_point: Any, size: str, open_kiosk: Any, qtbot: Any) -> Any:
    app = open_kiosk(window=SIZES[size])
    wear(app, request.param)
    qtbot.waitUntil(lambda: app.parts.views.learn.hasArticles)
    app.parts.views.learn.enter()
    return app


def test_every_page_of_the_shelf(app: Any, size: str) -> None:
    learn, found = app.parts.views.learn, {}
    first = faults(app, size, "shelf")
    assert len(learn.items) == (8 if size == "large" and not app.parts.views.shell.textLarge else 6)
    for shelf in ("", "technology"):
        learn.choose(shelf)
        for page in range(learn.topicPages):
            learn.turnTopics(page - learn.topicPage)
            for topic in learn.topics:
                learn.choose(topic["id"] or shelf)
                for turn in range(learn.pageCount):
                    found[f"{topic['id']} {turn}"] = faults(app, size, "shelf")
                    learn.turn(1)
            learn.choose(shelf)
    assert len({name.split()[0] for name in found if name[0] != " "}) == 16
    assert {page: what for page, what in found.items() if what} == {}
    assert first == {}


def test_every_article(app: Any, size: str) -> None:
    learn, article, found = app.parts.views.learn, app.parts.views.article, {}
    is_tight = app.parts.views.shell.textLarge and size == "small"
    for one in learn.list_shown():
        learn.open(one.id)
        step = 1 if is_tight else article.sentenceCount
        while True:
            found[f"{one.id} {article.sentenceIndex}"] = faults(app, size, "article")
            place = article.sentenceIndex
            article.light(place + step)
            if article.sentenceIndex == place:
                break
        app.navigator.back()
    assert len(found) >= 21
    assert {page: what for page, what in found.items() if what} == {}


def test_the_empty_shelf(open_kiosk: Any, birth_point: Any, size: str) -> None:
    app = open_kiosk(window=SIZES[size])
    app.navigator.open("shelf")
    assert faults(app, size, "shelf") == {}
