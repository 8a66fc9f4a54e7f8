"""Curtain, cover and the last seconds: what hides a page, what brings it back, and what ends a visit."""

from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from supportpoint.kiosk.visit.presence import HELD_AT_MOST_S, Patience, Presence
from tests.ui.test_accessibility import list_things

MINE = ("fish", "house", "star")
#: Seconds to the curtain (0: none) and to the warning, as design and settings have them.
PUBLIC, FORM, PRIVATE, STATUS = (0, 120), (90, 240), (45, 180), (60, 120)


def count_to(presence: Presence, seconds: int) -> None:
    """Let seconds pass at once: what the timer does, without its waiting."""
    for _ in range(seconds):
        presence._second()


@pytest.fixture
def home(full_point: Any, person: Any) -> Any:
    del full_point
    person.walk_to_home()
    person.wait_until(lambda: len(person.app.parts.service.forms) > 10, "the services")
    return person


def open_private(person: Any, form: str = "legal-aid") -> None:
    person.views.services.open(form)
    person.wait_for_page("door")
    person.tap("card_screen")
    person.wait_for_page("question")


def set_lock(person: Any) -> None:
    person.tap("setLockButton")
    person.wait_for_page("lock")
    touch_pictures(person, MINE)
    person.wait_until(lambda: person.views.lock.property("step") == "repeat", "the second time")
    touch_pictures(person, MINE)
    person.wait_for_page("door")


def touch_pictures(person: Any, pictures: tuple[str, ...]) -> None:
    for picture in pictures:
        person.tap(f"picture_{picture}")
    person.wait_until(lambda: not person.views.lock.property("busy"), "the pictures")


def patience_of(person: Any) -> tuple[int, int]:
    found = person.app.parts.stage.presence._patience
    return found.curtain_s, found.warn_s


def test_every_page_has_the_patience_of_the_design(home: Any):
    navigator, found = home.app.navigator, {}
    for page in ("home", "services", "track", "shelf", "article", "language", "help", "triage", "status"):
        navigator.open(page)
        found[page] = patience_of(home)
    wanted = dict.fromkeys(found, PUBLIC) | {"triage": PRIVATE, "status": STATUS}
    assert found == wanted
    navigator.open("home")
    home.views.services.open("residence")
    home.wait_for_page("preparation")
    assert patience_of(home) == PUBLIC
    home.tap("continueButton")
    home.wait_for_page("question")
    assert patience_of(home) == FORM


def test_a_private_form_is_private_on_every_page_of_it(home: Any):
    home.views.services.open("legal-aid")
    home.wait_for_page("door")
    assert patience_of(home) == PRIVATE
    home.tap("card_screen")
    home.wait_for_page("question")
    for page in ("question", "help", "review", "ending", "language"):
        home.app.navigator.open(page)
        assert patience_of(home) == PRIVATE, page


def test_the_question_about_private_things_can_be_covered_in_any_form(home: Any):
    home.views.services.open("residence")
    home.wait_for_page("preparation")
    home.tap("continueButton")
    home.wait_for_page("question")
    home.app.navigator.open("consent")
    while home.views.consent.property("purposeId") != "sensitive":
        assert home.find("coverButton") is None
        home.views.privacy.cover()
        assert home.find("coverSheet") is None
        home.tap("agreeButton")
    assert patience_of(home) == FORM
    home.tap("coverButton")
    assert home.find("coverSheet") is not None
    home.tap("signButton")
    assert home.find("coverSheet") is None
    assert (home.page, home.views.consent.property("purposeId")) == ("consent", "sensitive")


def test_the_curtain_falls_and_a_touch_lifts_it_and_nothing_is_lost(home: Any):
    open_private(home)
    home.type_text("dat")
    count_to(home.app.parts.stage.presence, 44)
    assert home.find("curtainSheet") is None
    count_to(home.app.parts.stage.presence, 1)
    assert home.find("curtainSheet") is not None
    home.tap("curtainSheet")
    assert home.find("curtainSheet") is None
    assert home.views.question.property("value") == "dat"


def test_a_touch_on_the_curtain_reaches_nothing_below(home: Any):
    open_private(home)
    key = home.find("key_a")
    middle = key.mapToScene(key.boundingRect().center()).toPoint()
    count_to(home.app.parts.stage.presence, 45)
    touch(home, middle)
    assert home.find("curtainSheet") is None
    assert home.views.question.property("value") == ""


def test_a_page_under_a_sheet_is_not_there_for_a_screen_reader(home: Any):
    open_private(home)
    QAccessible.setActive(True)
    open_names = {thing.name for thing in list_things(QAccessible.queryAccessibleInterface(home.app.window))}
    home.tap("coverButton")
    names = {thing.name for thing in list_things(QAccessible.queryAccessibleInterface(home.app.window))}
    QAccessible.setActive(False)
    assert "Về đầu" in open_names
    assert names & open_names <= {home.views.shell.property("pointName")}


