"""A language that marks and lengthens every string shows which words of the pages were never translatable.

Marked words come through qsTr. What is not marked must be a number, a name, or content that forms carry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

OPEN, CLOSE, FILLER = "«", "»", "~"
LONGER = 0.3

#: Words that are right as they stand in every language, with the reason.
ALLOWED = {
    "Tiếng Việt": "each language is called by its own name",
    "English": "each language is called by its own name",
    "A": "the letter that stands for the size of letters",
    "ABC": "the caption of a key",
    "?123": "the caption of a key",
}
#: Lines that are cut when a third longer, with the reason.
TIGHT = {
    "Thiếu giấy vẫn làm được. Nộp sau cũng được.": "one line beside the papers; the English is no longer",
}
#: No letters at all, or the letters of one key.
MARKS = re.compile(r"[\W\d_]*\w?[\W\d_]*")


class PseudoTranslator(QTranslator):
    """Translates every string of the pages into itself, marked and a third longer."""

    def isEmpty(self) -> bool:  # noqa: N802 -- Qt's name
        return False

    def translate(self, _context: str, source: str, _comment: str = "", _number: int = -1) -> str:
        return f"{OPEN}{source}{FILLER * round(len(source) * LONGER)}{CLOSE}"


def texts(item: QQuickItem) -> Iterator[QQuickItem]:
    if not item.isVisible() or not item.opacity():
        return
    if item.inherits("QQuickText") and item.property("text"):
        yield item
    for child in item.childItems():
        yield from texts(child)


def content(person: Any) -> set[str]:
    """Return what the packages and the open form say themselves, names of places, and the day."""
    parts = person.app.parts
    said = {title for form in parts.service.forms for title in form.title.values()}
    shell, preparation = parts.views.shell, parts.views.preparation
    place = [str(shell.property(name)) for name in ("pointName", "communeName", "todayText")]
    said |= {*place, f"· {place[1]}", preparation.property("feeText"), preparation.property("deadlineText")}
    said |= {str(value) for paper in preparation.property("papers") for value in paper.values()}
    said |= set(parts.views.keyboard.property("chips"))
    form = parts.stage.visit.form
    if form is not None:
        said.add(form.session.definition.title(parts.stage.visit.language))
        for page in form.session.pages():
            said.add(page.section)
            for question in page.questions:
                said |= {question.label, question.hint, question.guidance, question.display}
                said |= {choice.label for choice in question.choices}
                said |= set(question.attributes.values())
    return {text[:1].upper() + text[1:] for text in said} | said


@pytest.fixture
def pseudo(person: Any) -> Iterator[Any]:
    translator = PseudoTranslator()
    QCoreApplication.installTranslator(translator)
    person.app.engine.retranslate()
    yield person
    QCoreApplication.removeTranslator(translator)


def unmarked(person: Any) -> list[str]:
    QTest.qWait(30)
    own = {text.strip() for text in content(person)}
    found = []
    for item in texts(person.app.window.contentItem()):
        text = str(item.property("text")).strip()
        if OPEN in text or text in own or text in ALLOWED or MARKS.fullmatch(text):
            continue
        found.append(text)
    return found


def clipped(person: Any) -> list[str]:
    """Return the texts that lose letters: cut with dots, or wider or higher than their place."""
    found = []
    for item in texts(person.app.window.contentItem()):
        wide = item.property("contentWidth") > item.width() + 1
        high = item.property("contentHeight") > item.height() + 1
        if item.property("truncated") or wide or high:
            found.append(str(item.property("text")))
    return found


def walk(person: Any) -> Iterator[str]:
    """Go from the first page into the form, and stop at each page."""
    person.wait_for_page("attract")
    yield "attract"
    person.tap("startButton")
    person.wait_for_page("language")
    yield "language"
    person.tap("continueButton")
    person.wait_for_page("home")
    yield "home"
    person.tap("card_papers")
    person.wait_for_page("services")
    person.wait_until(lambda: bool(person.app.parts.service.forms), "the services")
    yield "services"
    person.tap("card_birth-registration")
    person.wait_for_page("preparation")
    yield "preparation"
    person.tap("demoButton")
    person.wait_for_page("demo")
    for step in range(7):
        yield f"demo {step}"
        person.tap("continueButton")
    person.wait_for_page("preparation")
    person.tap("continueButton")
    stage = person.app.parts.stage
    person.wait_until(lambda: bool(stage.walk.ref), "the first screen")
    yield person.page
    first = stage.walk.step.page.section
    stage.walk.start([step for step in stage.walk.steps() if step.page.section == first][-1].ref)
    stage.walk.forward()
    person.wait_for_page("path")
    yield "path"
    seen: set[str] = set()
    for page in stage.visit.form.session.pages():
        for question in page.questions:
            kind = f"{question.type}{question.appearance}"
            if kind not in seen and "consent" not in question.attributes:
                seen.add(kind)
                stage.walk.jump(question.ref)
                yield f"question {question.name}"


def test_every_word_of_the_pages_can_be_translated_and_fits(pseudo: Any):
    faults = {}
    for place in walk(pseudo):
        words = unmarked(pseudo)
        cut = [text for text in clipped(pseudo) if text.strip(OPEN + CLOSE + FILLER) not in TIGHT]
        if words or cut:
            faults[place] = words, cut
    assert faults == {}


def walk_privately(person: Any) -> Iterator[str]:
    """Go through the door of a private form, under its sheets and out by the end page."""
    person.walk_to_home()
    person.wait_until(lambda: len(person.app.parts.service.forms) > 10, "the services")
    person.tap("card_law")
    person.wait_for_page("door")
    yield "door"
    person.tap("setLockButton")
    person.wait_for_page("lock")
    yield "lock"
    for _ in range(2):
        for picture in ("fish", "house", "star"):
            person.tap(f"picture_{picture}")
        yield f"lock {person.views.lock.property('step')}"
    person.wait_for_page("door")
    yield "door locked"
    person.tap("card_screen")
    person.wait_for_page("question")
    person.tap("coverButton")
    yield "cover"
    person.tap("signButton")
    yield "pictures"
    for picture in ("fish", "house", "star"):
        person.tap(f"picture_{picture}")
    person.wait_until(lambda: person.views.privacy.property("sheet") == "", "the page")
    person.tap("homeButton")
    person.wait_for_page("ending")
    yield "ending"
    person.tap("card_done")
    person.wait_for_page("attract")
    yield "wiped"


def test_every_word_of_the_private_pages_can_be_translated_and_fits(full_point: Any, pseudo: Any):
    del full_point
    season = pseudo.views.privacy.property("season")
    faults = {}
    for place in walk_privately(pseudo):
        words = [text for text in unmarked(pseudo) if text != season["term"]]
        cut = [text for text in clipped(pseudo) if text.strip(OPEN + CLOSE + FILLER) not in TIGHT]
        if words or cut:
            faults[place] = words, cut
    assert faults == {}


def test_words_without_marks_are_found(person: Any):
    person.wait_for_page("attract")
    assert "CHẠM VÀO ĐÂY" in unmarked(person) or "Chạm vào đây" in unmarked(person)
