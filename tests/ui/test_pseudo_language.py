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

from tests.ui.scene import Scene
from tests.ui.states import STATES

OPEN, CLOSE, FILLER = "«", "»", "~"
LONGER = 0.3

#: Words that are right as they stand in every language, with the reason.
ALLOWED = {
    "Tiếng Việt": "each language is called by its own name",
    "English": "each language is called by its own name",
    "ꪼꪕꪒꪾ": "each language is called by its own name",
    "Hmoob": "each language is called by its own name",
    "Kmhmu": "each language is called by its own name",
    "A": "the letter that stands for the size of letters",
    "ABC": "the caption of a key",
    "abc": "the caption of a key",
    "?123": "the caption of a key",
}
#: Lines that are cut when a third longer, with the reason.
TIGHT = {
    "Thiếu giấy vẫn làm được. Nộp sau cũng được.": "one line beside the papers; the English is no longer",
    "Sửa": "one short word, whose marks alone are two letters more; the English is as short",
    "Xem": "one short word beside another; the English is as short",
    "Tạm dừng. Hỏi cán bộ.": "one line under the name of a service; the English is no longer",
    "Chưa dịch, còn chữ Việt": "one line under the own name of a language; the English is as long",
    "Câu trước": "a step of the player; the English is no longer",
    "Nhỏ": "one short word beside a sign; the English fits",
    "Trước": "one short word between two buttons; the English fits",
    "Mục khác": "two short words under a sign; the English fits",
}
#: States whose lines are cut when a third longer; the English of their pages is measured in test_page_look.
TIGHT_STATES = {
    "K21-triage": "six cards of three lines",
    "K23-article": "the line under the player",
    "K23-article.second": "the line under the player",
    "K23-article.no-voice": "the line under the player",
    "K15-receipt.private": "the longest name of an office",
    **dict.fromkeys(
        ("K11-review", "K11-review.child", "K11-review.revealed"), "a section and an office in one line"
    ),
    "K17-door": "the longest name of an office beside a button, and a strip of two lines",
    "K17-door.locked": "the same",
}
#: No letters at all, the letters of one key, or a code in groups of four.
MARKS = re.compile(r"[\W\d_]*\w?[\W\d_]*|[0-9A-Z]{4}(-[0-9A-Z]{3,4})+")


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


def strings(value: Any) -> Iterator[str]:
    """Yield the words in a property, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (word for one in value.values() for word in strings(one))
    elif isinstance(value, list | tuple):
        yield from (word for one in value for word in strings(one))


def content(person: Any) -> set[str]:
    """Return what packages, places, news and people say themselves: view models hand over content and ids."""
    said: set[str] = set()
    for name, view in person.views.by_name().items():
        if name == "date":
            continue  # numbers alone, and reading them asks the form of a question that is no date
        meta = view.metaObject()
        names = [meta.property(place).name() for place in range(meta.propertyCount())]
        said |= {word for one in names for word in strings(view.property(one))}
    said |= {f"· {word}" for word in said}
    said.add(f"{person.views.listing.village}, {person.views.listing.commune}")
    form = person.app.parts.stage.visit.form
    if form is not None:
        for page in form.session.pages():
            for question in page.questions:
                said |= {question.label, *question.attributes.values()}
                said |= {choice.label for choice in question.choices}
    return {text[:1].upper() + text[1:] for text in said} | said


@pytest.fixture
def pseudo(visitor: Any) -> Iterator[Scene]:
    translator = PseudoTranslator()
    QCoreApplication.installTranslator(translator)
    visitor.app.engine.retranslate()
    yield Scene(visitor)
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


@pytest.mark.timeout(600)
def test_every_word_of_every_state_can_be_translated_and_fits(pseudo: Scene):
    faults = {}
    with pseudo.without_chance():
        for name, show in STATES.items():
            pseudo.clear(name)
            show(pseudo)
            pseudo.settle()
            words = unmarked(pseudo.person)
            cut = [] if name in TIGHT_STATES else clipped(pseudo.person)
            cut = [text for text in cut if text.strip(OPEN + CLOSE + FILLER) not in TIGHT]
            if words or cut:
                faults[name] = words, cut
    assert faults == {}, "\n".join(f"{state}: {found}" for state, found in faults.items())


def test_words_without_marks_are_found(person: Any):
    person.wait_for_page("attract")
    assert "CHẠM VÀO ĐÂY" in unmarked(person) or "Chạm vào đây" in unmarked(person)
