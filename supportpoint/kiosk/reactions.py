"""What follows from what: the few rules that join the parts. Made once, in bootstrap."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from supportpoint.kiosk.pages.shell import Place
from supportpoint.kiosk.parts import Parts
from supportpoint.records import DeviceIdentity
from supportpoint.sync.loop import REFUSED, SyncState

SENDING = "sending"
WATCHED_PAGES = frozenset({SENDING, "receipt"})
BEFORE_A_FORM = frozenset({"home", "services", "triage"})
#: Where something begins that bears a date.
DATED_PAGES = frozenset({"preparation", "supplement"})
SPEECH, SHEET = "speech", "sheet"
FORM_INPUT_PAGES = frozenset({"question"})


class Reactions(QObject):
    """Joins the parts: leaving, ending, failing, submitting, and news of the sync loop."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._connect_leaving()
        self._connect_work()
        self._connect_presence()

    def _connect_leaving(self) -> None:
        stage, views = self._parts.stage, self._parts.views
        stage.navigator.on_form_back(self._step_back)
        stage.navigator.homeAsked.connect(self._go_home)
        stage.navigator.pageChanged.connect(self._page_changed)
        views.shell.leaveAsked.connect(self._ask_what_next)
        views.shell.moreAsked.connect(self._leave_for_home)
        views.shell.endAsked.connect(self._end_visit)
        views.problem.endAsked.connect(self._end_visit)
        views.receipt.finished.connect(self._ask_what_next)
        views.privacy.endAsked.connect(self._end_visit)
        views.lock.spent.connect(self._wipe_locked)

    def _connect_work(self) -> None:
        stage, views, link = self._parts.stage, self._parts.views, self._parts.link
        stage.tasks.failed.connect(views.problem.show)
        stage.autosave.failed.connect(views.problem.show)
        self._parts.service.failed.connect(views.problem.show)
        views.sending.failed.connect(views.problem.show)
        views.problem.retryAsked.connect(self._retry)
        views.consent.agreed.connect(views.sending.start)
        views.sending.queuedCase.connect(self._queued)
        link.identityFound.connect(self._identity_found)
        link.changed.connect(self._sync_said)

    def _connect_presence(self) -> None:
        views, touched = self._parts.views, self._parts.stage.presence.touched
        views.question.valueChanged.connect(touched)
        views.track.typedChanged.connect(touched)
        views.lock.changed.connect(touched)
        views.shell.coverAsked.connect(views.privacy.cover)
        views.privacy.changed.connect(self._hush_under_sheet)
        views.shell.voice.changed.connect(self._tell_presence)
        views.privacy.covered.connect(views.recorder.rest)

    def _hush_under_sheet(self) -> None:
        """Nothing of a page is heard while nobody is to see it."""
        views = self._parts.views
        is_hidden = bool(views.privacy.sheet)
        views.shell.voice.hush(SHEET, is_quiet=is_hidden)
        if is_hidden:
            views.shell.clear_caption()

    def _tell_presence(self) -> None:
        """Somebody who listens touches nothing; the question whether anybody is there is no sign of life."""
        presence = self._parts.stage.presence
        if not self._parts.views.shell.voice.speaking:
            presence.release(SPEECH)
        elif not presence.is_warning:
            presence.hold(SPEECH)

    def _step_back(self) -> bool:
        views, stage = self._parts.views, self._parts.stage
        if stage.navigator.current in FORM_INPUT_PAGES:
            if views.time.step_back() or views.date.step_back() or views.commune.step_back():
                return True
            views.question.keep_unfinished()
        return stage.walk.backward()

    def _ask_what_next(self) -> None:
        if not self._parts.views.sending.is_running:
            self._parts.stage.navigator.open("ending")

    def _go_home(self) -> None:
        """Leave for home with the draft kept; a private form is asked about first, because it may be lost."""
        if self._parts.views.recorder.finish_then(self._go_home):
            return
        if self._parts.stage.navigator.current == SENDING:
            self._parts.views.sending.hurry()  # nobody leaves without the receipt
            return
        form = self._parts.stage.visit.form
        if form is not None and form.is_private and self._parts.stage.walk.ref:
            self._parts.views.question.keep_unfinished()
            self._ask_what_next()
        else:
            self._leave_for_home()

    def _leave_for_home(self) -> None:
        if self._parts.views.sending.is_running:
            return
        self._parts.views.supplement.drop_empty()
        if self._parts.stage.visit.form is not None:
            self._parts.views.question.keep_unfinished()
            self._parts.service.leave()
        self._parts.stage.navigator.open("home")

    def _wipe_locked(self) -> None:
        """Too many wrong pictures: nothing of what they protected stays."""
        form = self._parts.stage.visit.form
        if form is not None:
            self._parts.service.drop()
        self._end_visit()

    def _end_visit(self) -> None:
        if self._parts.views.sending.is_running:
            return
        self._parts.views.question.keep_unfinished()
        self._parts.views.supplement.drop_empty()
        self._parts.service.put_away()
        self._parts.stage.visit.end()
        self._parts.photos.clear()
        QGuiApplication.clipboard().clear()
        self._parts.stage.tasks.run(lambda store: store.end_visit())
        self._parts.service.refresh()
        self._parts.stage.navigator.open("attract")
        self._parts.views.shell.say_wiped()

    def _retry(self) -> None:
        if self._parts.views.sending.has_failed:
            self._parts.views.sending.retry()
            return
        self._parts.service.refresh()
        self._parts.stage.navigator.leave()

    def _queued(self) -> None:
        self._parts.views.supplement.note_sent(self._parts.views.receipt.addsTo)
        self._parts.service.refresh()
        self._parts.link.wake()

    def _page_changed(self) -> None:
        stage = self._parts.stage
        self._parts.link.watch(is_watched=stage.navigator.current in WATCHED_PAGES)
        if stage.navigator.current in DATED_PAGES and stage.clock.is_wrong():
            self._parts.views.problem.show("SP-109")
        if stage.navigator.current not in BEFORE_A_FORM:
            return
        if stage.visit.form is None:
            stage.visit.lock = None
            return
        if stage.walk.ref:
            self._parts.service.leave()
        else:
            stage.visit.close_form()
        stage.visit.lock = None

    def _identity_found(self, identity: DeviceIdentity | None) -> None:
        if identity is None:
            return
        self._parts.service.metadata = {"deviceid": identity.device}
        place = Place(identity.point_name, identity.commune_name, identity.commune_code)
        self._parts.views.shell.set_place(place)

    def _sync_said(self, state: SyncState) -> None:
        report = state.report
        if report is None:
            return
        self._parts.views.sending.set_online(online=report.is_clean)
        if report.is_clean or report.code == REFUSED:
            self._parts.views.shell.set_refused(refused=report.code == REFUSED)
        self._parts.views.sending.follow()
        if report.changes:
            self._parts.service.refresh()
            self._parts.views.learn.refresh()
