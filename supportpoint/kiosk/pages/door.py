"""K17: who will read it, whether anybody looks on, how to be alone with it; and the way back into it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.kiosk.pages.lock import LockViewModel
from supportpoint.kiosk.pages.voice import PrivateListening, VoiceViewModel
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.drafts import NEVER
from supportpoint.kiosk.visit.service import Service
from supportpoint.kiosk.visit.stage import Stage

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

#: Whose keys open a purpose; see the keyset.
READERS = {"legal_aid": "legal_aid_centre", "protected": "inspectorate"}
EARS, STAFF, SCREEN = "ears", "staff", "screen"


@QmlElement
@QmlUncreatable("made by bootstrap")
class DoorViewModel(QObject):
    """`reader` holds the key. `canKeep`: a locked draft is kept a day; `locked`: three pictures are set."""

    changed = Signal()

    def __init__(self, stage: Stage, service: Service, lock: LockViewModel, voice: VoiceViewModel) -> None:
        super().__init__()
        self._visit, self._navigator, self._walk = stage.visit, stage.navigator, stage.walk
        self._service, self._lock, self._voice = service, lock, voice
        stage.visit.formChanged.connect(self.changed)
        stage.navigator.pageChanged.connect(self.changed)

    @Property(str, notify=changed)
    def reader(self) -> str:
        """Who holds the key, as a route: a tip goes on to a board from whoever could open it."""
        settings = self._visit.form.package.manifest.settings if self._visit.form is not None else {}
        return READERS.get(settings.get("purpose", ""), "")

    @Property(str, notify=changed)
    def formId(self) -> str:
        return self._visit.form.package.manifest.id if self._visit.form is not None else ""

    @Property(bool, notify=changed)
    def canKeep(self) -> bool:
        return self._visit.form is not None and self._visit.form.autosave != NEVER

    @Property(bool, notify=changed)
    def locked(self) -> bool:
        return self._visit.lock is not None

    @Property(bool, notify=changed)
    def canOpenLocked(self) -> bool:
        """Whether what was locked before may be opened: at the door, with nothing begun yet."""
        return self.canKeep and not self.locked and not self._walk.ref

    @Slot(str)
    def choose(self, way: str) -> None:
        """Go on: with headphones, with an officer in a room of their own, or here at the screen."""
        if way == STAFF:
            self._navigator.open("help")
        elif way in {EARS, SCREEN}:
            self._voice.setPrivateListening(
                PrivateListening.EARPHONES if way == EARS else PrivateListening.SOFT
            )
            self._service.begin()

    @Slot()
    def setLock(self) -> None:
        """Choose three pictures."""
        self._lock.set_up()

    @Slot()
    def openLocked(self) -> None:
        """Open what was locked here before. It is asked alike whether something waits or not."""
        self._lock.ask(self._service.unlock)
