"""K09: take a photo of a paper, look at it, keep it or take it again."""

from __future__ import annotations

from secrets import token_hex

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtQml import QmlElement

from supportpoint.devices.camera import Camera
from supportpoint.devices.photo import Checks, check_photo, read_picture, write_photo
from supportpoint.errors import SupportPointError
from supportpoint.forms.view import Question, QuestionType
from supportpoint.kiosk.pictures.providers import Photos
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.visit.walk import list_steps
from supportpoint.records import Attachment

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1
WATCH_MS = 1000
#: What a photo shows unless its question says otherwise (`sp:subject`): a paper, or any other thing.
PAPER = "paper"
CAMERA = "camera"


@QmlElement
@QmlUncreatable("made by bootstrap")
class PhotoViewModel(QObject):
    """`photoState` is live, shot or noCamera; `checks` are maps of id (corners, sharp, light) and ok.

    `wanted` are the ids of what will be measured; a thing that is no paper has no corners.

    "corners" says only that no bright paper touches the picture's edge. `errorCode` is "" or SP-702, SP-703.
    """

    changed = Signal()

    def __init__(self, stage: Stage, camera: Camera, photos: Photos) -> None:
        super().__init__()
        self._visit, self._walk = stage.visit, stage.walk
        self._tasks, self._autosave = stage.tasks, stage.autosave
        self._camera, self._photos, self._presence = camera, photos, stage.presence
        self._state, self._url, self._error = "live", "", ""
        self._checks: Checks | None = None
        self._content = b""
        self._is_watching = False
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._look_after_camera)
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
        return next((place for place, ref in enumerate(self._photo_refs()) if ref == self._walk.ref), 0)

    @Property(int, notify=changed)
    def total(self) -> int:
        return len(self._photo_refs())

    @Property(str, notify=changed)
    def imageUrl(self) -> str:
        return self._url

    @Property("QVariantList", notify=changed)
    def checks(self) -> list[dict[str, object]]:
        checks = self._checks
        if checks is None:
            return []
        found = {"corners": checks.is_inside, "sharp": checks.is_sharp, "light": checks.is_lit}
        return [{"id": one, "ok": found[one]} for one in self._wanted()]

    @Property("QStringList", notify=changed)
    def wanted(self) -> list[str]:
        return self._wanted()

    @Property(bool, notify=changed)
    def isPaper(self) -> bool:
        question = self._question()
        return question is None or question.attributes.get("subject", PAPER) == PAPER

    @Property(int, notify=changed)
    def pages(self) -> int:
        return 1 if self._content else 0

    @Property(bool, notify=changed)
    def cameraFake(self) -> bool:
        return self._camera.is_fake

    @Property(bool, notify=changed)
    def canSkip(self) -> bool:
        question = self._question()
        return question is not None and not question.required

    @Property(str, notify=changed)
    def errorCode(self) -> str:
        return self._error

    @Slot()
    def shoot(self) -> None:
        """Take the picture and measure it, off the main thread."""
        try:
            image = self._camera.take()
        except SupportPointError as error:
            self._fail(error.code)
            self._look_after_camera()
            return
        ref = self._walk.ref

        def done(outcome: tuple[bytes, Checks, QImage]) -> None:
            self._shot(ref, outcome)

        self._tasks.compute(lambda: _finish(image), self._visit.during(done), self._fail)

    @Slot()
    def keep(self) -> None:
        """Use this picture and go on."""
        form, question = self._visit.form, self._question()
        if form is None or question is None:
            return
        if self._content:
            attachment = Attachment(name=f"{question.name}-{token_hex(4)}.jpg", content=self._content)
            form.attachments.pop(str(question.value), None)
            form.attachments[attachment.name] = attachment
            form.session.answer(question.ref, attachment.name)
        self._go_on()

    @Slot()
    def again(self) -> None:
        """Take another picture instead."""
        self._content = b""
        self._open_live()

    @Slot()
    def skip(self) -> None:
        """Go on without this paper; the case goes without it."""
        form, question = self._visit.form, self._question()
        if form is not None and question is not None:
            form.attachments.pop(str(question.value), None)
            form.session.answer(question.ref, None)
        self._go_on()

    def _wanted(self) -> list[str]:
        """Return what is measured: only a paper has four corners."""
        return ["corners", "sharp", "light"] if self.isPaper else ["sharp", "light"]

    def _question(self) -> Question | None:
        step = self._walk.step
        return step.question if step is not None and step.screen == "photo" else None

    def _photo_refs(self) -> list[str]:
        form = self._visit.form
        steps = list_steps(form.session) if form is not None else []
        return [step.ref for step in steps if step.question and step.question.type is QuestionType.IMAGE]

    def _walked(self) -> None:
        question, form = self._question(), self._visit.form
        if question is None or form is None:
            self._forget()
            return
        kept = form.attachments.get(str(question.value))
        self._content = kept.content if kept is not None else b""
        if kept is not None:
            self._switch_off()
            self._show("shot", read_picture(kept.content))
        else:
            self._open_live()

    def _open_live(self) -> None:
        self._checks, self._error = None, ""
        self._photos.drop(self._url)
        self._state, self._url = ("live" if self._camera.is_there else "noCamera"), ""
        self._switch_on()
        self.changed.emit()

    def _switch_on(self) -> None:
        if not self._is_watching:
            self._is_watching = True
            self._watch.start()
            self._camera.start(self._see)
            self._presence.hold(CAMERA)

    def _switch_off(self) -> None:
        if self._is_watching:
            self._is_watching = False
            self._watch.stop()
            self._camera.stop(self._see)
            self._presence.release(CAMERA)

    def _page_changed(self) -> None:
        """Switch the camera off on every other page, such as the one that calls for help."""
        if self._navigator.current != "photo":
            self._switch_off()
        elif self._state != "shot" and self._question() is not None:
            self._switch_on()

    def _see(self, image: QImage) -> None:
        if self._is_watching:
            self._show("live", image)

    def _look_after_camera(self) -> None:
        """A camera that was unplugged is said to be gone; its next picture says that it is back."""
        if self._state == "live" and self._camera.trouble:
            self._photos.drop(self._url)
            self._state, self._url, self._error = "noCamera", "", ""
            self.changed.emit()

    def _shot(self, ref: str, outcome: tuple[bytes, Checks, QImage]) -> None:
        if ref != self._walk.ref:
            return
        self._switch_off()
        self._content, self._checks, image = outcome
        self._show("shot", image)

    def _show(self, state: str, image: QImage) -> None:
        self._photos.drop(self._url)
        self._state, self._url = state, self._photos.put(image)
        self.changed.emit()

    def _fail(self, code: str) -> None:
        self._error = code
        self.changed.emit()

    def _go_on(self) -> None:
        self._content = b""
        self._walk.forward()
        self._autosave.save(self._walk.ref)

    def _forget(self) -> None:
        self._switch_off()
        self._photos.drop(self._url)
        self._state, self._url, self._error, self._content, self._checks = "live", "", "", b"", None
        self.changed.emit()


def _finish(image: QImage) -> tuple[bytes, Checks, QImage]:
    """Return what is kept of a picture, what was measured, and the picture as the server will see it."""
    content = write_photo(image)
    return content, check_photo(image), read_picture(content)
