"""Walks the real kiosk as a person would: real touches and keys, found by object name, one picture a screen.

The tests and the demonstration drive the same class. It imports Qt only when it is made, because Qt
reads its platform from the environment first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answering import Answers, FormFiller, InventedAnswers
from PySide6.QtCore import QPointF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from supportpoint.clock import local_day
from supportpoint.forms import FormSession
from supportpoint.forms.view import Question
from supportpoint.kiosk.bootstrap import App

if TYPE_CHECKING:
    from PySide6.QtGui import QPointingDevice

#: The cards of home that lead to services, and the page of each.
SECTIONS = {"papers": "services", "sell": "services", "law": "services", "say": "triage"}
STAFF = "staff"
#: Where a form begins: what to bring, or the door of a private one.
BEGINNINGS = frozenset({"preparation", "door"})
PATIENCE_MS = 10_000
STEP_MS = 5
TONE_KEYS = {"\u0301": "sac", "\u0300": "huyen", "\u0309": "hoi", "\u0303": "nga", "\u0323": "nang"}


class JourneyError(AssertionError):
    """The walk could not go on; the words say where it stood."""


@dataclass(frozen=True)
class Tap:
    """One touch: the page and the address of the question that were open, and what was touched."""

    page: str
    ref: str
    item: str


class JourneyDriver:
    """One person at the kiosk. Every method returns when the screen has answered.

    Errors: JourneyError when something is not on the screen, or does not come within ten seconds.
    """

    def __init__(self, app: App, shots_dir: Path | None = None) -> None:
        self.app = app
        self.shots_dir = shots_dir
        self.shots: list[str] = []
        self.taps: list[Tap] = []
        self.patience_ms = PATIENCE_MS
        self._touch: QPointingDevice = QTest.createTouchDevice()
        if shots_dir is not None:
            shots_dir.mkdir(parents=True, exist_ok=True)

    @property
    def page(self) -> str:
        """The open page."""
        return self.app.navigator.current

    @property
    def views(self) -> Any:
        """The view models, read only to know what the screen asks."""
        return self.app.parts.views

    def find(self, object_name: str) -> QQuickItem | None:
        """Return the visible item of that name, None when the screen has none."""
        for item in _visible_items(self.app.window.contentItem()):
            if item.objectName() == object_name:
                return item
        return None

    def list_buttons(self) -> list[QQuickItem]:
        """Return everything that would take a touch in its middle now: seen, enabled, nothing over it."""
        content = self.app.window.contentItem()
        found = [
            item
            for item in _visible_items(content)
            if item.inherits("QQuickAbstractButton") and item.isEnabled() and item.width() > 0
        ]
        return [item for item in found if _is_on_top(item, found)]

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait until something holds."""
        for _ in range(self.patience_ms // STEP_MS):
            if is_so():
                return
            QTest.qWait(STEP_MS)
        raise JourneyError(f"{what} did not come on page {self.page} at {self.app.parts.stage.walk.ref}")

    def wait_for_page(self, name: str) -> None:
        """Wait until a page is open and drawn."""
        self.wait_until(lambda: self.page == name and self.find(f"page_{name}") is not None, f"page {name}")
        QTest.qWait(STEP_MS)

    def tap(self, object_name: str) -> None:
        """Touch an item in its middle with one finger."""
        found: list[QQuickItem] = []
        self.wait_until(lambda: self._touch_found(object_name, found), f"item {object_name}")
        self.taps.append(Tap(self.page, self.app.parts.stage.walk.ref, object_name))
        self.touch(found[-1])

    def touch(self, item: QQuickItem) -> None:
        """Touch the middle of an item with one finger."""
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        window = self.app.window
        QTest.touchEvent(window, self._touch).press(0, middle, window).commit()
        QTest.touchEvent(window, self._touch).release(0, middle, window).commit()
        QTest.qWait(STEP_MS)

    def draw(self, object_name: str, places: Sequence[tuple[float, float]]) -> None:
        """Draw one stroke on an item with one finger, through places in shares of its width and height."""
        item = self.find(object_name)
        if item is None:
            raise JourneyError(f"no {object_name} on page {self.page}")
        window = self.app.window
        points = [item.mapToScene(QPointF(x * item.width(), y * item.height())).toPoint() for x, y in places]
        QTest.touchEvent(window, self._touch).press(0, points[0], window).commit()
        for point in points[1:]:
            QTest.touchEvent(window, self._touch).move(0, point, window).commit()
            QTest.qWait(STEP_MS)  # moves of one frame are joined
        QTest.touchEvent(window, self._touch).release(0, points[-1], window).commit()
        QTest.qWait(STEP_MS)

    def press_key(self, key: Qt.Key) -> None:
        """Press a key of a real keyboard."""
        QTest.keyClick(self.app.window, key)
        QTest.qWait(STEP_MS)

    def type_text(self, text: str, *, tones_last: bool = True) -> None:
        """Write on the screen's keyboard by touch, tones after their syllable or right after their letter."""
        for word in re.split(r"( )", unicodedata.normalize("NFC", text)):
            if word == " ":
                self.tap("key_space")
                continue
            late: list[str] = []
            for letter in word:
                tone = self._tap_letter(letter)
                late += [tone] if tone and tones_last else []
                if tone and not tones_last:
                    self.tap(f"key_tone_{tone}")
            for tone in late:
                self.tap(f"key_tone_{tone}")

    def feed_scanner(self, text: str) -> None:
        """Hold a code before the stand-in scanner."""
        self.wait_until(lambda: bool(self.app.scanner.feed(text)), "a scanner that is on")  # type: ignore[attr-defined]
        QTest.qWait(STEP_MS)

    def walk_to_home(self) -> None:
        """Go from the first page to home, with a picture of each page."""
        self.wait_for_page("attract")
        self.app.parts.stage.tasks.wait_idle()  # the first page names the place once the store has said it
        self.shot("K01-attract")
        self.tap("startButton")
        self.wait_for_page("language")
        self.shot("K02-language")
        self.tap("continueButton")
        self.wait_for_page("home")
        self.shot("K03-home")

    def walk_to_form(self, form_id: str = "birth-registration") -> None:
        """Go from the first page to the first screen of a form, with a picture of each page."""
        self.walk_to_home()
        self.enter_form("papers", form_id)

    def look_around(self) -> int:
        """Open every section from home and return; the number of services that they offer."""
        offered: set[str] = set()
        for section, page in SECTIONS.items():
            self.tap(f"card_{section}")
            self.wait_until(lambda: self.page != "home", f"section {section}")
            if self.page in BEGINNINGS:
                offered.add(self.views.preparation.property("formId"))
            else:
                self.wait_for_page(page)
                offered |= self._turn_pages(f"K04-{section}" if page == "services" else "K21-triage")
            while self.page != "home":
                self.tap("backButton")
        if self.views.learn.property("hasArticles"):
            self.read_an_article()
        return len(offered - {STAFF})

    def read_an_article(self) -> None:
        """Go from home to the shelf, read the first article and the next one's beginning, and return."""
        self.tap("card_learn")
        self.wait_for_page("shelf")
        self.shot("K22-shelf")
        self.tap(f"article_{self.views.learn.property('items')[0]['id']}")
        self.wait_for_page("article")
        while self.views.article.property("sentenceIndex") + 1 < self.views.article.property("sentenceCount"):
            self.tap("nextSentenceButton")
        self.tap("continueButton")
        self.tap("nextSentenceButton")
        self.shot("K23-article")
        while self.page != "home":
            self.tap("backButton")

    def enter_form(self, section: str, form_id: str) -> None:
        """Go from home to the first screen of a form, with a picture of its section and its preparation."""
        self.tap(f"card_{section}")
        self.wait_until(lambda: self.page != "home", f"section {section}")
        if self.page in SECTIONS.values():
            self.wait_until(lambda: bool(self.app.parts.service.forms), "the services")
            self.shot("K04-services")
            self._turn_to(form_id)
            self.tap(f"card_{form_id}")
        self.wait_until(lambda: self.page not in {"home", *SECTIONS.values()}, f"form {form_id}")
        self.wait_for_page(self.page)
        if self.page in BEGINNINGS:
            self.shot("K17-door" if self.page == "door" else "K05-preparation")
            self.tap("card_screen" if self.page == "door" else "continueButton")
        self.wait_until(lambda: bool(self.app.parts.stage.walk.ref), "the first screen")

    def invent_answers(self) -> InventedAnswers:
        """Return answers that whatever form is open accepts."""

        def read() -> tuple[FormSession, Question | None]:
            stage = self.app.parts.stage
            if stage.visit.form is None:
                raise JourneyError("no form is open")
            return stage.visit.form.session, stage.walk.step.question if stage.walk.step is not None else None

        return InventedAnswers(read, local_day(self.app.parts.stage.clock.now()))

    def fill_form(self, answers: Answers, until: Callable[[], bool]) -> None:
        """Answer the screens of the open form until `until` holds."""
        FormFiller(self, answers).fill(until)

    def fill_birth_form(self, answers: Answers) -> dict[str, str]:
        """Answer every screen of the open form; return case_number and secret of the receipt."""
        self.fill_form(answers, lambda: self.page == "receipt")
        self.wait_for_page("receipt")
        self.shot("K15-receipt")
        receipt = self.views.receipt
        return {"case_number": receipt.property("caseNumber"), "secret": receipt.property("secretText")}

    def go_home(self) -> None:
        """Leave the open page for home; a private form asks first and is let go."""
        self.tap("homeButton")
        self.wait_until(lambda: self.page in {"home", "ending"}, "home")
        if self.page == "ending":
            self.wait_for_page("ending")
            self.tap("card_more")
        self.wait_for_page("home")

    def end_visit(self) -> None:
        """Say on the end page that there is nothing else to do; the page that leads there may be open."""
        if self.page == "receipt":
            self.tap("continueButton")
        elif self.page != "ending":
            self.tap("homeButton")
        self.wait_for_page("ending")
        self.shot("K30-ending")
        self.tap("card_done")
        self.wait_for_page("attract")

    def track(self, code: str) -> str:
        """Look a receipt up at the kiosk by its QR text or typed code; return the state that is shown."""
        self.tap("card_mine")
        self.wait_for_page("track")
        self.shot("K24-track")
        self.feed_scanner(code)
        self.wait_until(
            lambda: self.page == "status" or self.views.track.property("state") in ("none", "bad"), "news"
        )
        if self.page == "status":
            self.wait_for_page("status")
        self.shot("K25-status")
        return str(self.views.track.property("caseState" if self.page == "status" else "state"))

    def shot(self, name: str) -> Path | None:
        """Write a picture of the screen, numbered in the order of the walk."""
        if self.shots_dir is None:
            return None
        QTest.qWait(50)
        path = self.shots_dir / f"{len(self.shots) + 1:02d}-{name}.png"
        if not self.app.window.grabWindow().save(str(path)):
            raise JourneyError(f"picture {path.name} was not written")
        self.shots.append(path.name)
        return path

    def _turn_pages(self, name: str) -> set[str]:
        """Turn through a section and the staff's inside it; return the ids that they offer."""
        found: set[str] = set()
        services = self.views.services
        for page in range(int(services.property("pageCount"))):
            if page:
                self.tap("nextPageButton")
            self.shot(f"{name}-{page + 1}")
            found |= {item["id"] for item in services.property("items")}
        if STAFF in found and services.property("section") != STAFF:
            self.tap(f"card_{STAFF}")
            found |= self._turn_pages(f"K04-{STAFF}")
        return found

    def _turn_to(self, form_id: str) -> None:
        """Turn the pages of a section until a form's card is there."""
        for name in (STAFF, form_id):
            for _ in range(int(self.views.services.property("pageCount"))):
                if self.find(f"card_{form_id}") is not None:
                    return
                if self.find("nextPageButton") is None or self.find(f"card_{name}") is not None:
                    break
                self.tap("nextPageButton")
            if name == STAFF and self.find(f"card_{STAFF}") is not None:
                self.tap(f"card_{STAFF}")

    def _touch_found(self, object_name: str, found: list[QQuickItem]) -> bool:
        """Add the item of that name to `found` once it can be touched, and return whether it can."""
        item = self.find(object_name)
        if item is None or not item.isEnabled() or item.width() <= 0:
            return False
        found.append(item)
        return True

    def _tap_letter(self, letter: str) -> str:
        """Touch the key of a letter and return the tone that is still to be touched."""
        parts = unicodedata.normalize("NFD", letter)
        tone = next((TONE_KEYS[mark] for mark in parts if mark in TONE_KEYS), "")
        plain = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONE_KEYS))
        if self.find(f"key_{plain.lower()}") is None:
            self.tap("key_symbols")
        is_shifted = bool(self.app.parts.views.keyboard.property("shift"))
        if plain.isalpha() and plain.isupper() != is_shifted:
            self.tap("key_shift")
        self.tap(f"key_{plain.lower()}")
        if not plain.isalpha() and bool(self.app.parts.views.keyboard.property("symbols")):
            self.tap("key_symbols")
        return tone


def _is_on_top(item: QQuickItem, others: list[QQuickItem]) -> bool:
    """Return whether no later button outside the item covers its middle."""
    middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
    later = others[others.index(item) + 1 :]
    return not any(
        other.contains(other.mapFromScene(middle)) and not item.isAncestorOf(other) for other in later
    )


def _visible_items(root: QQuickItem) -> Iterator[QQuickItem]:
    """Yield the items that are drawn, the topmost last."""
    for item in root.childItems():
        if item.isVisible() and item.opacity() > 0:
            yield item
            yield from _visible_items(item)
