"""K13: sign in the box with a finger or a mouse, or say that one cannot sign."""

from __future__ import annotations

from secrets import token_hex

from PySide6.QtCore import QObject, QPointF, QSize, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.devices.photo import read_picture
from supportpoint.forms.view import Question
from supportpoint.kiosk.pictures.ink import Ink, write_ink
from supportpoint.kiosk.pictures.providers import Photos
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.records import Attachment

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

PAGE = "signature"
#: Less is a slip of the finger, not a name.
FEWEST_STROKES, SHORTEST_PX = 2, 60.0


@QmlElement
@QmlUncreatable("made by bootstrap")
class SignatureViewModel(QObject):
    """`ink` are the strokes of now; `imageUrl` the signature that was kept before, "" while there is none.

    `isMissing`: Continue was touched before there was a signature.
    """

    changed = Signal()

    def __init__(self, stage: Stage, photos: Photos) -> None:
        super().__init__()
        self._visit, self._walk = stage.visit, stage.walk
        self._autosave, self._photos = stage.autosave, photos
        self._ink = Ink()
        self._ink.setParent(self)
        self._ref, self._url, self._is_missing = "", "", False
        stage.walk.moved.connect(self._walked)
        stage.visit.ended.connect(self._forget)

    @Property(QObject, constant=True)
    def ink(self) -> Ink:
        return self._ink

    @Property(str, notify=changed)
    def title(self) -> str:
        question = self._question()
        return question.label if question is not None else ""

    @Property(str, notify=changed)
    def hint(self) -> str:
        question = self._question()
        return question.hint if question is not None else ""

    @Property(bool, notify=changed)
    def canSkip(self) -> bool:
        question = self._question()
        return question is not None and not question.required

    @Property(str, notify=changed)
    def imageUrl(self) -> str:
        return self._url

    @Property(int, notify=changed)
    def strokeCount(self) -> int:
        return len(self._ink.strokes)

    @Property(bool, notify=changed)
    def isSigned(self) -> bool:
        return bool(self._url) or self._is_enough()

    @Property(bool, notify=changed)
    def isMissing(self) -> bool:
        return self._is_missing

    @Slot(float, float)
    def begin(self, x: float, y: float) -> None:
        """Put the pen down at a place of the pad, in px."""
        if not self._url:
            self._ink.begin(QPointF(x, y))
            self._tell()

    @Slot(float, float)
    def extend(self, x: float, y: float) -> None:
        """Move the pen."""
        if not self._url:
            self._ink.extend(QPointF(x, y))

    @Slot()
    def lift(self) -> None:
        """Take the pen away."""
        self._tell()

    @Slot()
    def undo(self) -> None:
        """Take the last stroke away."""
        self._ink.undo()
        self._tell()

    @Slot()
    def clear(self) -> None:
        """Begin anew; a signature that was kept stands until there is another."""
        self._ink.clear()
        self._drop_picture()
        self._tell()

    @Slot(int, int)
    def keep(self, width: int, height: int) -> None:
        """Use this signature and go on; the pad is so many px wide and high."""
        form = self._visit.form
        if form is None or not self._ref:
            return
        if not self.isSigned:
            self._is_missing = True
            self.changed.emit()
            return
        if not self._url:
            name = f"{self._ref.rpartition('/')[2]}-{token_hex(4)}.png"
            content = write_ink(self._ink.strokes, QSize(width, height))
            form.attach(self._ref, Attachment(name=name, content=content, media_type="image/png"))
        self._go_on()

    @Slot()
    def cannotSign(self) -> None:
        """Go on without a signature; the form asks next to confirm that the person cannot sign."""
        form = self._visit.form
        if form is not None and self._ref:
            form.attach(self._ref, None)
        self._go_on()

    def _is_enough(self) -> bool:
        return len(self._ink.strokes) >= FEWEST_STROKES or self._ink.length_px >= SHORTEST_PX

    def _question(self) -> Question | None:
        step = self._walk.step
        return step.question if step is not None and step.screen == PAGE else None

    def _tell(self) -> None:
        self._is_missing = False
        self.changed.emit()

    def _go_on(self) -> None:
        self._walk.forward()
        self._autosave.save(self._walk.ref)

    def _walked(self) -> None:
        question, form = self._question(), self._visit.form
        ref = question.ref if question is not None else ""
        if ref != self._ref:
            self._ink.clear()
            self._drop_picture()
            self._ref, self._is_missing = ref, False
            kept = form.find_file(ref) if form is not None and ref else None
            self._url = self._photos.put(read_picture(kept.content)) if kept is not None else ""
        self.changed.emit()

    def _drop_picture(self) -> None:
        self._photos.drop(self._url)
        self._url = ""

    def _forget(self) -> None:
        self._ref = ""
        self._ink.clear()
        self._drop_picture()
        self._tell()
