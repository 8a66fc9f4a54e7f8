"""K01 and what it leads to: languages in turn, hours, the closed point, and how the kiosk is used."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest

from supportpoint.kiosk.pages import shell as shell_module
from supportpoint.kiosk.words.packs import message_id
from supportpoint.records import SyncReport
from supportpoint.sync.loop import SyncPhase, SyncState
from tests.ears import touch_nothing, wait_for_silence

HOURS = {"open_from": "07:30", "open_until": "17:00"}
EVENING = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STEPS = 7


@pytest.fixture
def set_point(birth_point: Any) -> Callable[..., None]:
    def write(**settings: Any) -> None:
        (birth_point.folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")

    return write


def words(person: Any, name: str) -> str:
    item = person.find(name)
    shown = str(item.property("message") or item.property("text")) if item is not None else ""
    return shown.replace("\N{NO-BREAK SPACE}", " ")


def test_the_hours_stand_on_the_first_page(set_point: Callable[..., None], meet: Any):
    set_point(**HOURS)
    person = meet()
    assert words(person, "openingWords") == "Mở cửa 7 giờ 30 đến 17 giờ"
    assert person.find("closedStrip") is None


def test_a_point_without_hours_says_none(person: Any):
    assert person.find("openingWords") is None
    assert person.find("closedStrip") is None


def test_a_closed_point_says_when_and_still_works(set_point: Callable[..., None], meet: Any, clock: Any):
    clock.at = EVENING
    set_point(**HOURS)
    person = meet()
    assert words(person, "closedStrip") == "Máy vẫn giúp được. Cán bộ có mặt từ 7 giờ 30."
    person.tap("startButton")
    person.wait_for_page("language")


def test_the_first_page_speaks_each_language_that_has_its_words(
    set_point: Callable[..., None], meet: Any, monkeypatch: pytest.MonkeyPatch, birth_point: Any
):
    monkeypatch.setattr(shell_module, "GREETING_MS", 40)
    folder = birth_point.folder / "packs" / "hmn"
    folder.mkdir(parents=True)
    (folder / "pack.json").write_text('{"language": "hmn", "name": "Tiếng Mông"}', encoding="utf-8")
    said = f"id,vietnamese,translation\n{message_id('Chạm vào đây')},Chạm vào đây,⟦chạm⟧\n"
    (folder / "words.rpa.csv").write_text(said, encoding="utf-8")
    set_point(languages=["vi", "en", "blt", "hmn"])
    person = meet(motion=True)
    seen: list[str] = []

    def look() -> bool:
        text = words(person, "startButton")
        if not seen or seen[-1] != text:
            seen.append(text)
        return len(seen) > 3

    person.wait_until(look, "the languages in turn")
    assert sorted(seen[:3]) == ["Chạm vào đây", "Touch here", "⟦chạm⟧"]
    assert seen[3] == seen[0]
    person.wait_until(lambda: words(person, "startButton") == "Touch here", "English")
    person.tap("startButton")
    person.wait_for_page("language")
    assert person.views.shell.language == "vi"


def test_a_language_touched_on_the_first_page_leads_home_in_it(meet: Any):
    person = meet(motion=True)
    person.tap("begin_en")
    person.wait_for_page("home")
    assert person.views.shell.language == "en"


def test_a_name_of_its_own_comes_from_the_pack_of_the_machine_first(
    set_point: Callable[..., None], meet: Any, birth_point: Any
):
    folder = birth_point.folder / "packs" / "blt"
    folder.mkdir(parents=True)
    note = {"language": "blt", "name": "Tiếng Thái", "native": "ꪼꪕ"}
    (folder / "pack.json").write_text(json.dumps(note), encoding="utf-8")
    set_point(languages=["vi", "en", "blt", "hmn"])
    person = meet()
    person.tap("startButton")
    person.wait_for_page("language")
    row = person.find("language_blt")
    own = row.findChild(QObject, "ownName")
    assert own.property("visible")
    assert own.property("font").family() == "Noto Sans Tai Viet"
    assert row.findChild(QObject, "coverage").property("visible"), "what is not translated is still said"
    row = person.find("language_en")
    assert not row.findChild(QObject, "ownName").property("visible")


def test_shipped_packs_know_their_own_names_and_no_words(set_point: Callable[..., None], meet: Any):
    set_point(languages=["vi", "blt", "hmn", "kjg"])
    person = meet()
    person.tap("startButton")
    person.wait_for_page("language")
    languages = {one["code"]: one for one in person.views.shell.property("languages")}
    assert {code: one["native"] for code, one in languages.items()} == {
        "vi": "Tiếng Việt",
        "blt": "ꪼꪕꪒꪾ",
        "hmn": "Hmoob",
        "kjg": "Kmhmu",
    }
    assert [code for code, one in languages.items() if one["greets"]] == ["vi"]


def test_a_language_without_a_voice_offers_nothing_to_listen_to(set_point: Callable[..., None], meet: Any):
    set_point(languages=["vi", "hmn"])
    person = meet()
    person.tap("startButton")
    person.wait_for_page("language")
    for one in person.views.shell.property("languages"):
        row = person.find(f"language_{one['code']}")
        button = row.findChild(QObject, "languageListen")
        assert button.property("visible") is one["hasVoice"]


def walk_demo(person: Any) -> None:
    person.wait_for_page("demo")
    for step in range(STEPS):
        assert person.find("page_demo").property("step") == step
        person.tap("continueButton")


def test_the_way_of_use_is_shown_and_leads_back(person: Any):
    person.tap("demoButton")
    walk_demo(person)
    person.wait_for_page("attract")


def test_it_is_offered_before_a_form_too_and_back_is_one_step(person: Any):
    person.walk_to_home()
    person.tap("card_papers")
    person.wait_for_page("services")
    person.wait_until(lambda: person.find("card_birth-registration") is not None, "the form")
    person.tap("card_birth-registration")
    person.wait_for_page("preparation")
    person.tap("demoButton")
    person.wait_for_page("demo")
    person.tap("continueButton")
    person.tap("backButton")
    assert person.find("page_demo").property("step") == 0
    person.tap("backButton")
    person.wait_for_page("preparation")
    assert person.app.parts.stage.visit.form is not None


def test_each_step_follows_the_words_of_the_one_before(meet: Any, ears: Any):
    person = meet(motion=True)
    person.tap("demoButton")
    person.wait_for_page("demo")
    page = person.find("page_demo")
    page.setProperty("calmMs", 1)
    person.wait_until(lambda: page.property("step") == STEPS - 1, "the last step")
    wait_for_silence(person)
    words = [step["words"] for step in page.property("steps")]
    assert plain(ears.texts) == plain(words), "each step is said once, in order"
    assert ears.cut_short == 0
    assert person.page == "demo"


def plain(texts: list[str]) -> list[str]:
    return " ".join(texts).replace(".", "").split()


def test_a_touch_silences_a_step_and_the_hand_leads_from_there(meet: Any, ears: Any):
    person = meet(motion=True)
    person.tap("demoButton")
    person.wait_for_page("demo")
    person.wait_until(lambda: ears.is_playing, "the first step")
    touch_nothing(person)
    assert not ears.is_playing
    QTest.qWait(300)
    assert (person.find("page_demo").property("step"), len(ears.heard)) == (0, 1)
    person.tap("continueButton")
    person.wait_until(lambda: person.find("page_demo").property("step") == 2, "the next one by itself")


@pytest.mark.usefixtures("deaf")
def test_where_nobody_speaks_each_step_stays_a_calm_while(meet: Any):
    person = meet(motion=True)
    person.tap("demoButton")
    person.wait_for_page("demo")
    page = person.find("page_demo")
    assert page.property("calmMs") >= 3000
    page.setProperty("calmMs", 30)
    person.wait_until(lambda: page.property("step") == STEPS - 1, "the last step")
    assert person.page == "demo"


def test_a_refused_machine_says_so_and_goes_on(meet: Any):
    """Staff see on the first page that it must be connected again; people go on being helped."""
    person = meet()
    for code, said in (("SP-504", "Cần nối lại"), ("SP-501", "Cần nối lại"), ("", "Máy thử")):
        person.app.parts.link.changed.emit(SyncState(SyncPhase.WAITING, SyncReport(code=code)))
        assert words(person, "machinePill") == said
    person.app.parts.link.changed.emit(SyncState(SyncPhase.WAITING, SyncReport(code="SP-504")))
    person.tap("startButton")
    person.wait_for_page("language")