def test_keys_of_a_real_keyboard_write_nothing_under_a_sheet(home: Any):
    open_private(home)
    home.tap("coverButton")
    home.press_key(Qt.Key.Key_A)
    home.tap("signButton")
    assert home.views.question.property("value") == ""
    home.press_key(Qt.Key.Key_A)
    assert home.views.question.property("value").lower() == "a"


def test_the_last_seconds_count_down_and_the_button_gives_all_of_them_back(home: Any):
    presence = home.app.parts.stage.presence
    for _ in range(3):
        count_to(presence, 120)
        assert home.find("stillHereButton") is not None
        assert home.views.privacy.property("secondsLeft") == 45
        home.tap("stillHereButton")
        assert home.find("stillHereButton") is None
    count_to(presence, 120 + 44)
    assert home.page == "home"
    count_to(presence, 1)
    assert home.page == "attract"
    home.wait_until(lambda: home.find("wipedStrip") is not None, "the words that the screen was wiped")


def test_the_end_of_a_public_page_resets_the_language(home: Any):
    home.views.shell.setLanguage("en")
    home.views.shell.toggleTextLarge()
    count_to(home.app.parts.stage.presence, 165)
    home.wait_for_page("attract")
    assert home.views.shell.property("language") == "vi"
    assert home.views.shell.property("textLarge") is False


@pytest.mark.parametrize("who", ["audio", "recorder", "camera", "printer"])
def test_who_works_while_nobody_touches_stops_the_count(qapp: Any, who: str):
    presence = Presence(45)
    presence.watch(Patience(45, 180))
    presence.hold(who)
    count_to(presence, HELD_AT_MOST_S - 1)
    assert not presence.wants_curtain
    presence.release(who)
    count_to(presence, 44)
    assert not presence.wants_curtain
    count_to(presence, 1)
    assert presence.wants_curtain


def test_what_is_forgotten_running_keeps_no_visit_open(qapp: Any):
    presence, ended = Presence(45), []
    presence.ended.connect(lambda: ended.append(True))
    presence.watch(Patience(45, 180))
    presence.hold("audio")
    count_to(presence, HELD_AT_MOST_S + 45)
    assert presence.wants_curtain
    count_to(presence, 180)
    assert ended


def test_the_camera_of_a_paper_holds_the_clock(person: Any, answers: Any):
    person.walk_to_form()
    person.fill_form(answers, lambda: person.page == "photo")
    presence = person.app.parts.stage.presence
    assert presence.is_held
    person.tap("continueButton")
    person.wait_until(lambda: person.views.photo.property("photoState") == "shot", "the photo")
    assert not presence.is_held


def test_the_cover_is_there_within_a_tenth_of_a_second(home: Any):
    open_private(home)
    home.app.window.grabWindow()
    home.views.shell.listen("Chuyện riêng")
    begin = time.perf_counter()
    home.app.parts.views.shell.cover()
    picture = home.app.window.grabWindow()
    took_ms = (time.perf_counter() - begin) * 1000
    assert home.find("coverSheet") is not None
    assert not picture.isNull()
    assert took_ms < 100, took_ms
    assert home.views.shell.property("captionText") == ""
    assert home.app.window.title() == "Support Point"
    assert home.views.privacy.property("season")["term"] == "Tiểu tuyết"


def touch(person: Any, place: QPoint) -> None:
    window = person.app.window
    QTest.touchEvent(window, person._touch).press(0, place, window).commit()
    QTest.touchEvent(window, person._touch).release(0, place, window).commit()
    QTest.qWait(5)


def test_three_taps_on_the_words_of_the_bar_cover_too(home: Any):
    open_private(home)
    way_out = home.find("homeButton")
    words = way_out.mapToScene(QPointF(way_out.width() + 60, way_out.height() / 2)).toPoint()
    touch(home, words)
    touch(home, words)
    assert home.find("coverSheet") is None
    touch(home, words)
    assert home.find("coverSheet") is not None


def test_staff_can_be_called_in_the_last_seconds(home: Any):
    presence = home.app.parts.stage.presence
    count_to(presence, 120)
    home.tap("stillCallButton")
    assert home.find("stillHereButton") is None
    assert home.page == "help"
    count_to(presence, 44)
    assert home.page == "help"


def test_only_the_sign_brings_a_covered_page_back(home: Any):
    open_private(home)
    home.type_text("dat")
    home.tap("coverButton")
    home.tap("coverSheet")
    assert home.find("coverSheet") is not None
    home.tap("signButton")
    assert home.find("coverSheet") is None
    assert home.views.question.property("value") == "dat"


