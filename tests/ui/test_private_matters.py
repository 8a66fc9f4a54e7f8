"""A private form from its door to its receipt: what is kept, who opens it again, what the status tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from supportpoint.sealing.receipt import read_secret, receipt_hash

MINE = ("fish", "house", "star")
OTHERS = ("leaf", "egg", "moto")
STORY = "dat nha"


@pytest.fixture
def home(full_point: Any, person: Any) -> Any:
    del full_point
    person.walk_to_home()
    person.wait_until(lambda: len(person.app.parts.service.forms) > 10, "the services")
    return person


def to_door(person: Any) -> None:
    person.tap("card_law")
    person.wait_for_page("door")


def touch(person: Any, pictures: tuple[str, ...] = MINE) -> None:
    for picture in pictures:
        person.tap(f"picture_{picture}")
    person.wait_until(lambda: not person.views.lock.property("busy"), "the pictures")


def lock_door(person: Any) -> None:
    person.tap("setLockButton")
    person.wait_for_page("lock")
    touch(person)
    touch(person)
    person.wait_for_page("door")


def tell(person: Any) -> None:
    person.tap("card_screen")
    person.wait_for_page("question")
    person.type_text(STORY)
    person.tap("continueButton")
    person.wait_for_page("review")


def start_anew(person: Any) -> None:
    """The next visit, or the same person coming back."""
    person.tap("startButton")
    person.wait_for_page("language")
    person.tap("continueButton")
    person.wait_for_page("home")


def stored(person: Any) -> tuple[Any, Any]:
    tasks = person.app.parts.stage.tasks
    tasks.wait_idle()
    return tasks(lambda store: (store.list_drafts(), store.list_locked_drafts()))


def test_nothing_of_a_private_form_is_written_while_it_is_open(home: Any):
    to_door(home)
    tell(home)
    assert stored(home) == ((), ())


def test_leaving_for_home_asks_first_and_going_back_loses_nothing(home: Any):
    to_door(home)
    tell(home)
    home.tap("homeButton")
    home.wait_for_page("ending")
    assert home.find("fateStrip").property("message") == "Việc này chưa gửi. Rời đi là máy xóa."
    home.tap("backButton")
    home.wait_for_page("review")
    assert home.app.parts.stage.visit.form.session.value("/data/story") == STORY


def test_something_else_wipes_it_and_home_offers_nothing(home: Any):
    to_door(home)
    tell(home)
    home.tap("homeButton")
    home.wait_for_page("ending")
    home.tap("card_more")
    home.wait_for_page("home")
    assert stored(home) == ((), ())
    assert home.find("resumeButton") is None
    assert home.app.parts.stage.visit.form is None


def test_the_end_page_of_an_unsent_private_form_does_not_end_itself(home: Any):
    to_door(home)
    tell(home)
    home.tap("homeButton")
    home.wait_for_page("ending")
    assert home.find("page_ending").property("endsItself") is False


def test_two_choices_that_differ_begin_anew(home: Any):
    to_door(home)
    home.tap("setLockButton")
    home.wait_for_page("lock")
    touch(home)
    assert home.find("page_lock").property("title") == "Chạm lại ba hình ấy"
    touch(home, ("house", "fish", "star"))
    assert home.views.lock.property("message") == "differs"
    assert home.app.parts.stage.visit.lock is None
    touch(home)
    touch(home)
    home.wait_for_page("door")
    assert home.app.parts.stage.visit.lock is not None
    assert home.find("openLockedButton") is None


def test_a_picture_touched_again_is_taken_back(home: Any):
    to_door(home)
    home.tap("setLockButton")
    home.wait_for_page("lock")
    for picture in ("fish", "house", "fish", "star"):
        home.tap(f"picture_{picture}")
    places = {one["id"]: one["place"] for one in home.views.lock.property("pictures") if one["place"]}
    assert places == {"house": 1, "star": 2}


def test_a_locked_draft_is_sealed_and_opens_in_the_next_visit_with_its_pictures(home: Any):
    to_door(home)
    lock_door(home)
    tell(home)
    number = home.app.parts.stage.visit.form.receipt.case_number
    home.tap("homeButton")
    home.wait_for_page("ending")
    assert home.find("fateStrip").property("message") == "Việc này đã khóa. Máy giữ một ngày."
    home.tap("card_done")
    home.wait_for_page("attract")
    drafts, (locked,) = stored(home)
    assert drafts == ()
    assert STORY.encode() not in locked.sealed
    start_anew(home)
    assert home.find("resumeButton") is None
    to_door(home)
    home.tap("setLockButton")
    home.tap("openLockedButton")
    home.wait_for_page("lock")
    touch(home, OTHERS)
    assert home.find("page_lock").property("error") == "Chưa đúng. Mời chạm lại, còn 4 lần."
    touch(home)
    home.wait_until(lambda: home.page in {"question", "review"}, "the draft")
    form = home.app.parts.stage.visit.form
    assert form.session.value("/data/story") == STORY
    assert form.receipt.case_number == number
    home.fill_form({"/data/story": STORY}, lambda: home.page == "receipt")
    assert stored(home) == ((), ())


def test_the_door_asks_alike_when_nothing_waits(home: Any):
    to_door(home)
    home.tap("setLockButton")
    home.tap("openLockedButton")
    home.wait_for_page("lock")
    touch(home)
    assert home.find("page_lock").property("error") == "Chưa đúng. Mời chạm lại, còn 4 lần."


def test_a_locked_draft_is_gone_after_a_day(home: Any, clock: Any):
    to_door(home)
    lock_door(home)
    tell(home)
    home.end_visit()
    clock.advance(24 * 3600)
    assert stored(home) == ((), ())


def test_five_wrong_tries_at_the_door_wipe_what_was_locked(home: Any):
    to_door(home)
    lock_door(home)
    tell(home)
    home.end_visit()
    start_anew(home)
    to_door(home)
    home.tap("setLockButton")
    home.tap("openLockedButton")
    home.wait_for_page("lock")
    for _ in range(5):
        touch(home, OTHERS)
    home.wait_for_page("attract")
    assert stored(home) == ((), ())


def test_a_report_that_staff_may_open_again_is_offered_to_nobody_else(home: Any):
    home.views.services.open("supervision-works")
    home.wait_for_page("preparation")
    home.tap("continueButton")
    home.wait_for_page("question")
    home.type_text(STORY)
    home.tap("homeButton")
    home.wait_for_page("ending")
    assert home.find("fateStrip").property("message") == "Việc này chưa gửi. Máy cất cho cán bộ mở lại."
    home.tap("card_more")
    home.wait_for_page("home")
    (draft,), _ = stored(home)
    assert draft.page_ref == ""
    assert home.find("resumeButton") is None


def test_seeing_an_officer_and_listening_by_ear(home: Any):
    to_door(home)
    home.tap("card_staff")
    home.wait_for_page("help")
    home.tap("backButton")
    home.wait_for_page("door")
    home.tap("card_ears")
    home.wait_for_page("question")
    assert home.views.shell.voice.privateListening == "earphones"


def send(person: Any) -> str:
    """Finish the open private form and return the secret of its receipt; the next visit has begun."""
    person.tap("card_screen")
    person.wait_for_page("question")
    person.fill_form({"/data/story": STORY}, lambda: person.page == "receipt")
    person.wait_for_page("receipt")
    secret = person.views.receipt.property("secretText")
    person.end_visit()
    start_anew(person)
    return str(secret)


def look_at(person: Any, secret: str) -> None:
    person.track(secret)
    person.wait_for_page("status")


def shown(person: Any) -> tuple[str, str, str]:
    page = person.find("page_status")
    return page.property("title"), page.property("help"), page.property("barTitle")


HIDDEN = ("Đang xử lý", "", "Xem hồ sơ")


def test_the_status_of_a_private_case_tells_nothing_without_its_pictures(home: Any):
    to_door(home)
    lock_door(home)
    secret = send(home)
    look_at(home, secret)
    assert shown(home) == HIDDEN
    home.tap("unlockButton")
    home.wait_for_page("lock")
    touch(home, OTHERS)
    touch(home)
    home.wait_for_page("status")
    title, number, _ = shown(home)
    assert title == "Đã lưu ở máy này, chờ gửi"
    assert number == home.views.track.property("caseNumber") != ""
    home.tap("coverButton")
    home.tap("signButton")
    assert home.find("lockSheet") is not None


def test_without_a_lock_the_status_of_a_private_case_stays_closed(home: Any):
    to_door(home)
    look_at(home, send(home))
    assert shown(home) == HIDDEN
    assert home.find("unlockButton") is None
    assert home.views.supplement.property("offered") is False


def test_five_wrong_tries_close_the_status_for_good(home: Any):
    to_door(home)
    lock_door(home)
    secret = send(home)
    look_at(home, secret)
    home.tap("unlockButton")
    home.wait_for_page("lock")
    for _ in range(5):
        touch(home, OTHERS)
    home.wait_for_page("attract")
    start_anew(home)
    look_at(home, secret)
    assert shown(home) == HIDDEN
    assert home.find("unlockButton") is None
    entry = home.app.parts.stage.tasks(
        lambda store: store.find_locked(receipt_hash(read_secret(secret)).hex())
    )
    assert (entry.salt, entry.sealed) == (b"", b"")


def test_the_end_page_after_a_receipt_ends_by_itself_and_takes_no_further_tap(
    home: Any, meet: Callable[..., Any]
):
    home.views.services.open("residence")
    home.wait_for_page("preparation")
    home.tap("continueButton")
    home.fill_form({"/data/story": STORY}, lambda: home.page == "receipt")
    home.wait_for_page("receipt")
    home.tap("continueButton")
    home.wait_for_page("ending")
    page = home.find("page_ending")
    assert page.property("secondsLeft") == 20
    home.tap("backButton")
    home.wait_for_page("receipt")
    home.tap("continueButton")
    home.wait_for_page("ending")
    home.find("page_ending").setProperty("secondsLeft", 1)
    home.wait_for_page("attract")
    assert home.views.receipt.handover is None


def test_the_end_of_home_asks_once_more(home: Any):
    home.tap("homeButton")
    home.wait_for_page("ending")
    home.tap("card_more")
    home.wait_for_page("home")
    home.tap("homeButton")
    home.wait_for_page("ending")
    home.tap("card_done")
    home.wait_for_page("attract")
