"""Who speaks while somebody acts: doors, pictures, cameras, microphones, printers, sheets and the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtTest import QTest

from supportpoint.kiosk.pages import recorder as recorder_page
from supportpoint.kiosk.visit.presence import HELD_AT_MOST_S
from tests.ears import (
    Ears,
    open_form,
    put_spoken_form,
    touch_nothing,
    voice_of,
    wait_for_silence,
    wait_for_words,
)
from tests.ui.scene import Scene
from tests.ui.states import STATES
from tests.ui.test_listening import ringed
from tests.ui.test_listening_everywhere import scene

__all__ = ["scene"]

STILL_HERE = "Bà con còn ở đây không?"
#: One page of each kind.
KINDS = (
    *("K01-demo", "K03-home", "K06-scan", "K09-photo", "K10-path", "K13-signature", "K15-receipt"),
    *("K15-receipt.code", "K16-listing", "K17-door", "K17-lock", "K19-voice", "K24-track"),
    *("K25-status.hidden", "K26-supplement", "K30-ending", "K31-problem"),
)


def hear_nothing_for(person: Any, ears: Ears, ms: int = 150) -> None:
    before = list(ears.heard)
    QTest.qWait(ms)
    assert ears.heard == before


def count_to(person: Any, seconds: int) -> None:
    for _ in range(seconds):
        person.app.parts.stage.presence._second()


def test_a_touch_silences_a_page_of_each_kind(scene: Scene, ears: Ears):
    took_ms = {}
    for name in KINDS:
        scene.clear(name)
        STATES[name](scene)
        wait_for_silence(scene.person)
        voice_of(scene.person).speak("Máy chưa gửi gì cả.")
        ears._timer.start(60_000)
        assert ears.is_playing, name
        took_ms[name] = touch_nothing(scene.person)
        assert not ears.is_playing, name
    assert {name: ms for name, ms in took_ms.items() if ms > 100} == {}


def test_the_door_reads_its_cards_and_earphones_are_heard_alone(scene: Scene, ears: Ears):
    person = scene.person
    STATES["K17-door"](scene)
    wait_for_silence(person)
    soft = ears.volume
    rings: list[str] = []
    voice_of(person).changed.connect(lambda: rings.extend(ringed(person)))
    person.tap("listenButton")
    wait_for_silence(person)
    assert list(dict.fromkeys(rings)) == ["card_ears", "card_staff", "card_screen"]
    person.tap("card_ears")
    person.wait_for_page("question")
    assert voice_of(person).property("privateListening") == "earphones"
    assert voice_of(person).property("aloud")
    assert ears.volume == pytest.approx(soft / 0.4)


def test_the_pictures_of_a_lock_are_never_spoken(scene: Scene, ears: Ears):
    person = scene.person
    STATES["K17-lock"](scene)
    wait_for_silence(person)
    ears.heard.clear()
    for picture in ("fish", "house"):
        person.tap(f"picture_{picture}")
    hear_nothing_for(person, ears)
    person.tap("picture_star")
    wait_for_words(person, ears, "Chạm lại ba hình ấy.")
    person.tap("listenButton")
    wait_for_silence(person)
    said = " ".join(ears.texts)
    assert [name for name in ("Cá", "Nhà", "Sao") if name in said] == []


def test_advice_waits_for_the_words_of_the_page_and_comes_once(meet: Callable[..., Any], ears: Ears):
    person = meet()
    voice = voice_of(person)
    voice._advice._rest.setInterval(200)
    person.app.navigator.open("home")
    for text in ("Tối quá.", "Bị lóa.", "Tối quá.", "Bị lóa."):
        voice.advise(text)
    assert ears.heard == []
    wait_for_words(person, ears, "Chạm vào một hình.")
    wait_for_words(person, ears, "Bị lóa.")
    voice.advise("Tối quá.")
    assert "Tối quá." not in ears.texts, "the last advice is too near"
    wait_for_words(person, ears, "Tối quá.")
    voice.advise("Bị lóa.")
    hear_nothing_for(person, ears, 500)
    assert (ears.cut_short, len(ears.heard)) == (0, 4)
    person.app.navigator.open("help")
    wait_for_silence(person)
    assert "Bị lóa." not in ears.texts[4:], "what one page advises is nothing to the next"


def test_a_hidden_status_says_nothing_but_that_it_is_worked_on(scene: Scene, ears: Ears):
    STATES["K25-status.hidden"](scene)
    wait_for_silence(scene.person)
    ears.heard.clear()
    scene.person.tap("listenButton")
    wait_for_silence(scene.person)
    assert ears.texts == ["Đang xử lý"]


def test_a_printer_without_paper_is_said_when_it_comes(scene: Scene, ears: Ears):
    STATES["K15-receipt"](scene)
    wait_for_silence(scene.person)
    scene.views.receipt._set_print_state("paperOut")
    assert ears.texts[-1] == "Máy in hết giấy. Mời chép hoặc chụp mã này."


@pytest.fixture
def telling(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(recorder_page, "COUNT_MS", 30)
    scene.views.recorder._counting.setInterval(30)
    STATES["K19-voice"](scene)
    wait_for_silence(scene.person)
    return scene.person


def record(person: Any) -> None:
    person.tap("recordButton")
    person.wait_until(lambda: person.views.recorder.property("seconds") >= 2, "a story")
    person.tap("recordButton")
    person.wait_until(lambda: person.views.recorder.property("voiceState") == "kept", "the recording")


def test_no_voice_is_recorded_with_the_persons_own(telling: Any, ears: Ears):
    voice = voice_of(telling)
    voice.speak("Bà con kể bằng lời nhé?")
    ears._timer.start(60_000)
    telling.tap("recordButton")
    assert not ears.is_playing
    ears.heard.clear()
    for ask in (voice.turn, lambda: telling.tap("listenButton"), lambda: telling.tap("prompt_0")):
        ask()
        voice.alert("Mời nói.")
        voice.advise("Mời nói.")
    telling.wait_until(lambda: telling.views.recorder.property("seconds") >= 2, "a story")
    assert telling.views.recorder.property("voiceState") == "recording"
    assert ears.heard == []


def test_after_the_stop_nothing_begins_and_the_story_is_heard_by_the_one_player(telling: Any, ears: Ears):
    ears.heard.clear()
    record(telling)
    hear_nothing_for(telling, ears)
    assert ears.heard == []
    voice, recorder = voice_of(telling), telling.views.recorder
    telling.tap("recordButton")
    assert (recorder.property("isPlaying"), voice.property("speaking")) == (True, True)
    assert telling.app.parts.stage.presence.is_held
    touch_nothing(telling)
    assert (recorder.property("isPlaying"), ears.is_playing) == (False, False)
    assert not telling.app.parts.stage.presence.is_held
    telling.tap("recordButton")
    telling.tap("recordButton")
    assert (recorder.property("isPlaying"), ears.is_playing) == (False, False)
    telling.tap("recordButton")
    telling.tap("prompt_1")
    assert recorder.property("isPlaying") is False
    assert ears.texts == ["Khi nào?"]
    telling.tap("recordButton")
    telling.wait_until(lambda: not recorder.property("isPlaying"), "the end of the story")
    assert recorder.property("notice") == ""


@pytest.fixture
def private(meet: Callable[..., Any], ears: Ears, birth_point: Any) -> Any:
    put_spoken_form(birth_point, purpose="legal_aid")
    person = meet()
    open_form(person, "spoken")
    wait_for_silence(person)
    return person


@pytest.mark.parametrize("sheet", ["cover", "curtain"])
def test_a_sheet_is_silence_at_once_and_nothing_speaks_beneath(private: Any, ears: Ears, sheet: str):
    voice = voice_of(private)
    voice.speak("Trời hôm nay thế nào?")
    assert ears.is_playing
    if sheet == "cover":
        private.views.shell.cover()
    else:
        private.app.parts.stage.presence._held.clear()
        count_to(private, 45)
    assert private.find(f"{sheet}Sheet") is not None
    assert not ears.is_playing
    ears.heard.clear()
    private.app.parts.stage.walk.jump("/data/sky")
    voice.alert("Mời chọn một ô.")
    voice.advise("Mời chọn một ô.")
    hear_nothing_for(private, ears)
    private.views.privacy.lift()
    private.wait_until(lambda: bool(ears.heard), "the page that came beneath")


def test_the_question_whether_anybody_is_there_is_said_over_a_curtain_and_keeps_nothing_open(
    private: Any, ears: Ears
):
    presence = private.app.parts.stage.presence
    count_to(private, 45)
    assert private.find("curtainSheet") is not None
    count_to(private, 180 - 45)
    wait_for_words(private, ears, STILL_HERE)
    ears._timer.start(60_000)
    assert voice_of(private).property("speaking")
    assert not presence.is_held
    count_to(private, 44)
    assert private.page == "question"
    count_to(private, 1)
    private.wait_for_page("attract")
    assert not ears.is_playing


def test_who_listens_to_a_long_article_is_not_asked(scene: Scene, ears: Ears):
    person = scene.person
    STATES["K23-article"](scene)
    wait_for_silence(person)
    article = scene.views.article
    count = article.property("sentenceCount")
    article.togglePlay()
    for place in range(count):
        ears._timer.stop()
        assert article.property("sentenceIndex") == place
        count_to(person, HELD_AT_MOST_S - 1)
        assert person.find("stillHereButton") is None
        ears._ended()
    assert not voice_of(person).property("speaking")
    count_to(person, 119)
    assert person.find("stillHereButton") is None
    count_to(person, 1)
    assert person.find("stillHereButton") is not None
