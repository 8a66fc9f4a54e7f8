"""K14: check once more, seal and queue the case, and open the receipt."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.clock import Clock, moment_of_case
from supportpoint.forms.view import QuestionType
from supportpoint.kiosk.pages.keyboard import NAME
from supportpoint.kiosk.pages.receipt import Handover, ReceiptViewModel
from supportpoint.kiosk.pictures.slip import LANGUAGES
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.visit.visit import OpenForm
from supportpoint.kiosk.visit.walk import list_steps
from supportpoint.kiosk.words.wording import mask_name
from supportpoint.records import ItemState
from supportpoint.sealing.picture_lock import PictureLock
from supportpoint.sealing.receipt import receipt_hash
from supportpoint.store.locked import RECEIPT
from supportpoint.store.values import Locked, OutboxRow
from supportpoint.sync.submission import Submitted, submit_case

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

#: As long as the news of a case are kept after its end, and the case itself takes.
PRIVATE_RECEIPT_KEPT = timedelta(days=365)
#: How long the three ticks stay readable before the receipt opens.
SHOWN_MS = 700
#: With a link the page waits so long for the case to arrive, looking how far it is; then it goes on anyway.
WAIT_MS = 4000
LOOK_MS = 250


@QmlElement
@QmlUncreatable("made by bootstrap")
class SendingViewModel(QObject):
    """The steps of one submit, each true when it is done: checked, saved and queued in one, sent.

    `photosDone` of `photosTotal` have arrived at the server. Nothing is shown as done before it is.
    """

    changed = Signal()
    queuedCase = Signal()
    failed = Signal(str)

    def __init__(self, stage: Stage, receipt: ReceiptViewModel) -> None:
        super().__init__()
        self._visit, self._walk, self._navigator = stage.visit, stage.walk, stage.navigator
        self._tasks, self._clock, self._autosave = stage.tasks, stage.clock, stage.autosave
        self._receipt = receipt
        self._saved = self._checked = self._queued = self._sent = self._online = self._running = False
        self._photos_done = self._photos_total = 0
        self._failed_code = ""
        self._pause = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self._pause.timeout.connect(self._go_on)
        self._wait = QTimer(self, interval=WAIT_MS, singleShot=True)
        self._wait.timeout.connect(self._go_on)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.follow)
        stage.navigator.pageChanged.connect(self._go_on)
        stage.visit.ended.connect(self._forget)

    @Property(bool, notify=changed)
    def saved(self) -> bool:
        return self._saved

    @Property(bool, notify=changed)
    def checked(self) -> bool:
        return self._checked

    @Property(bool, notify=changed)
    def queued(self) -> bool:
        return self._queued

    @Property(bool, notify=changed)
    def online(self) -> bool:
        return self._online

    @Property(int, notify=changed)
    def photosDone(self) -> int:
        return self._photos_done

    @Property(int, notify=changed)
    def photosTotal(self) -> int:
        return self._photos_total

    @Property(bool, notify=changed)
    def sent(self) -> bool:
        return self._sent

    @Slot()
    def start(self) -> None:
        """Check every answer, then seal and queue off the main thread; once at a time."""
        form = self._visit.form
        if form is None or self._running:
            return
        if form.session.validate():
            self._navigator.open("review")
            return
        self._running = True
        self._autosave.let_go(form.id)
        self._checked, self._failed_code = True, ""
        self._saved = self._queued = self._sent = False
        attachments = form.kept_attachments()
        self._photos_done, self._photos_total = 0, len(attachments)
        self._navigator.open("sending")
        self.changed.emit()
        self._submit(form)

    @Slot()
    def retry(self) -> None:
        """Try again with the same answers, the same case id and the same receipt."""
        self.start()

    def hurry(self) -> None:
        """Somebody wants to go on: the receipt opens as soon as it is there, without the time to read."""
        self._stop_waiting()
        self._go_on()

    @property
    def is_running(self) -> bool:
        """A case is being sealed and queued; its form must stay as it is."""
        return self._running

    @property
    def has_failed(self) -> bool:
        """The last submit queued nothing; the answers are kept."""
        return bool(self._failed_code)

    def set_online(self, *, online: bool) -> None:
        """Say whether the last sync pass reached the server."""
        self._online = online
        self.changed.emit()

    def follow(self) -> None:
        """Ask the store how far the case on the receipt page has come."""
        handover = self._receipt.handover
        if handover is None:
            return
        address = receipt_hash(handover.receipt.secret)
        self._tasks.run(lambda store: store.find_item_state(address), self._visit.during(self._followed))

    def _submit(self, form: OpenForm) -> None:
        xml, attachments = form.session.to_xml(), form.kept_attachments()
        handover = make_handover(form, self._visit.language)
        entry = make_private_receipt(form, self._visit.lock, self._clock) if form.is_private else None

        def work() -> Submitted:
            if entry is not None:
                self._tasks(lambda store: store.save_locked(entry))
            return submit_case(
                self._tasks,
                package=form.package,
                xml=xml,
                attachments=attachments,
                case_id=form.id,
                clock=self._clock,
                draft_id=form.id,
                receipt=form.receipt,
            )

        self._tasks.compute(work, lambda _done: self._was_queued(handover), self._was_not_queued)

    def _was_queued(self, handover: Handover) -> None:
        self._running, self._saved, self._queued = False, True, True
        self._visit.close_form()
        self._walk.reset()
        self._receipt.show(handover)
        self.changed.emit()
        self.queuedCase.emit()
        self._pause.start()
        if self._online:
            self._look.start()
            self._wait.start()

    def _was_not_queued(self, code: str) -> None:
        self._running, self._failed_code = False, code
        self._autosave.save(self._walk.ref)
        self.changed.emit()
        self.failed.emit(code)

    def _followed(self, row: OutboxRow | None) -> None:
        if row is None or self._running:  # while the next case is sealed, news are of the one before
            return
        self._photos_done, self._photos_total = row.blobs_done, row.blobs_total
        self._sent = row.state is ItemState.COMPLETE
        self._receipt.set_sent(sent=self._sent)
        self.changed.emit()
        self._go_on()

    def _go_on(self) -> None:
        """Open the receipt once the ticks were readable and the case arrived, or need not be waited for."""
        if self._navigator.current != "sending" or self._receipt.handover is None or not self._queued:
            return
        if not self._pause.isActive() and (self._sent or not self._wait.isActive()):
            self._stop_waiting()
            self._navigator.open("receipt")

    def _stop_waiting(self) -> None:
        for timer in (self._pause, self._wait, self._look):
            timer.stop()

    def _forget(self) -> None:
        self._stop_waiting()
        self._saved = self._checked = self._queued = self._sent = False
        self._photos_done = self._photos_total = 0
        self._failed_code = ""
        self.changed.emit()


def make_private_receipt(form: OpenForm, lock: PictureLock | None, clock: Clock) -> Locked:
    """Return what this machine remembers of a private case: that it is one, and its three pictures if set."""
    name = receipt_hash(form.receipt.secret).hex()
    kept_until = (moment_of_case(form.id, clock.now()) + PRIVATE_RECEIPT_KEPT).isoformat(
        timespec="milliseconds"
    )
    if lock is None:
        return Locked(name, RECEIPT, b"", b"", kept_until)
    return Locked(name, RECEIPT, lock.salt, lock.seal(b"", name), kept_until)


def make_handover(form: OpenForm, language: str) -> Handover:
    """Return what the receipt says, without more of the person than initials and a given name."""
    questions = [step.question for step in list_steps(form.session) if step.question is not None]
    names = [str(question.value) for question in questions if NAME in question.appearance and question.value]
    request, definition = form.request, form.session.definition
    missing = [
        (request.label_of(question.ref) if request is not None else "")
        or question.attributes.get(f"paper_{language}")
        or question.attributes.get("paper")
        or question.label
        for question in questions
        if question.type is QuestionType.IMAGE and not question.value
    ]
    return Handover(
        receipt=form.receipt,
        service_title=definition.title(language),
        titles={one: definition.title(one) for one in LANGUAGES},
        person_masked=mask_name(names[0]) if names else "",
        deadline=definition.fact("deadline", language),
        missing_papers=tuple(missing),
        route=form.route,
        is_private=form.is_private,
        adds_to=request.number if request is not None else "",
    )
