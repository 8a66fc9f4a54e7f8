"""Who speaks: recordings, Vietnamese for another language, the machine, nobody; and never of the person."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from supportpoint.kiosk.pages import voice as voice_page
from supportpoint.kiosk.words.packs import message_id
from tests.ears import (
    Ears,
    make_clip,
    open_form,
    put_spoken_form,
    voice_of,
    wait_for_silence,
    wait_for_words,
    write_pack,
)

HOME = "Bà con cần làm gì?"
LANGUAGE = "Nghe tiếng nào dễ nhất?"
SOFT = 3 / 5 * voice_page.SOFT_SHARE


def test_private_pages_are_soft_unless_earphones_are_worn(
    meet: Callable[..., Any], ears: Ears, birth_point: Any
):
    put_spoken_form(birth_point, purpose="legal_aid")
    person = meet()
    person.app.navigator.open("home")
    wait_for_silence(person)
    assert ears.volume == pytest.approx(3 / 5)
    open_form(person, "spoken")
    wait_for_silence(person)
    assert ears.volume == pytest.approx(SOFT)
    shell, voice = person.views.shell, voice_of(person)
    person.app.parts.stage.walk.jump("/data/sky")
    wait_for_silence(person)
    ears.heard.clear()
    person.tap("card_rain")
    assert ears.heard == []
    shell.setEarphones(True)
    assert ears.volume == pytest.approx(3 / 5)
    person.tap("card_rain")
    assert ears.heard == ["Mưa"]
    voice.setPrivateListening("none")
    ears.heard.clear()
    person.app.parts.stage.walk.jump("/data/name")
    wait_for_silence(person)
    assert ears.heard == []
    person.tap("listenButton")
    assert ears.heard != []
    shell.endVisit()
    person.wait_for_page("attract")
    assert voice.property("privateListening") == "soft"


def test_nothing_of_the_person_is_spoken(
    meet: Callable[..., Any], ears: Ears, birth_point: Any, answers: Mapping[str, str]
):
    """A whole birth, with the loudspeaker touched on the pages that show answers."""
    person = meet()
    person.walk_to_form()
    person.fill_form(answers, lambda: person.page == "review")
    person.wait_for_page("review")
    for _ in range(person.views.review.property("sectionCount")):
        person.tap("listenButton")
        wait_for_silence(person)
        person.views.review.next()
    said = " ".join(ears.texts)
    assert "Xem trên màn hình." in said
    assert "Mẹ của bé" in said
    names = [answers[f"/data/{ref}"] for ref in ("requester/full_name", "child/ask_full_name")]
    words = {word for name in names for word in (name, name.split()[-1])} - {"An"}
    personal = [*words, "Văn Bun", "Nậm Cứm", *number_words_of(answers["/data/requester/phone"])]
    assert [word for word in personal if word in said] == []
    assert not any(run.isdecimal() and len(run) > 4 for run in said.replace(".", " ").split())


def number_words_of(number: str) -> list[str]:
    return [number, number[-4:], number[:4]]


def test_an_answer_inside_a_question_is_not_spoken(meet: Callable[..., Any], ears: Ears, birth_point: Any):
    put_spoken_form(birth_point)
    person = meet()
    open_form(person, "spoken")
    person.app.parts.stage.visit.form.answer("/data/name", "Quàng Thị Ơn")
    person.app.parts.stage.walk.jump("/data/again")
    assert "Quàng Thị Ơn" in person.views.question.property("label")
    ears.heard.clear()
    person.wait_until(lambda: bool(ears.texts), "the question")
    assert ears.texts == ["Người kể là ?"]


def test_a_machine_voice_is_marked(meet: Callable[..., Any], ears: Ears):
    person = meet()
    person.app.navigator.open("home")
    wait_for_words(person, ears, HOME)
    assert person.find("voiceMark").property("text") == "Giọng máy"
    wait_for_silence(person)
    assert person.find("voiceMark") is None


def test_in_english_the_page_is_silent_and_a_touch_shows_the_words(meet: Callable[..., Any], ears: Ears):
    person = meet()
    person.views.shell.setLanguage("en")
    person.app.navigator.open("home")
    wait_for_silence(person)
    assert ears.heard == []
    assert person.find("captionStrip") is None
    person.tap("listenButton")
    assert ears.heard == []
    assert person.find("captionStrip").property("silent")
    assert person.views.shell.property("captionText").startswith("What do you need")


def test_a_pack_speaks_its_recordings_and_falls_back_to_vietnamese(
    meet: Callable[..., Any], ears: Ears, birth_point: Any
):
    (birth_point.folder / "settings.json").write_text(json.dumps({"languages": ["vi", "hmn"]}))
    own, greeting, theirs = make_clip(120, 3000), make_clip(100, 4000), make_clip(150, 6000)
    hint = "Chạm vào một hình."
    write_pack(birth_point.folder, "hmn", {HOME: "⟦hmn⟧"}, {message_id(HOME): own, "greeting": greeting})
    write_pack(birth_point.folder, "vi", {}, {message_id(hint): theirs})
    person = meet()
    voice_of(person).prepare()
    person.tap("startButton")
    person.wait_for_page("language")
    voices = {one["code"]: one["hasVoice"] for one in person.views.shell.property("languages")}
    assert voices == {"vi": True, "hmn": True}
    person.tap("language_hmn")
    assert ears.heard[-1] == greeting
    assert person.views.shell.property("language") == "hmn"
    wait_for_silence(person)
    ears.heard.clear()
    marks: list[str] = []
    voice_of(person).changed.connect(lambda: marks.append(voice_of(person).property("mark")))
    person.tap("continueButton")
    person.wait_until(lambda: theirs in ears.heard, "the Vietnamese recording")
    wait_for_silence(person)
    assert [one for one in ears.heard if one in (own, theirs)] == [own, theirs]
    assert ears.heard.index(theirs) == 2  # the chime goes before it
    assert "vietnamese" in marks


def test_a_recording_that_cannot_be_played_falls_to_the_machine(
    meet: Callable[..., Any], ears: Ears, birth_point: Any
):
    clip = make_clip(100)
    ears.broken.add(clip)
    write_pack(birth_point.folder, "vi", {}, {message_id(HOME): clip})
    person = meet()
    person.app.navigator.open("home")
    wait_for_words(person, ears, HOME)
    assert ears.heard[0] == clip


def test_recordings_alone_leave_the_words_of_english(meet: Callable[..., Any], ears: Ears, birth_point: Any):
    clip = make_clip(100)
    write_pack(birth_point.folder, "en", {}, {message_id(HOME): clip})
    person = meet()
    voice_of(person).prepare()
    person.views.shell.setLanguage("en")
    person.app.navigator.open("language")
    person.wait_for_page("language")
    assert person.find("continueButton").property("text") == "Continue"
    english = person.views.shell.property("languages")[1]
    assert (english["coverage"], english["hasVoice"]) == (100, True)
    person.tap("continueButton")
    person.wait_until(lambda: clip in ears.heard, "the English recording")
    assert ears.texts == []


def test_a_language_without_a_voice_is_chosen_in_silence(
    meet: Callable[..., Any], ears: Ears, birth_point: Any
):
    (birth_point.folder / "settings.json").write_text(json.dumps({"languages": ["vi", "kjg"]}))
    person = meet()
    person.tap("startButton")
    person.wait_for_page("language")
    wait_for_silence(person)
    ears.heard.clear()
    person.tap("language_kjg")
    assert person.views.shell.property("language") == "kjg"
    assert person.find("captionStrip") is None
    wait_for_words(person, ears, LANGUAGE)
    assert person.find("voiceMark").property("text") == "Giọng máy, tiếng Việt"
    person.tap("language_vi")
    assert ears.texts[-1] == "Tiếng Việt"


def test_the_first_page_speaks_when_asked_and_marks_the_machine(meet: Callable[..., Any], ears: Ears):
    person = meet()
    person.wait_for_page("attract")
    person.tap("listenButton")
    assert ears.texts == ["Chạm vào đây."]
    assert person.find("voiceMark").property("text") == "Giọng máy"
    person.tap("listenButton")
    assert not ears.is_playing


@pytest.mark.usefixtures("deaf")
def test_without_any_sound_device_a_touch_shows_the_words(meet: Callable[..., Any]):
    person = meet()
    person.walk_to_home()
    wait_for_silence(person)
    assert person.find("captionStrip") is None
    languages = person.views.shell.property("languages")
    assert [one["hasVoice"] for one in languages] == [False, False]
    person.tap("listenButton")
    assert person.views.shell.property("captionText") == f"{HOME}. Chạm vào một hình."
    assert person.find("captionStrip").property("silent")
