"""What is heard: once by itself a page, all by the loudspeaker; nothing personal; silence at a touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from PySide6.QtQuick import QQuickItem

from tests.ears import (
    Ears,
    open_form,
    put_spoken_form,
    touch_nothing,
    voice_of,
    wait_for_silence,
    wait_for_words,
)

HOME = "Bà con cần làm gì?"
LANGUAGE = "Nghe tiếng nào dễ nhất?"


def ringed(person: Any, prefix: str = "card_") -> list[str]:
    return [
        item.objectName()
        for item in visible_items(person.app.window.contentItem())
        if item.objectName().startswith(prefix) and item.property("speaking")
    ]


def visible_items(root: QQuickItem) -> Iterator[QQuickItem]:
    for item in root.childItems():
        if item.isVisible():
            yield item
            yield from visible_items(item)


def test_every_page_speaks_once_by_itself_and_the_first_never(meet: Callable[..., Any], ears: Ears):
    person = meet()
    person.wait_for_page("attract")
    wait_for_silence(person)
    assert ears.heard == []
    person.tap("startButton")
    wait_for_words(person, ears, LANGUAGE)
    wait_for_silence(person)
    assert ears.texts == [LANGUAGE, "Chạm để chọn. Chạm lần nữa để vào."]
    person.tap("continueButton")
    wait_for_words(person, ears, HOME)
    wait_for_silence(person)
    assert ears.texts[2:] == [HOME, "Chạm vào một hình."]


def test_the_first_question_and_every_jump_speak_by_themselves(
    meet: Callable[..., Any], ears: Ears, birth_point: Any, answers: Mapping[str, str]
):
    """A first page, the next one, back, home and resume, review and «Sửa», another language and back."""
    person = meet()
    person.walk_to_form()
    stage = person.app.parts.stage

    def hear_question() -> None:
        label = stage.walk.step.question.said[0]
        ears.heard.clear()
        person.wait_until(lambda: any(label.startswith(text) or text in label for text in ears.texts), label)
        wait_for_silence(person)

    hear_question()
    person.tap("card_mother")
    person.tap("continueButton")
    person.wait_for_page("scan")
    ears.heard.clear()
    person.wait_until(lambda: bool(ears.texts), "the scan page")
    person.tap("backButton")
    hear_question()
    person.tap("homeButton")
    person.wait_for_page("home")
    wait_for_words(person, ears, HOME)
    person.tap("resumeButton")
    person.wait_until(lambda: person.page in {"question", "scan"}, "the place kept")
    ears.heard.clear()
    person.wait_until(lambda: bool(ears.texts), "the resumed page")
    person.fill_form(answers, lambda: person.page == "review")
    ears.heard.clear()
    wait_for_words(person, ears, "Thông tin này đúng chưa?")
    person.tap("fix_0")
    hear_question()
    person.tap("languageButton")
    wait_for_words(person, ears, LANGUAGE)
    person.tap("continueButton")
    hear_question()


def test_two_questions_with_the_same_words_both_speak(meet: Callable[..., Any], ears: Ears, birth_point: Any):
    put_spoken_form(birth_point)
    person = meet()
    open_form(person, "spoken")
    wait_for_words(person, ears, "Tên ai?")
    wait_for_silence(person)
    person.app.parts.stage.walk.start()
    person.wait_until(lambda: ears.texts.count("Tên ai?") == 2, "the same words again")


def test_the_loudspeaker_reads_all_and_rings_each_choice_in_order(
    meet: Callable[..., Any], ears: Ears, birth_point: Any
):
    clips = put_spoken_form(birth_point)
    person = meet()
    open_form(person, "spoken")
    person.app.parts.stage.walk.jump("/data/sky")
    wait_for_silence(person)
    assert clips["media/ask.opus"] in ears.heard
    ears.heard.clear()
    rings: list[tuple[str, ...]] = []
    voice_of(person).changed.connect(lambda: rings.append(tuple(ringed(person))))
    person.tap("listenButton")
    assert person.find("listenButton").property("text") == "Dừng"
    wait_for_silence(person)
    assert ears.heard == [clips["media/ask.opus"], clips["media/sun.opus"], "Mưa"]
    assert list(dict.fromkeys(one for one in rings if one)) == [("card_sun",), ("card_rain",)]
    assert person.find("listenButton").property("text") == "Nghe"


def test_the_loudspeaker_beside_a_field_reads_too(meet: Callable[..., Any], ears: Ears, birth_point: Any):
    """On the small screen it stands above the keys, in another place of the page."""
    put_spoken_form(birth_point)
    person = meet()
    open_form(person, "spoken")
    for ref in ("/data/sky", "/data/name"):
        person.app.parts.stage.walk.jump(ref)
        wait_for_silence(person)
    ears.heard.clear()
    person.tap("listenButton")
    assert ears.heard == ["Tên ai?"]
    assert person.find("listenButton").property("text") == "Dừng"


def test_a_touched_choice_says_itself_and_is_ringed(meet: Callable[..., Any], ears: Ears, birth_point: Any):
    clips = put_spoken_form(birth_point)
    person = meet()
    open_form(person, "spoken")
    person.app.parts.stage.walk.jump("/data/sky")
    wait_for_silence(person)
    ears.heard.clear()
    person.tap("card_sun")
    assert ears.heard == [clips["media/sun.opus"]]
    assert ringed(person) == ["card_sun"]
    assert person.views.question.property("value") == "sun"


def test_a_touch_and_a_page_are_silence_within_a_tenth_of_a_second(meet: Callable[..., Any], ears: Ears):
    person = meet()
    person.tap("startButton")
    person.wait_until(lambda: ears.is_playing, "a voice")
    ended_ms = touch_nothing(person)
    assert not ears.is_playing
    assert ended_ms <= 100
    person.tap("listenButton")
    assert ears.is_playing
    for page in ("home", "attract"):
        person.app.navigator.open(page)
        assert not ears.is_playing
        voice_of(person).speak(HOME)
        assert ears.is_playing


def test_the_loudspeaker_stops_what_it_reads(meet: Callable[..., Any], ears: Ears):
    person = meet()
    person.app.navigator.open("home")
    wait_for_silence(person)
    person.tap("listenButton")
    assert ears.is_playing
    person.tap("listenButton")
    assert not ears.is_playing
    wait_for_silence(person)
    count = len(ears.heard)
    person.tap("listenButton")
    assert len(ears.heard) == count + 1


def test_who_acts_early_on_three_pages_hears_titles_only(meet: Callable[..., Any], ears: Ears):
    person = meet()
    for page in ("language", "home", "help"):
        person.app.navigator.open(page)
        person.wait_for_page(page)
        touch_nothing(person)
    ears.heard.clear()
    person.app.navigator.open("home")
    wait_for_words(person, ears, HOME)
    wait_for_silence(person)
    assert ears.texts == [HOME]
    person.tap("listenButton")
    wait_for_silence(person)
    ears.heard.clear()
    person.app.navigator.open("help")
    person.app.navigator.open("home")
    wait_for_words(person, ears, "Chạm vào một hình.")


def test_each_step_of_a_date_is_asked(
    meet: Callable[..., Any], ears: Ears, birth_point: Any, answers: Mapping[str, str]
):
    person = meet()
    person.walk_to_form()
    person.app.parts.stage.walk.jump("/data/child/ask_birth_date")
    wait_for_silence(person)
    ears.heard.clear()
    person.tap("listenButton")
    wait_for_words(person, ears, "Ngày khác")
    assert ringed(person) == ["card_other"]
    person.tap("card_other")
    wait_for_words(person, ears, "Sinh ngày mấy?")
    person.tap("day_2")
    wait_for_words(person, ears, "Sinh tháng mấy?")


def test_what_went_wrong_is_said(meet: Callable[..., Any], ears: Ears, birth_point: Any):
    put_spoken_form(birth_point)
    person = meet()
    open_form(person, "spoken")
    wait_for_silence(person)
    person.app.parts.stage.walk.jump("/data/sky")
    wait_for_silence(person)
    for _ in range(2):
        ears.heard.clear()
        person.tap("continueButton")
        wait_for_words(person, ears, "Mời chọn một ô.")


def test_muted_it_speaks_only_when_asked(meet: Callable[..., Any], ears: Ears):
    person = meet()
    person.tap("startButton")
    person.wait_for_page("language")
    person.tap("muteButton")
    person.tap("continueButton")
    person.wait_for_page("home")
    wait_for_silence(person)
    assert HOME not in ears.texts
    person.tap("listenButton")
    assert HOME in ears.texts
    person.views.shell.endVisit()
    person.wait_for_page("attract")
    assert not ears.is_playing
    person.tap("startButton")
    ears.heard.clear()
    wait_for_words(person, ears, LANGUAGE)


def test_the_volume_belongs_to_the_visit(meet: Callable[..., Any], ears: Ears):
    person = meet()
    person.tap("startButton")
    person.wait_for_page("language")
    wait_for_silence(person)
    person.tap("louderButton")
    assert ears.volume == pytest.approx(4 / 5)
    person.tap("louderButton")
    assert not person.find("louderButton").isEnabled()
    for _ in range(4):
        person.tap("softerButton")
    assert ears.volume == pytest.approx(1 / 5)
    person.views.shell.endVisit()
    assert ears.volume == pytest.approx(3 / 5)


def test_nobody_is_asked_whether_they_are_there_while_they_listen(meet: Callable[..., Any], ears: Ears):
    person = meet()
    presence = person.app.parts.stage.presence
    person.app.navigator.open("home")
    person.tap("listenButton")
    assert presence.is_held
    voice_of(person).stop()
    assert not presence.is_held


def test_nothing_of_sound_is_looked_for_before_the_first_frame_was_long_shown(meet: Callable[..., Any]):
    person = meet()
    voice = voice_of(person)
    assert not voice.is_prepared
    person.wait_until(lambda: voice.is_prepared, "the preparation")
