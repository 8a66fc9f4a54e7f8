"""K17 to K20, K27, K28: what is private, and the sheets over every page."""

from __future__ import annotations

from collections.abc import Sequence

from supportpoint.store.values import Locked
from tests.ui.scene import Scene
from tests.ui.states.answers import PHONE, URGENT
from tests.ui.states.making import AID, State, after, asked, then

VOICE, CATEGORY = "/data/case/summary_voice", "/data/eligible/category"
PICTURES = tuple(f"picture_{name}" for name in ("fish", "house", "star"))
OTHERS = tuple(f"picture_{name}" for name in ("egg", "leaf", "moto"))
LOCKED = Locked("a", "receipt", b"s", b"s", "")
#: How loud somebody was, of 1: a voice that rises and rests.
LEVELS = [0.2, 0.5, 0.7, 0.4, 0.6, 0.8, 0.5, 0.3, 0.1, 0.0, 0.2, 0.6, 0.9, 0.7, 0.5, 0.3]


def _door(*taps: str) -> State:
    def show(scene: Scene) -> None:
        scene.open_form(AID)
        scene.person.wait_for_page("door")
        scene.tap(*taps)

    return show


def locked(scene: Scene) -> None:
    _door("setLockButton", *PICTURES, *PICTURES)(scene)
    scene.person.wait_for_page("door")


def _wrong_pictures(scene: Scene) -> None:
    scene.app.navigator.open("home")
    scene.views.lock.ask(lambda _pictures, done: done(False))
    scene.person.wait_for_page("lock")
    scene.tap(*OTHERS)


def _telling(state: str, notice: str = "", seconds: int = 0, levels: Sequence[float] = ()) -> State:
    """Return the page of the voice in one of its states, as a microphone would have brought it there."""

    def show(scene: Scene) -> None:
        scene.ask(VOICE, AID)
        recorder = scene.views.recorder
        recorder._seconds, recorder._count = seconds, 3
        recorder._levels.extend(levels)
        recorder._is_playing = state == "playing"
        recorder._enter("kept" if state == "playing" else state)
        recorder._say(notice)

    return show


def _after_s(state: State, seconds: int) -> State:
    return after(state, lambda scene: scene.leave_alone(seconds))


def _covered(scene: Scene) -> None:
    scene.ask(URGENT, AID)
    scene.tap("coverButton")


def _asked_for_pictures(scene: Scene) -> None:
    locked(scene)
    scene.tap("card_screen")
    scene.person.wait_for_page("question")
    scene.tap("coverButton", "signButton")


def _wrong_on_the_cover(scene: Scene) -> None:
    _asked_for_pictures(scene)
    scene.tap(*OTHERS)
    scene.person.wait_until(lambda: scene.views.lock.property("message") == "wrong", "the answer")


PRIVATE: dict[str, State] = {
    "K17-door": _door(),
    "K17-door.locked": locked,
    "K17-lock": _door("setLockButton"),
    "K17-lock.two": _door("setLockButton", *PICTURES[:2]),
    "K17-lock.repeat": _door("setLockButton", *PICTURES),
    "K17-lock.differs": _door("setLockButton", *PICTURES, *OTHERS),
    "K17-lock.wrong": _wrong_pictures,
    "K18-aid": asked(CATEGORY, "card_poor", form=AID),
    "K18-aid.urgent": asked(URGENT, form=AID),
    "K18-aid.answer": asked("/data/eligible/papers_now", form=AID, told={CATEGORY: "poor"}),
    "K19-voice": asked(VOICE, form=AID),
    "K19-voice.counting": _telling("counting"),
    "K19-voice.recording": _telling("recording", seconds=42, levels=LEVELS),
    "K19-voice.quiet": _telling("recording", "quiet", 20, LEVELS),
    "K19-voice.soon": _telling("recording", "soon", 152, LEVELS),
    "K19-voice.saving": _telling("saving", seconds=42, levels=LEVELS),
    "K19-voice.kept": _telling("kept", seconds=42, levels=LEVELS),
    "K19-voice.playing": _telling("playing", seconds=3, levels=LEVELS),
    "K19-voice.short": _telling("ready", "short"),
    "K19-voice.silent": _telling("ready", "silent"),
    "K19-voice.need": _telling("ready", "need"),
    "K19-voice.no-microphone": _telling("noMicrophone"),
    "K20-contact": asked("/data/requester/contact", form=AID),
    "K20-contact.address": asked("/data/requester/address_safe", form=AID),
    "K27a-curtain": _after_s(asked(PHONE, "pad_0"), 95),
    "K27b-still-here": _after_s(lambda scene: scene.open("home"), 125),
    "K28-cover": _covered,
    "K28-cover.pictures": _asked_for_pictures,
    "K28-cover.called": then(_asked_for_pictures, "lockCallButton"),
    "K28-cover.wrong": _wrong_on_the_cover,
}
