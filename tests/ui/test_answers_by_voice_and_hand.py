"""Answers without a key: told to the microphone, signed in the box; by touches, with stand-in devices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtTest import QTest

from supportpoint.devices.fake_sound import FakeMicrophone
from supportpoint.devices.microphone import HARD_LIMIT_S, Moment, NoMicrophone, Recording
from supportpoint.devices.ogg import find_sound_ms
from supportpoint.devices.opus import OpusWriter
from supportpoint.kiosk import bootstrap
from supportpoint.kiosk.pages import recorder as recorder_page
from supportpoint.kiosk.pages.recorder import time_notice

TOLD, WRITTEN, SIGN, CANNOT = "/data/told", "/data/written", "/data/sign", "/data/cannot"
LONG = ((0.1, 0.5), (0.4, 0.2), (0.7, 0.8))


class Microphone(FakeMicrophone):
    """Hears what the test says, in its own time."""

    def __init__(self) -> None:
        super().__init__()
        self.there, self.is_on, self.peak, self.time_ms = True, False, 0.4, 0

    @property
    def is_there(self) -> bool:
        return self.there

    def start(self, on_level: Any, on_moment: Any) -> None:
        self.on_level, self.on_moment, self.is_on, self.time_ms = on_level, on_moment, True, 0

    def stop(self, on_recording: Any) -> None:
        self.is_on = False
        writer = OpusWriter()
        writer.write(bytes(48 * self.time_ms))
        on_recording(Recording(writer.close(), self.time_ms, self.peak))

    def cancel(self) -> None:
        self.is_on = False

    def hear(self, until_ms: int, level: float = 0.4) -> None:
        self.time_ms = until_ms
        self.on_level(level, until_ms)


@pytest.fixture
def microphone(monkeypatch: pytest.MonkeyPatch, qapp: object) -> Microphone:
    del qapp
    found = Microphone()
    whole = bootstrap.make_devices
    monkeypatch.setattr(
        bootstrap, "make_devices", lambda folder, fake: replace(whole(folder, fake=fake), microphone=found)
    )
    monkeypatch.setattr(recorder_page, "COUNT_MS", 5)
    return found


@pytest.fixture
def person(microphone: Microphone, told_form: str, meet: Callable[..., Any]) -> Any:
    del microphone
    someone = meet()
    someone.walk_to_form(told_form)
    someone.wait_for_page("voice")
    return someone


def form(person: Any) -> Any:
    return person.app.parts.stage.visit.form


def state(person: Any) -> str:
    return str(person.views.recorder.property("voiceState"))


def notice(person: Any) -> str:
    return str(person.views.recorder.property("notice"))


def tell(person: Any, microphone: Microphone, for_ms: int, button: str = "recordButton") -> None:
    person.tap(button)
    person.wait_until(lambda: microphone.is_on, "the microphone")
    microphone.hear(for_ms)
    person.tap("recordButton")
    person.wait_until(lambda: state(person) != "saving", "the recording")


def test_a_story_is_told_heard_told_on_and_used(person: Any, microphone: Microphone):
    assert person.find("microphoneLive") is None
    person.tap("recordButton")
    person.wait_until(lambda: microphone.is_on, "the microphone")
    assert person.find("microphoneLive") is not None, "a live microphone is always shown"
    microphone.hear(42_000)
    assert person.find("voiceTime").property("text") == "00:42"
    assert person.views.recorder.property("levels")[0] == pytest.approx(0.4)
    person.tap("recordButton")
    person.wait_until(lambda: state(person) == "kept", "the recording")
    assert person.find("microphoneLive") is None
    person.tap("recordButton")
    assert person.app.devices.speaker.is_playing
    person.tap("recordButton")
    assert not person.app.devices.speaker.is_playing
    tell(person, microphone, 38_000, "appendButton")
    person.wait_until(lambda: len(form(person).attachments) == 1 and state(person) == "kept", "both")
    (kept,) = form(person).attachments.values()
    assert find_sound_ms(kept.content) == pytest.approx(80_000, abs=100)
    assert kept.media_type == "audio/ogg"
    person.tap("continueButton")
    person.wait_for_page("signature")
    assert form(person).session.value(TOLD) == kept.name
    assert not form(person).session.is_relevant(WRITTEN), "told by voice stands for writing"


def test_told_anew_only_the_last_telling_is_kept(person: Any, microphone: Microphone):
    tell(person, microphone, 5000)
    first = form(person).session.value(TOLD)
    tell(person, microphone, 9000, "againButton")
    assert form(person).session.value(TOLD) != first
    assert [find_sound_ms(one.content) // 1000 for one in form(person).attachments.values()] == [9]


@pytest.mark.parametrize(("for_ms", "peak", "said"), [(900, 0.4, "short"), (4000, 0.001, "silent")])
def test_what_is_too_short_or_silent_is_no_answer(
    person: Any, microphone: Microphone, for_ms: int, peak: float, said: str
):
    microphone.peak = peak
    tell(person, microphone, for_ms)
    assert (state(person), notice(person)) == ("ready", said)
    assert form(person).attachments == {}
    person.tap("continueButton")
    assert (person.page, notice(person)) == ("voice", "need")


def test_silence_asks_and_does_not_cut(person: Any, microphone: Microphone):
    person.tap("recordButton")
    person.wait_until(lambda: microphone.is_on, "the microphone")
    microphone.hear(20_000)
    microphone.on_moment(Moment.QUIET)
    assert (state(person), notice(person), microphone.is_on) == ("recording", "quiet", True)
    person.app.window.grabWindow()  # a row places what it holds when it is drawn
    person.tap("carryOnButton")
    assert (state(person), notice(person)) == ("recording", "")
    microphone.on_moment(Moment.QUIET)
    microphone.hear(22_000)
    assert notice(person) == "", "a voice is an answer too"


def test_time_runs_out_with_a_warning_and_what_was_told_is_kept(person: Any, microphone: Microphone):
    person.tap("recordButton")
    person.wait_until(lambda: microphone.is_on, "the microphone")
    said = []
    for second in (149, 150, 180, 270):
        microphone.hear(second * 1000)
        said.append(notice(person))
    assert said == ["", "soon", "soft", "last"] == [time_notice(second) for second in (149, 150, 180, 270)]
    microphone.hear(HARD_LIMIT_S * 1000)
    microphone.on_moment(Moment.HARD_LIMIT)
    person.wait_until(lambda: state(person) == "kept", "the recording")
    assert (notice(person), microphone.is_on) == ("full", False)


def test_telling_on_stops_at_five_minutes_in_all(person: Any, microphone: Microphone):
    tell(person, microphone, 200_000)
    person.tap("appendButton")
    person.wait_until(lambda: microphone.is_on, "the microphone")
    microphone.hear(70_000)
    assert notice(person) == "last"
    microphone.hear(100_000)
    assert not microphone.is_on
    person.wait_until(lambda: state(person) == "kept", "the recording")


def test_one_may_write_instead(person: Any, microphone: Microphone):
    tell(person, microphone, 5000)
    person.tap("skipVoiceButton")
    person.wait_for_page("question")
    assert person.app.parts.stage.walk.ref == WRITTEN
    assert form(person).attachments == {}


def test_leaving_the_page_stops_the_microphone_and_keeps_what_was_told(person: Any, microphone: Microphone):
    person.tap("recordButton")
    person.wait_until(lambda: microphone.is_on, "the microphone")
    microphone.hear(7000)
    person.tap("callButton")
    person.wait_for_page("help")
    assert not microphone.is_on
    person.tap("backButton")
    person.wait_for_page("voice")
    assert state(person) == "kept"
    person.tap("recordButton")
    assert person.app.devices.speaker.is_playing
    person.tap("callButton")
    assert not person.app.devices.speaker.is_playing


def test_going_home_keeps_what_was_told_so_far_in_the_draft(person: Any, microphone: Microphone):
    person.tap("recordButton")
    person.wait_until(lambda: microphone.is_on, "the microphone")
    microphone.hear(7000)
    person.tap("homeButton")
    person.wait_for_page("home")
    assert not microphone.is_on
    tasks = person.app.parts.stage.tasks
    (draft,) = tasks(lambda store: store.list_drafts())
    (told,) = tasks(lambda store: store.find_draft(draft.id)).attachments
    assert (find_sound_ms(told.content) or 0) // 1000 == 7
    assert told.media_type == "audio/ogg"


def test_nothing_of_a_recording_outlives_the_visit(person: Any, microphone: Microphone):
    tell(person, microphone, 5000)
    tell_on = person.app.parts.stage.visit
    person.tap("againButton")
    person.wait_until(lambda: microphone.is_on, "the microphone")
    tell_on.end()
    assert not microphone.is_on
    assert tell_on.form is None
    assert (state(person), person.views.recorder.property("seconds")) == ("ready", 0)


def test_without_a_microphone_the_page_says_so_and_goes_on(person: Any, microphone: Microphone):
    microphone.there = False
    person.app.navigator.open("help")
    person.tap("backButton")
    person.wait_for_page("voice")
    assert state(person) == "noMicrophone"
    person.tap("continueButton")
    person.wait_for_page("question")
    assert NoMicrophone().is_there is False


def test_the_review_says_how_long_it_is(person: Any, microphone: Microphone):
    tell(person, microphone, 80_000)
    person.tap("continueButton")
    person.wait_for_page("signature")
    person.draw("signaturePad", LONG)
    person.tap("continueButton")
    person.wait_for_page("review")
    texts = [str(item.property("text")) for item in _texts(person.app.window.contentItem())]
    assert "Đã ghi 1 phút 20 giây" in texts
    assert "Đã ký" in texts


def _texts(item: Any) -> list[Any]:
    found = [item] if item.inherits("QQuickText") and item.isVisible() else []
    return found + [one for child in item.childItems() for one in _texts(child)]


def to_signature(person: Any) -> None:
    person.tap("skipVoiceButton")
    person.wait_for_page("question")
    person.type_text("An")
    person.tap("continueButton")
    person.wait_for_page("signature")


def test_a_signature_is_drawn_undone_and_kept_as_a_small_picture(person: Any):
    to_signature(person)
    signature = person.views.signature
    person.draw("signaturePad", ((0.5, 0.5), (0.51, 0.5)))
    person.tap("continueButton")
    assert (person.page, signature.property("isMissing")) == ("signature", True), "a dot is no signature"
    person.draw("signaturePad", LONG)
    assert signature.property("strokeCount") == 2
    person.tap("undoStrokeButton")
    assert (signature.property("strokeCount"), signature.property("isSigned")) == (1, False)
    person.tap("clearSignatureButton")
    assert signature.property("strokeCount") == 0
    person.draw("signaturePad", LONG)
    person.tap("continueButton")
    person.wait_for_page("review")
    (kept,) = form(person).attachments.values()
    assert kept.content.startswith(b"\x89PNG")
    assert len(kept.content) < 20_000
    assert form(person).session.value(SIGN) == kept.name
    assert not form(person).session.is_relevant(CANNOT)


def test_ink_follows_the_finger(person: Any):
    to_signature(person)
    before = person.app.window.grabWindow()
    person.draw("signaturePad", LONG)
    QTest.qWait(20)
    after = person.app.window.grabWindow()
    pad = person.find("signaturePad")
    corner = pad.mapToScene(pad.boundingRect().topLeft()).toPoint()
    across = [
        (corner.x() + int(0.4 * pad.width()), corner.y() + y) for y in range(8, int(0.7 * pad.height()))
    ]
    assert not any(before.pixelColor(*at).lightness() < 80 for at in across)
    assert any(after.pixelColor(*at).lightness() < 80 for at in across)


def test_who_cannot_sign_says_so_and_no_drag_is_needed(person: Any):
    to_signature(person)
    person.tap("cannotSignButton")
    person.wait_until(lambda: person.app.parts.stage.walk.ref == CANNOT, "the question")
    person.tap("card_OK")
    person.tap("continueButton")
    person.wait_for_page("review")
    assert form(person).session.value(CANNOT) == "OK"
    assert form(person).attachments == {}
