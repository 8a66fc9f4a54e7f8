"""What the pages ask of the player: once by itself, all by the loudspeaker, one card by its own."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from supportpoint.devices.speaker import OnEnd
from supportpoint.forms import FormDefinition
from supportpoint.kiosk.qml_types import Property, QmlUncreatable
from supportpoint.kiosk.visit.stage import Stage
from supportpoint.kiosk.voice.advice import Advice
from supportpoint.kiosk.voice.chain import Chain, Line, Mark, Tongue, Way
from supportpoint.kiosk.voice.phrases import SOURCE, FormPhrases, leave_answers_out
from supportpoint.kiosk.voice.player import Player

QML_IMPORT_NAME = "SupportPoint.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

#: How long a page stands still before it speaks by itself.
SETTLE_MS = 600
#: The sound modules load when the first frame has long been shown, unless somebody listens before.
PREPARE_MS = 2000
#: Pages that a person left or used before their words ended; from then on the title alone.
PATIENT_PAGES = 3
VOLUMES, FIRST_VOLUME = 5, 3
SOFT_SHARE = 0.4
SLOW_PACE = 0.8
#: Never speak by themselves: the first page, where nobody may be, and those that try the devices.
QUIET_PAGES = frozenset({"attract", "devices", "device"})


class PrivateListening(StrEnum):
    """How pages are spoken that others should not hear."""

    EARPHONES = "earphones"
    SOFT = "soft"
    NONE = "none"


@QmlElement
@QmlUncreatable("made by bootstrap")
class VoiceViewModel(QObject):
    """What is spoken now. `line` is its words, to ring the card or row that shows them.

    `mark` is "" or machine, vietnamese, vietnameseMachine, silent. `reading` while the loudspeaker of the
    page reads all. `volume` is 1 to 5. The page answers `settled` by `announce`. `spokenToEnd` comes
    when words were not broken off.
    """

    changed = Signal()
    settingsChanged = Signal()
    preparedChanged = Signal()
    settled = Signal()
    brokenOff = Signal()
    """What `read` or `play` began will not come to its end."""
    spokenToEnd = Signal()
    captionAsked = Signal(str, bool)
    """Words to be shown, and whether nothing is heard of them."""

    def __init__(self, stage: Stage, player: Player, load_tongues: Callable[[], dict[str, Tongue]]) -> None:
        super().__init__()
        self._visit, self._navigator, self._player = stage.visit, stage.navigator, player
        self._walk = stage.walk
        player.setParent(self)
        self._load_tongues = load_tongues
        self._chain: Chain | None = None
        self._phrases: tuple[FormDefinition, FormPhrases] | None = None
        self._on_end: OnEnd | None = None
        self._is_prompt = self._is_reading = self._was_broken_off = self._was_reading = False
        self._has_acted = False
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._settled)
        self._hushed_by: set[str] = set()
        self._is_due = False
        self._advice = Advice(self, self._say_advice)
        self._volume, self._is_muted, self._is_slow = FIRST_VOLUME, False, False
        self._private = PrivateListening.SOFT
        self._early_pages = 0
        player.changed.connect(self._player_changed)
        player.ended.connect(self._ended)
        stage.navigator.pageChanged.connect(self._open_page)
        stage.walk.moved.connect(self._move)
        stage.visit.languageChanged.connect(self.turn)
        stage.visit.formChanged.connect(self._set_player)
        stage.visit.ended.connect(self._forget)

    @Property(str, notify=changed)
    def line(self) -> str:
        return self._player.line

    @Property(str, notify=changed)
    def mark(self) -> str:
        return self._player.mark.value

    @Property(bool, notify=changed)
    def speaking(self) -> bool:
        return self._player.is_busy

    @Property(bool, notify=changed)
    def reading(self) -> bool:
        return self._is_reading

    @Property(int, notify=settingsChanged)
    def volume(self) -> int:
        return self._volume

    @Property(int, notify=settingsChanged)
    def volumeCount(self) -> int:
        return VOLUMES

    @Property(bool, notify=settingsChanged)
    def muted(self) -> bool:
        return self._is_muted

    @Property(bool, notify=settingsChanged)
    def slow(self) -> bool:
        return self._is_slow

    @Property(str, notify=settingsChanged)
    def privateListening(self) -> str:
        return self._private.value

    @Property(bool, notify=settingsChanged)
    def aloud(self) -> bool:
        """Answers may be spoken: the page is not private, or only the person hears."""
        return not self._is_private or self._private is PrivateListening.EARPHONES

    @property
    def is_prepared(self) -> bool:
        """The devices and the words were looked at, so that asking them costs nothing."""
        return self._chain is not None

    def prepare(self) -> Chain:
        """Load the sound modules and the words of the pages, once."""
        if self._chain is None:
            self._chain = Chain(self._load_tongues(), self._form_phrases)
            self._player.has_speaker()
            self._set_player()
            self.preparedChanged.emit()
        return self._chain

    def prepare_later(self) -> None:
        """Prepare when the first frame has long been shown."""
        QTimer.singleShot(PREPARE_MS, self, self.prepare)

    def has_voice(self, language: str) -> bool:
        """Whether a language is heard here: recordings, or for Vietnamese the machine."""
        if self._chain is None:
            return False
        recorded = self._chain.is_recorded(language) and self._player.has_speaker()
        return recorded or self.can_read(language)

    def can_read(self, language: str) -> bool:
        """Whether any words of a language can be read: only Vietnamese by machine."""
        return language == SOURCE and self._player.has_machine()

    def read(self, text: str, language: str, on_end: OnEnd) -> None:
        """Read words of an article and call back at their end, unless they are broken off."""
        self._on_end = None
        self._play([self._player.limit(self.prepare().line(text, language))])
        self._on_end = on_end

    def play(self, clip: bytes, on_end: OnEnd) -> None:
        """Play what a person told and call back at its end, unless it is broken off."""
        self.prepare()
        self.stop()
        self._on_end = on_end
        self._player.play([Line("", ((Way((clip,)),),))])
        self.changed.emit()

    def hush(self, who: str, *, is_quiet: bool) -> None:
        """Let nothing begin while `who` says so; a page that came meanwhile speaks afterwards."""
        if is_quiet and who not in self._hushed_by:
            self.stop()
            self._hushed_by.add(who)
        elif not is_quiet and who in self._hushed_by:
            self._hushed_by.discard(who)
            if self._is_due and not self._hushed_by:
                self.turn()

    def was_reading_when_touched(self) -> bool:
        """Whether the touch that leads here broke off what `read` or `play` began; asked once."""
        was, self._was_broken_off = self._was_broken_off, False
        return was

    @Slot(str, str)
    def announce(self, title: str, spoken: str) -> None:
        """Speak what the settled page says of itself; nothing when nothing can be heard."""
        words = title if self._early_pages >= PATIENT_PAGES else spoken
        self._is_prompt = self._may_begin() and self._say_known(words)

    @Slot("QVariantList")
    def replay(self, texts: list[str]) -> None:
        """Read the whole page line by line; a touch on the loudspeaker that broke this off only stops it."""
        self._early_pages = 0
        if self._was_reading or self._is_reading:
            self._was_reading = False
            self.stop()
            return
        self._say(texts)
        self._is_reading = self._player.is_busy
        self.changed.emit()

    @Slot(str)
    def speak(self, text: str) -> None:
        """Speak what was touched; "" only stops."""
        self._say([text])

    @Slot(str)
    def speakAnswer(self, text: str) -> None:
        """Speak what was chosen, where others may hear it."""
        if self.aloud:
            self._say([text])

    @Slot(str)
    def alert(self, text: str) -> None:
        """Say by itself what went wrong or is asked next; a page that has yet to speak says its own first."""
        if not self._settle.isActive() and not self._hushed_by:
            self.ask(text)

    @Slot(str)
    def ask(self, text: str) -> None:
        """Say by itself what a sheet over the page asks."""
        if self._may_begin() and text and self._player.line != text:
            self._say_known(text)

    @Slot(str)
    def advise(self, text: str) -> None:
        """Say by itself what would help at the moment: each advice once a page, never into other words."""
        self._advice.want(text)

    @Slot(str)
    def notice(self, text: str) -> None:
        """Speak and show words that stand nowhere on the page."""
        self._say([text])
        self.captionAsked.emit(text, self._player.mark is Mark.SILENT)

    @Slot(str, str)
    def greet(self, language: str, name: str) -> None:
        """Speak the own name of a language."""
        line = self._player.limit(self.prepare().greeting(language, name))
        self._play([line])

    @Slot()
    def stop(self) -> None:
        """Be silent, also about what was going to begin."""
        self._settle.stop()
        was_awaited, self._on_end = self._on_end is not None, None
        self._is_prompt = self._is_reading = False
        self._player.stop()
        if was_awaited:
            self.changed.emit()
            self.brokenOff.emit()

    @Slot()
    def touched(self) -> None:
        """Be silent: the person acts."""
        if (self._is_prompt or self._settle.isActive()) and not self._has_acted:
            self._early_pages += 1
            self._has_acted = True
        self._was_reading, self._was_broken_off = self._is_reading, self._on_end is not None
        self._advice.rest()
        self.stop()

    @Slot()
    def turn(self) -> None:
        """Another page, question, part or language is there: be silent, and speak when it has settled."""
        self.stop()
        self._has_acted = False
        self._advice.begin(keep=True)
        self._is_due = bool(self._hushed_by)
        if not self._is_due and self._navigator.current not in QUIET_PAGES:
            self._settle.start()

    @Slot()
    def louder(self) -> None:
        self._step_volume(1)

    @Slot()
    def softer(self) -> None:
        self._step_volume(-1)

    @Slot()
    def toggleMute(self) -> None:
        self._is_muted = not self._is_muted
        self.stop()
        self.settingsChanged.emit()

    @Slot()
    def toggleSlow(self) -> None:
        """Let the machine read slower, or as usual again."""
        self._is_slow = not self._is_slow
        self._set_player()

    @Slot(str)
    def setPrivateListening(self, how: str) -> None:
        """Choose how private pages are spoken in this visit: earphones, soft or none."""
        self._private = PrivateListening(how)
        self._set_player()

    @property
    def _is_private(self) -> bool:
        return self._visit.form is not None and self._visit.form.is_private

    def _may_begin(self) -> bool:
        hushed = self._is_private and self._private is PrivateListening.NONE
        return not self._is_muted and not hushed and self._navigator.current not in QUIET_PAGES

    def _open_page(self) -> None:
        self._advice.begin(keep=False)
        self.turn()

    def _move(self) -> None:
        """Another screen of the form is there; one that was closed says nothing of the page that stays."""
        if self._walk.step is not None:
            self.turn()

    def _say(self, texts: list[str]) -> None:
        script = self._script(texts) if not self._hushed_by else []
        if not any(line.stretches for line in script):
            script = script[:1]
        if script:
            self._play(script)
        else:
            self.stop()

    def _say_known(self, text: str) -> bool:
        script = self._script([text])
        is_known = any(line.stretches for line in script)
        if is_known:
            self._play(script)
        return is_known

    def _say_advice(self, text: str) -> bool:
        is_busy = self._settle.isActive() or self._player.is_busy or bool(self._hushed_by)
        return not is_busy and self._may_begin() and self._say_known(text)

    def _script(self, texts: list[str]) -> list[Line]:
        chain, language = self.prepare(), self._visit.language
        question = self._walk.step.question if self._walk.step is not None else None
        said = (leave_answers_out(text, question) for text in texts if text.strip())
        return [self._player.limit(chain.line(text, language)) for text in said]

    def _play(self, script: list[Line]) -> None:
        self.stop()
        self._player.play(script)
        self.changed.emit()

    def _form_phrases(self) -> FormPhrases | None:
        form = self._visit.form
        if form is None:
            return None
        definition = form.session.definition
        if self._phrases is None or self._phrases[0] is not definition:
            self._phrases = (definition, FormPhrases(definition.itext, form.package.files))
        return self._phrases[1]

    def _settled(self) -> None:
        self.settled.emit()
        self._advice.offer()

    def _player_changed(self) -> None:
        if self._player.mark is Mark.SILENT:
            self.captionAsked.emit(self._player.line, True)
        self.changed.emit()

    def _ended(self, was_heard: bool) -> None:
        on_end, self._on_end = self._on_end, None
        self._is_prompt = self._is_reading = False
        self.changed.emit()
        if on_end is not None:
            on_end(was_heard)
        self.spokenToEnd.emit()
        self._advice.offer()

    def _step_volume(self, by: int) -> None:
        self._volume = max(1, min(VOLUMES, self._volume + by))
        self._set_player()

    def _set_player(self) -> None:
        self.settingsChanged.emit()
        if self._chain is None:
            return
        share = self._volume / VOLUMES
        self._player.set_volume(share if self.aloud else share * SOFT_SHARE)
        self._player.set_pace(SLOW_PACE if self._is_slow else 1.0)

    def _forget(self) -> None:
        self.stop()
        self._phrases, self._is_due = None, False
        self._was_broken_off = self._was_reading = False
        self._volume, self._is_muted, self._is_slow = FIRST_VOLUME, False, False
        self._private = PrivateListening.SOFT
        self._early_pages = 0
        self._set_player()
