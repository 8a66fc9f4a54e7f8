"""The kiosk opened straight at one form, for the people who write forms: by hand, or one picture a page.

The devices are stand-ins, so every page says «Máy thử», and there is no sync.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication

from supportpoint.errors import SupportPointError
from supportpoint.forms.view import Question, Value
from supportpoint.kiosk.bootstrap import make_app
from supportpoint.kiosk.visit.lexical import lexical
from supportpoint.kiosk.visit.walk import REVIEW, REVIEWS

PATIENCE_MS = 10_000
STEP_MS = 5
DRAW_MS = 40
LONGEST_WALK = 400
MOST_REPEATS = 1
TOLD_S = 2
PAD_PX = (1000, 320)
SIGNED = ((100.0, 160.0), (260.0, 60.0), (420.0, 240.0), (600.0, 120.0), (880.0, 170.0))
END = "receipt"

Answers = Callable[[Question], tuple[Value, ...]]


class Preview:
    """One kiosk with one form. `close` it at the end."""

    def __init__(
        self, data_dir: Path, form_id: str, size_px: tuple[int, int], language: str, *, motion: bool
    ) -> None:
        self._app = make_app(data_dir, fake_devices=True, window=size_px, motion=motion, with_sync=False)
        self._app.window.setTitle(form_id)
        stage, service = self._app.parts.stage, self._app.parts.service
        self._stage, self._views = stage, self._app.parts.views
        self._names: list[str] = []
        self._wait(lambda: bool(service.forms), "the form on its shelf")
        service.open(form_id)
        self._wait(lambda: stage.visit.form is not None, "the form")
        stage.visit.set_language(language)  # not before: whoever leaves the first page begins in Vietnamese
        if stage.navigator.current == "door":
            self._views.door.choose("screen")
        elif stage.navigator.current == "preparation":
            service.begin()
        self._wait(lambda: bool(stage.walk.ref), "the first page")

    def run(self) -> None:
        """Leave the window to a person until it is closed."""
        QGuiApplication.exec()

    def close(self) -> None:
        """End the kiosk."""
        self._app.close()

    def walk(self, shots: Path, answers: Answers) -> list[str]:
        """Go through the form once and write one PNG per page; return the file names in order.

        Errors: SP-301 with the address of a page that the invented answers do not get past.
        """
        shots.mkdir(parents=True, exist_ok=True)
        for _ in range(LONGEST_WALK):
            page, before = self._stage.navigator.current, self._place()
            self._shoot(shots, page)
            if page == END:
                return self._names
            self._step(page, answers)
            self._leave(before)
        raise SupportPointError("SP-301", ref=self._stage.walk.ref, reason="no end")

    def _place(self) -> tuple[object, ...]:
        review, consent = self._views.review, self._views.consent
        return (
            self._stage.navigator.current,
            self._stage.walk.ref,
            review.property("sectionIndex"),
            consent.property("purposeIndex"),
        )

    def _step(self, page: str, answers: Answers) -> None:
        views = self._views
        if page == "scan":
            views.scan.skip()
        elif page == "photo":
            views.photo.shoot()
            self._wait(lambda: views.photo.property("photoState") == "shot", "the photo")
            views.photo.keep()
        elif page == "voice":
            self._tell()
        elif page == "signature":
            self._sign()
        elif page == "path":
            views.path.goOn()
        elif page in REVIEWS:
            self._review(page)
        elif page == "consent":
            views.consent.agree()
        elif page == "question":
            self._answer(answers)

    def _tell(self) -> None:
        """Write instead where that is allowed, otherwise record what the stand-in hears."""
        recorder = self._views.recorder
        if recorder.property("canSkip"):
            recorder.skip()
            return
        recorder.begin()
        self._wait(lambda: recorder.property("seconds") >= TOLD_S, "the recording")
        recorder.finish()
        self._wait(lambda: recorder.property("voiceState") == "kept", "the recording")
        recorder.keep()

    def _sign(self) -> None:
        signature = self._views.signature
        signature.begin(*SIGNED[0])
        for place in SIGNED[1:]:
            signature.extend(*place)
        signature.lift()
        signature.keep(*PAD_PX)

    def _review(self, page: str) -> None:
        review = self._views.review
        if page == REVIEW and review.property("sectionIndex") + 1 < review.property("sectionCount"):
            review.next()
            return
        review.confirm()
        if self._stage.navigator.current in REVIEWS:
            form = self._stage.visit.form
            problems = form.session.validate() if form is not None else ()
            raise SupportPointError(
                "SP-307", ref=problems[0].ref if problems else "", reason="no example fits"
            )

    def _answer(self, answers: Answers) -> None:
        """Give the first invented answer that lets the page go on."""
        step, view = self._stage.walk.step, self._views.question
        if step is None:
            return
        if step.question is None:
            if step.page.can_add and step.page.repeat_count < MOST_REPEATS:
                view.addRepeat()
            else:
                view.continueForm()
            return
        before = self._place()
        tries = answers(step.question) if not step.question.readonly else ()
        for value in (*tries, None):
            view.setText(lexical(value))
            view.continueForm()
            if self._place() != before:
                return
        raise SupportPointError("SP-307", ref=step.ref, reason="no example fits")

    def _shoot(self, shots: Path, page: str) -> None:
        _spin(DRAW_MS)
        name = self._stage.walk.ref.rpartition("/")[2].partition("[")[0] if page == "question" else page
        path = shots / f"{len(self._names) + 1:03d}-{name or page}.png"
        if not self._app.window.grabWindow().save(str(path)):
            raise SupportPointError("SP-202", file=path.name)
        self._names.append(path.name)

    def _leave(self, before: tuple[object, ...]) -> None:
        self._wait(lambda: self._place() != before, "the next page")

    def _wait(self, is_so: Callable[[], bool], what: str) -> None:
        clock = QElapsedTimer()
        clock.start()
        while not is_so():
            if clock.elapsed() > PATIENCE_MS:
                raise SupportPointError("SP-301", reason=f"{what} did not come", ref=self._stage.walk.ref)
            _spin(STEP_MS)


def _spin(milliseconds: int) -> None:
    """Let the pages live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
