"""K09: take a photo of a paper while the picture is measured, look at it, keep it or take it again."""

from __future__ import annotations

import time
from dataclasses import dataclass
from secrets import token_hex

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtQml import QmlElement

from supportpoint.config import PhotoLimits
from supportpoint.devices.camera import Camera
from supportpoint.devices.photo import MIN_SIDE_PX, read_picture, write_photo
from supportpoint.devices.photo_checks import PhotoChecks, check_photo, straighten
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormSession
from supportpoint.forms.view import Question
from supportpoint.kiosk.pictures.providers import Photos
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.visit.walk import find_next_page, list_steps
from supportpoint.records import Attachment

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1
PAGE = "photo"
WATCH_MS = 1000
#: The page is seen first; starting a camera, or drawing its stand-in, would hold up its first frame.
START_MS = 80
CAMERA = "camera"
#: Live pictures are measured so often, one at a time.
CHECK_EVERY_S = 0.15
#: After so many bad pictures one may be kept, marked for who reads it.
BAD_BEFORE_KEEPING = 2
#: Stands in the name of a picture that failed the checks. Source: docs/devices.md
UNSURE = "-unsure"
#: A photo of goods or of a place, in the appearance of its question: no corners are asked for.
SCENE = "sp:scene"
#: The answer "I have this paper, but not here", of the question that a required photo hangs on.
LATER = "later"


@dataclass(frozen=True)
class Shot:
    """A picture that was taken: as it is sent, what was measured, and as the server will see it."""

    content: bytes
    checks: PhotoChecks
    image: QImage


