"""One kiosk that offers everything, put into any state by jumps: for looking at, never for proving a way.

What is drawn by chance (receipts, the stand-in camera) begins anew with each state, so that a state looks the
same whichever came before it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF
from PySide6.QtTest import QTest

from supportpoint.kiosk.pages.receipt import Handover
from supportpoint.kiosk.pages.track import Found
from supportpoint.protocol import CaseNews
from supportpoint.sealing import receipt as receipts
from tests.form_filling import read_birth_answers

BIRTH = "birth-registration"
NEVER_MS = 1_000_000
PHOTO_REFS = ("/data/papers/birth_notice_photo", "/data/papers/marriage_photo")


class Scene:
    """A kiosk and a person who is put before any of its pages."""

    def __init__(self, person: Any, *, text_large: bool = False, high_contrast: bool = False) -> None:
        self.person, self.app, self.views = person, person.app, person.views
        self._text_large, self._high_contrast = text_large, high_contrast
        self._chance = random.Random()
        self._put_back: list[Callable[[], object]] = []
        self.views.shell.voice._settle.setInterval(NEVER_MS)  # a page is looked at before it speaks by itself

    @contextmanager
    def without_chance(self) -> Iterator[None]:
        """Draw receipts from a chance that begins anew with each state."""
        drawn = receipts.secrets
        receipts.secrets = SimpleNamespace(token_bytes=self._chance.randbytes)
        try:
            yield
        finally:
            receipts.secrets = drawn

    def clear(self, seed: str = "") -> None:
        """End the visit, whatever is open, and set the looks of this scene again."""
        while self._put_back:
            self._put_back.pop()()
        self._chance.seed(seed)
        self.app.camera._count = 0
        shell = self.views.shell
        shell.endVisit()
        self.app.parts.stage.tasks.wait_idle()
        self.person.wait_until(lambda: bool(self.app.parts.service.forms), "the forms")
        self.person.wait_for_page("attract")
        shell.voice.prepare()  # what speaks here is known at once, and not two seconds after the first frame
        shell._wiped_timer.stop()
        shell.wipedChanged.emit()
        self.views.photo._checked_at = 0.0
        if self._text_large:
            shell.toggleTextLarge()
        if self._high_contrast:
            shell.toggleContrast()

    def change(self, one: Any, name: str, value: object, told: Any = None) -> None:
        """Put another value into a part of the kiosk until the next state; the signal `told` says so."""
        before = getattr(one, name)

        def put(value: object) -> None:
            setattr(one, name, value)
            if told is not None:
                told.emit()

        self._put_back.append(lambda: put(before))
        put(value)

    def unplug(self, device: Any) -> None:
        """Pull a stand-in out until the next state."""
        self._put_back.append(device.plug)
        device.unplug()

    def item(self, name: str) -> QObject:
        """Return an item of the window, seen or not."""
        found = self.app.window.findChild(QObject, name)
        assert found is not None, name
        return found

    def settle(self) -> None:
        """Draw one frame: rows and columns place what they hold only when the scene is polished for one."""
        for _ in range(3):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.app.window.grabWindow()
        QCoreApplication.processEvents()

    def open(self, page: str) -> None:
        """Open a page that needs nothing before it; from home, as most are."""
        self.app.navigator.open("home")
        self.app.navigator.open(page)
        self.person.wait_for_page(page)

    def tap(self, *names: str) -> None:
        """Touch things one after the other."""
        for name in names:
            self.person.tap(name)

    def hold(self, name: str) -> None:
        """Lay a finger on a thing until the next state; lifted elsewhere, it does nothing."""
        item, window = self.person.find(name), self.app.window
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        QTest.touchEvent(window, self.person._touch).press(0, middle, window).commit()
        self._put_back.append(
            lambda: QTest.touchEvent(window, self.person._touch).release(0, QPoint(0, 0), window).commit()
        )

    def enter(self, section: str, page: str = "services") -> None:
        """Open a section of home."""
        self.app.navigator.open("home")
        self.views.services.enter(section)
        self.person.wait_for_page(page)

    def open_form(self, form_id: str) -> None:
        """Open a form: what to bring, its door, or its first screen."""
        self.app.navigator.open("home")
        self.views.services.open(form_id)
        self.person.wait_until(lambda: self.person.page != "home", f"form {form_id}")
        self.person.wait_for_page(self.person.page)

    def prepare(self, form_id: str) -> None:
        """Open what to bring for a form."""
        self.open_form(form_id)
        self.person.wait_for_page("preparation")

    def begin(self, form_id: str = BIRTH, answers: Mapping[str, str] | None = None) -> None:
        """Open a form with answers already given, in the order of the form."""
        self.open_form(form_id)
        if self.person.page == "door":
            self.views.door.choose("screen")
        elif self.person.page == "preparation":
            self.views.preparation.start()
        session = self.app.parts.stage.visit.form.session
        for ref, value in (answers or {}).items():
            session.page_index(ref)
            assert session.answer(ref, value).problem is None, ref

    def ask(self, ref: str, form_id: str = BIRTH, answers: Mapping[str, str] | None = None) -> None:
        """Open a form at one screen."""
        self.begin(form_id, answers)
        walk = self.app.parts.stage.walk
        walk.jump(ref)
        assert walk.ref == ref, f"{walk.ref} instead of {ref}"
        self.person.wait_for_page(walk.step.screen)

    def wait_for_picture(self) -> None:
        """Wait until the camera, which starts after its page, shows what it sees."""
        self.person.wait_until(lambda: bool(self.views.photo.property("imageUrl")), "the live picture")

    def shoot(self) -> None:
        """Take a photo on the page that asks for one, once the camera shows what it sees."""
        self.wait_for_picture()
        self.tap("continueButton")
        self.person.wait_until(lambda: self.views.photo.property("photoState") == "shot", "the photo")

    def fill_birth(self, *left_open: str) -> None:
        """Open the birth registration with both photos and every answer but these."""
        told = {ref: value for ref, value in read_birth_answers().items() if "/consent/" not in ref}
        self.begin(
            answers={ref: value for ref, value in told.items() if ref not in (*PHOTO_REFS, *left_open)}
        )
        walk = self.app.parts.stage.walk
        for ref in PHOTO_REFS:
            walk.jump(ref)
            self.person.wait_for_page("photo")
            self.shoot()
            self.views.photo.keep()

    def review(self, section: int = 0, *left_open: str) -> None:
        """Open the review of a whole birth registration at one section."""
        self.fill_birth(*left_open)
        self.app.navigator.open("review")
        self.person.wait_for_page("review")
        for _ in range(section):
            self.tap("continueButton")

    def show_receipt(self, handover: Handover, *, sent: bool = False) -> None:
        """Show a receipt."""
        self.views.receipt.show(handover)
        self.views.receipt.set_sent(sent=sent)
        self.open("receipt")

    def show_news(self, found: Found | CaseNews) -> None:
        """Show what a receipt says."""
        self.app.navigator.open("home")
        self.views.track._show(Found(news=found) if isinstance(found, CaseNews) else found)
        self.person.wait_for_page("status")

    def leave_alone(self, seconds: int) -> None:
        """Let so many seconds pass without a touch, and no more."""
        presence = self.app.parts.stage.presence
        presence._timer.stop()
        presence._still_s = seconds - 1
        presence._second()