def test_no_warning_lies_over_the_cover(home: Any):
    open_private(home)
    home.tap("coverButton")
    count_to(home.app.parts.stage.presence, 200)
    assert home.find("coverSheet") is not None
    assert home.find("stillHereButton") is None
    assert home.find("curtainSheet") is None


def test_a_cover_without_a_lock_wipes_after_a_minute(home: Any):
    open_private(home)
    home.type_text("dat")
    home.tap("coverButton")
    timer = home.views.privacy._cover_timer
    assert timer.isActive()
    assert timer.interval() == 60_000
    timer.setInterval(10)
    home.wait_for_page("attract")
    assert home.app.parts.stage.visit.form is None
    assert stored(home) == ((), ())


def test_public_pages_and_plain_forms_cannot_be_covered(home: Any):
    home.views.shell.cover()
    assert home.find("coverSheet") is None
    home.views.services.open("residence")
    home.wait_for_page("preparation")
    home.tap("continueButton")
    home.wait_for_page("question")
    home.views.shell.cover()
    assert home.find("coverSheet") is None
    assert home.find("coverButton") is None


def stored(person: Any) -> tuple[Any, Any]:
    tasks = person.app.parts.stage.tasks
    tasks.wait_idle()
    return tasks(lambda store: (store.list_drafts(), store.list_locked_drafts()))


@pytest.fixture
def locked(home: Any) -> Any:
    home.views.services.open("legal-aid")
    home.wait_for_page("door")
    set_lock(home)
    home.tap("card_screen")
    home.wait_for_page("question")
    home.type_text("dat")
    return home


@pytest.mark.parametrize("sheet", ["curtain", "cover"])
def test_a_locked_page_comes_back_with_its_pictures_alone(locked: Any, sheet: str):
    if sheet == "cover":
        locked.tap("coverButton")
        assert not locked.views.privacy._cover_timer.isActive()
        locked.tap("signButton")
    else:
        count_to(locked.app.parts.stage.presence, 45)
        locked.tap("curtainSheet")
    assert locked.find("lockSheet") is not None
    locked.tap("lockCallButton")
    assert locked.find("captionStrip").property("caption").startswith("Mời gọi cán bộ ở bàn.")
    assert locked.find("lockSheet") is not None, "the page of help would show what is hidden"
    touch_pictures(locked, ("house", "fish", "star"))
    assert locked.find("lockSheet") is not None
    touch_pictures(locked, MINE)
    locked.wait_until(lambda: locked.find("lockSheet") is None, "the page")
    assert locked.find(f"{sheet}Sheet") is None
    assert locked.views.question.property("value") == "dat"


def test_leaving_the_pictures_forgives_no_wrong_try_and_the_fifth_wipes(locked: Any):
    locked.tap("coverButton")
    for count in range(1, 6):
        locked.tap("signButton")
        touch_pictures(locked, ("leaf", "egg", "moto"))
        if count < 5:
            assert locked.views.lock.property("triesLeft") == 5 - count
            locked.tap("lockBackButton")
            assert locked.find("coverSheet") is not None
    locked.wait_for_page("attract")
    assert locked.app.parts.stage.visit.lock is None
    assert stored(locked) == ((), ())


def test_whoever_has_no_pictures_leaves_by_the_way_out_and_sees_nothing(locked: Any):
    locked.tap("coverButton")
    locked.tap("signButton")
    locked.tap("lockHomeButton")
    locked.wait_for_page("attract")
    assert locked.find("lockSheet") is None
    assert locked.app.parts.stage.visit.form is None


def test_the_way_out_of_the_last_seconds_goes_home(home: Any):
    count_to(home.app.parts.stage.presence, 120)
    home.tap("stillHomeButton")
    home.wait_for_page("home")
    assert home.find("stillHereButton") is None


def test_the_button_of_the_last_seconds_does_not_open_a_locked_page(locked: Any):
    count_to(locked.app.parts.stage.presence, 180)
    locked.tap("stillHereButton")
    assert locked.find("curtainSheet") is not None


def test_settings_beyond_their_limits_are_refused(birth_point: Any):
    from supportpoint.config import read_settings  # noqa: PLC0415
    from supportpoint.errors import SupportPointError  # noqa: PLC0415

    for name, value in [("warn_form_s", 5), ("curtain_private_s", 3600), ("draft_kept_s", 10**9)]:
        (birth_point.folder / "settings.json").write_text(f'{{"{name}": {value}}}', encoding="utf-8")
        with pytest.raises(SupportPointError, match="SP-101"):
            read_settings(birth_point.folder)