@QmlElement
@QmlUncreatable("made by bootstrap")
class PhotoViewModel(QObject):
    """`photoState` is live, shot or noCamera; `checks` are maps of id (corners, sharp, light, glare) and ok.

    While the picture moves they tell of the last one that was measured, none before the first. A photo of
    goods or of a place has only sharp and light. `errorCode` is "" or SP-702, SP-703. `holding` says that all
    is good and the picture is about to be taken by itself.
    """

    changed = Signal()

    def __init__(self, stage: Stage, camera: Camera, photos: Photos, limits: PhotoLimits) -> None:
        super().__init__()
        self._visit, self._walk = stage.visit, stage.walk
        self._tasks, self._autosave = stage.tasks, stage.autosave
        self._camera, self._photos, self._limits = camera, photos, limits
        self._presence = stage.presence
        self._ref, self._state, self._url, self._error = "", "live", "", ""
        self._refs: list[str] = []
        self._next_page = ""
        self._verdicts: dict[str, bool] = {}
        self._shot: Shot | None = None
        self._bad = 0
        self._is_watching = self._is_checking = self._is_by_hand = self._is_taking = False
        self._checked_at = self._good_since = 0.0
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._look_after_camera)
        self._starting = QTimer(self, interval=START_MS, singleShot=True)
        self._starting.timeout.connect(self._start)
        self._navigator = stage.navigator
        stage.walk.moved.connect(self._walked)
        stage.navigator.pageChanged.connect(self._page_changed)
        stage.visit.ended.connect(self._forget)

    @Property(str, notify=changed)
    def photoState(self) -> str:
        return self._state

    @Property(str, notify=changed)
    def title(self) -> str:
        question = self._question()
        return question.label if question is not None else ""

    @Property(str, notify=changed)
    def hint(self) -> str:
        question = self._question()
        return question.hint if question is not None else ""

    @Property(int, notify=changed)
    def index(self) -> int:
        return self._refs.index(self._ref) if self._ref in self._refs else 0

    @Property(int, notify=changed)
    def total(self) -> int:
        return len(self._refs)

    @Property(str, notify=changed)
    def imageUrl(self) -> str:
        return self._url

    @Property("QVariantList", notify=changed)
    def checks(self) -> list[dict[str, object]]:
        return [{"id": name, "ok": is_good} for name, is_good in self._verdicts.items()]

    @Property(bool, notify=changed)
    def isPaper(self) -> bool:
        return self._is_paper()

    @Property("QStringList", notify=changed)
    def checkIds(self) -> list[str]:
        return ["corners", "sharp", "light", "glare"] if self._is_paper() else ["sharp", "light"]

    @Property(bool, notify=changed)
    def good(self) -> bool:
        return all(self._verdicts.values())

    @Property(bool, notify=changed)
    def holding(self) -> bool:
        return bool(self._good_since) and self._state == "live"

    @Property(bool, notify=changed)
    def canKeep(self) -> bool:
        return self.good or self._bad >= BAD_BEFORE_KEEPING

    @Property(bool, notify=changed)
    def canAddPage(self) -> bool:
        return self._next_page != ""

    @Property(bool, notify=changed)
    def cameraFake(self) -> bool:
        return self._camera.is_fake

    @Property(bool, notify=changed)
    def canSkip(self) -> bool:
        question = self._question()
        return question is not None and not question.required

    @Property(bool, notify=changed)
    def canBringLater(self) -> bool:
        """A required paper whose form takes it later as well."""
        return not self.canSkip and self._whether_here() is not None

    @Property(str, notify=changed)
    def errorCode(self) -> str:
        return self._error

    @Slot()
    def shoot(self) -> None:
        """Take the picture and measure it, off the main thread."""
        if self._is_taking or self._state != "live":
            return
        try:
            image = self._camera.take()
        except SupportPointError as error:
            self._fail(error.code)
            self._look_after_camera()
            return
        ref, is_paper = self._ref, self._is_paper()
        self._is_taking = True

        def done(shot: Shot) -> None:
            self._take(ref, shot)

        self._tasks.compute(
            lambda: make_shot(image, self._limits, is_paper=is_paper),
            self._visit.during(done),
            self._visit.during(self._fail),
        )

    @Slot()
    def keep(self) -> None:
        """Use this picture and go on; one that failed the checks only after others did."""
        if self.canKeep:
            self._store()
            self._go_on()

    @Slot()
    def addPage(self) -> None:
        """Use this picture and take the next page of the same paper."""
        form = self._visit.form
        if form is None or not self.canAddPage or not self.canKeep:
            return
        self._store()
        page = self._next_page
        form.session.add_repeat(page.rpartition("[")[0])
        self._walk.enter_group(page)
        self._autosave.save(self._walk.ref)

    @Slot()
    def again(self) -> None:
        """Take another picture instead, by hand: the same paper would be taken by itself at once."""
        self._shot, self._is_by_hand = None, True
        self._open_live()
        self._start()

    @Slot()
    def skip(self) -> None:
        """Go on without this paper; the case goes without it."""
        form = self._visit.form
        if form is not None and self._ref:
            form.attach(self._ref, None)
        self._go_on()

    @Slot()
    def bringLater(self) -> None:
        """Say in the form that the paper comes later, so that the office waits for it, and go on."""
        form, before = self._visit.form, self._whether_here()
        if form is None or before is None:
            return
        form.attach(self._ref, None)
        form.answer(before.ref, LATER)
        self._walk.forward_from(before.ref)
        self._autosave.save(self._walk.ref)

    def _store(self) -> None:
        """Answer with the picture that was just taken; one that was kept before stays as it is."""
        form = self._visit.form
        if form is None or self._shot is None or not self._ref:
            return
        mark = "" if self.good else UNSURE
        name = f"{self._ref.rpartition('/')[2]}-{token_hex(4)}{mark}.jpg"
        form.attach(self._ref, Attachment(name=name, content=self._shot.content))

    def _is_paper(self) -> bool:
        question = self._question()
        return question is not None and SCENE not in question.appearance

    def _question(self) -> Question | None:
        step = self._walk.step
        return step.question if step is not None and step.screen == PAGE else None

    def _whether_here(self) -> Question | None:
        """Return the question just before this photo, if it asks whether the paper is here or comes later."""
        asked = self._walk.group_questions()
        place = next((index for index, question in enumerate(asked) if question.ref == self._ref), 0)
        before = asked[place - 1] if place else None
        if before is None or LATER not in {choice.value for choice in before.choices}:
            return None
        return before

    def _place(self, session: FormSession) -> None:
        """Note which photo of the form this is: pages of the window ask ten times a second."""
        self._refs = [step.ref for step in list_steps(session) if step.screen == PAGE]
        form = self._visit.form
        is_asked_for = form is not None and form.request is not None
        self._next_page = "" if is_asked_for else find_next_page(session, self._ref)

    def _walked(self) -> None:
        question, form = self._question(), self._visit.form
        if question is None or form is None:
            self._forget()
            return
        if question.ref == self._ref:
            self._place(form.session)
            self.changed.emit()
            return
        self._ref, self._bad, self._shot, self._is_by_hand = question.ref, 0, None, False
        self._place(form.session)
        kept = form.find_file(question.ref)
        if kept is not None:
            self._switch_off()
            self._verdicts = {}
            self._show("shot", read_picture(kept.content))
        else:
            self._open_live()

    def _open_live(self) -> None:
        self._verdicts, self._error, self._good_since = {}, "", 0.0
        self._photos.drop(self._url)
        self._state, self._url = ("live" if self._camera.is_there else "noCamera"), ""
        self._switch_on()
        self.changed.emit()

    def _switch_on(self) -> None:
        if not self._is_watching:
            self._is_watching = True
            self._watch.start()
            self._starting.start()
            self._presence.hold(CAMERA)

    def _start(self) -> None:
        self._starting.stop()
        self._camera.start(self._see)

    def _switch_off(self) -> None:
        if self._is_watching:
            self._is_watching = False
            self._watch.stop()
            self._starting.stop()
            self._camera.stop(self._see)
            self._presence.release(CAMERA)

    def _page_changed(self) -> None:
        """Switch the camera off on every other page, such as the one that calls for help."""
        if self._navigator.current != "photo":
            self._switch_off()
        elif self._state != "shot" and self._question() is not None:
            self._switch_on()

    def _see(self, image: QImage) -> None:
        if not self._is_watching:
            return
        self._show("live", image)
        now_s = time.monotonic()
        if self._is_checking or now_s - self._checked_at < CHECK_EVERY_S:
            return
        self._is_checking, self._checked_at = True, now_s
        self._tasks.compute(lambda: check_photo(image), self._measured, self._not_measured)

    def _measured(self, checks: PhotoChecks) -> None:
        """Show what a live picture is like; when all is good for long enough, take it."""
        self._is_checking = False
        if self._state != "live" or not self._is_watching:
            return
        self._verdicts = checks.verdicts(self._limits, is_paper=self._is_paper())
        now_s, hold_s = time.monotonic(), self._limits.hold_s
        if not self.good or self._is_by_hand or not hold_s:
            self._good_since = 0.0
        elif not self._good_since:
            self._good_since = now_s
        elif now_s - self._good_since >= hold_s:
            self.shoot()
        self.changed.emit()

    def _not_measured(self, _code: str) -> None:
        self._is_checking = False

    def _look_after_camera(self) -> None:
        """A camera that was unplugged is said to be gone; its next picture says that it is back."""
        if self._state == "live" and self._camera.trouble:
            self._photos.drop(self._url)
            self._state, self._url, self._error = "noCamera", "", ""
            self.changed.emit()

    def _take(self, ref: str, shot: Shot) -> None:
        self._is_taking = False
        if ref != self._ref or self._state != "live":
            return
        self._switch_off()
        self._shot, self._good_since = shot, 0.0
        self._verdicts = shot.checks.verdicts(self._limits, is_paper=self._is_paper())
        self._bad += not self.good
        self._show("shot", shot.image)

    def _show(self, state: str, image: QImage) -> None:
        self._photos.drop(self._url)
        self._state, self._url = state, self._photos.put(image)
        self.changed.emit()

    def _fail(self, code: str) -> None:
        self._error, self._is_taking = code, False
        self.changed.emit()

    def _go_on(self) -> None:
        self._walk.forward()
        self._autosave.save(self._walk.ref)

    def _forget(self) -> None:
        self._switch_off()
        self._photos.drop(self._url)
        self._ref, self._state, self._url, self._error = "", "live", "", ""
        self._shot, self._verdicts, self._good_since, self._bad = None, {}, 0.0, 0
        self._is_checking = self._is_taking = self._is_by_hand = False
        self.changed.emit()


def make_shot(image: QImage, limits: PhotoLimits, *, is_paper: bool) -> Shot:
    """Return what is kept of a picture; a sheet that is whole and clear is seen from straight above.

    Errors: SP-703.
    """
    checks = check_photo(image)
    is_good = all(checks.verdicts(limits, is_paper=is_paper).values())
    seen = straighten(image, checks.sheet) if is_good and is_paper and checks.sheet is not None else image
    content = write_photo(seen if min(seen.width(), seen.height()) >= MIN_SIDE_PX else image)
    return Shot(content, checks, read_picture(content))
