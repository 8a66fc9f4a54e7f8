"""K19: tell it by voice. Record, hear it again, record anew or go on telling; the sound stays in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import pairwise
from secrets import token_hex

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.devices.microphone import HARD_LIMIT_S, SOFT_LIMIT_S, Microphone, Moment, Recording
from supportpoint.devices.ogg import find_sound_ms
from supportpoint.devices.recorder import join_recordings
from supportpoint.devices.take import QUIET_LEVEL
from supportpoint.errors import SupportPointError
from supportpoint.forms.view import Question, QuestionType
from supportpoint.kiosk.pages.voice import VoiceViewModel
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.visit.visit import OpenForm
from supportpoint.kiosk.words.translations import SOURCE_LANGUAGE
from supportpoint.records import Attachment

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

PAGE = "voice"
COUNT_FROM, COUNT_MS = 3, 1000
BARS = 25
#: What is shorter is a slip of the finger.
SHORTEST_MS = 1500
WARN_S = 30


@QmlElement
@QmlUncreatable("made by bootstrap")
class RecorderViewModel(QObject):
    """`voiceState` is ready, counting, recording, saving, kept or noMicrophone.

    `notice` is "" or: soon, soft, last (time goes), quiet (nobody speaks: the page asks), silent, short,
    full, lost, failed, unheard (no loudspeaker), need (Continue without a recording).
    `levels` are 25 numbers 0 to 1, the newest last, -1 where nothing was heard yet.
    """

    changed = Signal()
    alive = Signal()
    """Comes again and again while it records or plays."""

    def __init__(self, stage: Stage, microphone: Microphone, voice: VoiceViewModel) -> None:
        super().__init__()
        self._visit, self._walk, self._navigator = stage.visit, stage.walk, stage.navigator
        self._tasks, self._autosave, self._presence = stage.tasks, stage.autosave, stage.presence
        self._microphone, self._voice = microphone, voice
        self._ref, self._state, self._notice = "", "ready", ""
        self._count, self._seconds, self._before_ms = 0, 0, 0
        self._is_added = self._is_playing = self._is_held = False
        self._after: Callable[[], None] | None = None
        self._levels: deque[float] = deque(maxlen=BARS)
        self._counting = QTimer(self, interval=COUNT_MS)
        self._counting.timeout.connect(self._count_down)
        self._playing = QTimer(self, interval=1000)
        self._playing.timeout.connect(self._play_on)
        self.alive.connect(self._tell_presence)
        voice.brokenOff.connect(self._broken_off)
        stage.walk.moved.connect(self._walked)
        stage.navigator.pageChanged.connect(self._page_changed)
        stage.visit.ended.connect(self._forget)

    @Property(str, notify=changed)
    def voiceState(self) -> str:
        return self._state

    @Property(str, notify=changed)
    def notice(self) -> str:
        return self._notice

    @Property(str, notify=changed)
    def title(self) -> str:
        question = self._question()
        return question.label if question is not None else ""

    @Property(str, notify=changed)
    def hint(self) -> str:
        question = self._question()
        return question.hint if question is not None else ""

    @Property("QStringList", notify=changed)
    def prompts(self) -> list[str]:
        question = self._question()
        if question is None:
            return []
        name = "prompts" if self._visit.language == SOURCE_LANGUAGE else f"prompts_{self._visit.language}"
        return [word.strip() for word in question.attributes.get(name, "").split(";") if word.strip()]

    @Property(bool, notify=changed)
    def canSkip(self) -> bool:
        question = self._question()
        return question is not None and not question.required

    @Property(bool, notify=changed)
    def canWrite(self) -> bool:
        """The form's next question asks for the same in writing; it may be there only while nobody told."""
        form = self._visit.form
        asked = form.session.definition.list_questions(self._visit.language) if form is not None else ()
        group = self._ref.rpartition("/")[0]
        return any(
            later.type is QuestionType.TEXT and later.ref.rpartition("/")[0] == group
            for one, later in pairwise(asked)
            if one.ref == self._ref
        )

    @Property(bool, notify=changed)
    def microphoneFake(self) -> bool:
        return self._microphone.is_fake

    @Property(int, notify=changed)
    def countdown(self) -> int:
        return self._count

    @Property(bool, notify=changed)
    def isPlaying(self) -> bool:
        return self._is_playing

    @Property(int, notify=alive)
    def seconds(self) -> int:
        return self._seconds

    @Property("QVariantList", notify=alive)
    def levels(self) -> list[float]:
        return [*self._levels, *[-1.0] * (BARS - len(self._levels))]

    @Slot()
    def begin(self) -> None:
        """Count to three and record; what was recorded before stands until there is a new one."""
        self._begin(is_added=False)

    @Slot()
    def append(self) -> None:
        """Count to three and go on telling behind what is there."""
        self._begin(is_added=True)

    @Slot()
    def finish(self) -> None:
        """Stop recording, or counting."""
        self._stop()

    @Slot()
    def rest(self) -> None:
        """Whatever page or sheet comes, nothing sounds and nothing is heard on it."""
        self._hush()
        self._stop()

    @Slot()
    def carryOn(self) -> None:
        """Not done yet: the question whether one is done goes away."""
        self._say("")

    @Slot()
    def replay(self) -> None:
        """Play what was recorded from its beginning; the touch that broke it off only stops it."""
        kept = self._kept()
        if self._voice.was_reading_when_touched() or self._is_playing or kept is None:
            self._hush()
            return
        self._is_playing, self._seconds, self._notice = True, 0, ""
        self._playing.start()
        self.changed.emit()
        self.alive.emit()
        self._voice.play(kept.content, self._visit.during(self._played))

    @Slot()
    def keep(self) -> None:
        """Use the recording and go on."""
        self._go_on() if self._state == "kept" else self._say("need")

    @Slot()
    def skip(self) -> None:
        """Go on without a recording; one that was made is let go of."""
        form = self._visit.form
        self._microphone.cancel()
        if form is not None and self._ref:
            form.attach(self._ref, None)
        self._go_on()

    def finish_then(self, call: Callable[[], None]) -> bool:
        """End a recording that runs and call when it is stored or refused; False when none runs."""
        if self._state != "recording":
            return False
        self._after = call
        self._stop()
        return True

    def _begin(self, *, is_added: bool) -> None:
        if self._state not in {"ready", "kept"}:
            return
        self._hush()
        kept = self._kept()
        self._is_added = is_added and kept is not None
        self._before_ms = find_sound_ms(kept.content) or 0 if kept is not None and is_added else 0
        self._count, self._notice = COUNT_FROM, ""
        self._counting.start()
        self._enter("counting")

    def _count_down(self) -> None:
        self._count -= 1
        self.alive.emit()
        if self._count > 0:
            self.changed.emit()
            return
        self._counting.stop()
        self._levels.clear()
        self._seconds = self._before_ms // 1000
        try:
            self._microphone.start(self._heard, self._happened)
        except SupportPointError as error:
            self._notice = "failed"
            self._enter("noMicrophone" if error.code == "SP-702" else self._at_rest())
            return
        self._enter("recording")

    def _heard(self, level: float, time_ms: int) -> None:
        if self._state != "recording":
            return
        before, self._seconds = self._seconds, (self._before_ms + time_ms) // 1000
        self._levels.append(level)
        if self._notice == "quiet" and level >= QUIET_LEVEL:
            self._say("")
        if self._seconds != before and self._notice != "quiet":
            self._say(time_notice(self._seconds))
        self.alive.emit()
        if self._before_ms and self._seconds >= HARD_LIMIT_S:
            self._happened(Moment.HARD_LIMIT)

    def _happened(self, moment: Moment) -> None:
        if self._state != "recording":
            return
        if moment is Moment.QUIET:
            self._say("quiet")
        elif moment in {Moment.HARD_LIMIT, Moment.LOST}:
            self._stop("full" if moment is Moment.HARD_LIMIT else "lost")

    def _stop(self, notice: str = "") -> None:
        """End counting or recording; the sound belongs to the question it was begun at."""
        if self._state == "counting":
            self._counting.stop()
            self._enter(self._at_rest())
            return
        if self._state != "recording":
            return
        form = self._visit.form
        if form is None:
            self._microphone.cancel()
            self._enter("ready")
            return
        ref, before = self._ref, self._kept() if self._is_added else None

        def done(outcome: Recording | str) -> None:
            self._recorded(form, ref, before, outcome)

        self._notice = notice
        self._enter("saving")
        self._microphone.stop(self._visit.during(done))

    def _recorded(
        self, form: OpenForm, ref: str, before: Attachment | None, outcome: Recording | str
    ) -> None:
        if isinstance(outcome, str):
            self._settle(ref, "failed")
        elif outcome.duration_ms < SHORTEST_MS and before is None:
            self._settle(ref, "short")
        elif outcome.peak < QUIET_LEVEL:
            self._settle(ref, "silent")
        elif before is None:
            self._store(form, ref, outcome.content)
        else:

            def joined(content: bytes) -> None:
                self._store(form, ref, content)

            first, second = before.content, outcome.content
            self._tasks.compute(
                lambda: join_recordings(first, second),
                self._visit.during(joined),
                self._visit.during(lambda _code: self._settle(ref, "failed")),
            )

    def _store(self, form: OpenForm, ref: str, content: bytes) -> None:
        """Answer with the recording at once: a kiosk that loses power has it in its sealed draft."""
        if form is not self._visit.form:
            return
        name = f"{ref.rpartition('/')[2]}-{token_hex(4)}.ogg"
        form.attach(ref, Attachment(name=name, content=content, media_type="audio/ogg"))
        self._autosave.save(self._walk.ref)
        self._settle(ref, self._notice)

    def _settle(self, ref: str, notice: str) -> None:
        if ref == self._ref:
            self._notice = notice
            self._enter(self._at_rest())
        after, self._after = self._after, None
        if after is not None:
            after()

    def _at_rest(self) -> str:
        kept = self._kept()
        if kept is None:
            self._seconds = 0
            return "ready" if self._microphone.is_there else "noMicrophone"
        self._seconds = (find_sound_ms(kept.content) or 0) // 1000
        return "kept"

    def _kept(self) -> Attachment | None:
        form = self._visit.form
        return form.find_file(self._ref) if form is not None and self._ref else None

    def _question(self) -> Question | None:
        step = self._walk.step
        return step.question if step is not None and step.screen == PAGE else None

    def _go_on(self) -> None:
        self._hush()
        self._walk.forward()
        self._autosave.save(self._walk.ref)

    def _walked(self) -> None:
        question = self._question()
        ref = question.ref if question is not None else ""
        if ref != self._ref:
            self.rest()
            self._ref, self._notice = ref, ""
            self._levels.clear()
            self._state = self._at_rest() if ref else "ready"
            self.alive.emit()
        self.changed.emit()

    def _page_changed(self) -> None:
        if self._navigator.current != PAGE:
            self.rest()
        elif self._state in {"ready", "noMicrophone"}:
            self._enter(self._at_rest())

    def _hush(self) -> None:
        if self._is_playing:
            self._voice.stop()

    def _broken_off(self) -> None:
        """Somebody touched, left, or something else is spoken."""
        if self._is_playing:
            self._playing.stop()
            self._is_playing = False
            self._enter(self._at_rest())

    def _tell_presence(self) -> None:
        """Somebody who tells touches nothing."""
        is_busy = self._state in {"counting", "recording", "saving"}
        if is_busy != self._is_held:
            self._is_held = is_busy
            (self._presence.hold if is_busy else self._presence.release)(PAGE)

    def _play_on(self) -> None:
        self._seconds += 1
        self.alive.emit()

    def _played(self, was_heard: bool) -> None:
        self._broken_off()
        if not was_heard:
            self._say("unheard")

    def _enter(self, state: str) -> None:
        """A voice would be recorded with the person's own."""
        self._state = state
        self._voice.hush(PAGE, is_quiet=state in {"counting", "recording"})
        self.alive.emit()
        self.changed.emit()

    def _say(self, notice: str) -> None:
        if notice != self._notice:
            self._notice = notice
            self.changed.emit()

    def _forget(self) -> None:
        self._counting.stop()
        self._microphone.cancel()
        self._hush()
        self._ref, self._notice, self._seconds, self._after = "", "", 0, None
        self._levels.clear()
        self._enter("ready")


def time_notice(seconds: int) -> str:
    """Return what a recording of so many seconds should hear of its limits: three minutes, five at most."""
    if seconds >= HARD_LIMIT_S - WARN_S:
        return "last"
    if seconds >= SOFT_LIMIT_S:
        return "soft"
    return "soon" if seconds >= SOFT_LIMIT_S - WARN_S else ""
