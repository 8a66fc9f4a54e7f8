"""A villager answers at the kiosk what the office asked for, with the receipt alone and without a network."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from supportpoint.content.package import Manifest, write_package
from supportpoint.content.shelf import Shelf
from supportpoint.forms.publish.build import build
from supportpoint.kiosk.pages.track import Found
from supportpoint.protocol import CaseNews, MissingThing
from supportpoint.records import ItemState
from supportpoint.sealing.envelope import read_header
from supportpoint.sealing.keyset import read_keyset
from supportpoint.sealing.picture_lock import make_lock

ROOT = Path(__file__).resolve().parents[2]
NUMBER = "DB7-4K2-9X8"
PAPER = MissingThing(
    kind="photo", label="Giấy kết hôn", reason="Ảnh mờ. Mời chụp lại.", ref="/data/papers/marriage"
)
PHONE = MissingThing(
    kind="answer", label="Số điện thoại của bà con?", reason="Thiếu số.", ref="/data/requester/phone"
)
STORY = MissingThing(kind="answer", label="Tên thường gọi", reason="Giấy ghi khác.", ref="/data/child/name")
OTHER = MissingThing(kind="photo", label="Giấy chứng sinh", reason="Chưa có ảnh.")
NEWS = CaseNews(
    case_number=NUMBER,
    state="need",
    at="2026-11-22T08:00:00+07:00",
    unit="Nà Tấu",
    missing=(PAPER, PHONE, STORY, OTHER),
    due_on="2026-12-02",
)


@pytest.fixture(scope="session")
def supplement_form() -> Any:
    return build(ROOT / "assets" / "forms" / "supplement")


@pytest.fixture
def point(birth_point: Any, supplement_form: Any) -> Any:
    """A point that has the form of supplements on its shelf."""
    form = supplement_form
    manifest = Manifest(
        kind="form", id=form.form_id, version=form.version, title=form.title, settings=form.settings
    )
    package = write_package(manifest, form.files, birth_point.trust.publisher)
    Shelf(birth_point.folder).install(package, birth_point.trust.keyset())
    return birth_point


def show_news(person: Any, news: CaseNews = NEWS, found: Any = None) -> None:
    """Put the person before what their receipt says."""
    app = person.app
    app.parts.stage.tasks.wait_idle()
    person.wait_until(lambda: bool(app.parts.service.forms), "the forms")
    app.navigator.open("home")
    app.parts.views.track._show(found or Found(news=news))
    person.wait_for_page("status")


def open_list(person: Any, news: CaseNews = NEWS) -> None:
    show_news(person, news)
    person.tap("continueButton")
    person.wait_for_page("supplement")


def take_photo(person: Any, row: int) -> None:
    person.tap(f"answer_{row}")
    person.wait_for_page("photo")
    person.tap("continueButton")
    person.wait_until(lambda: person.views.photo.property("photoState") == "shot", "the photo")
    person.tap("continueButton")
    person.wait_for_page("supplement")


def write_phone(person: Any, row: int, digits: str) -> None:
    person.tap(f"answer_{row}")
    person.wait_for_page("question")
    for digit in digits:
        person.tap(f"pad_{digit}")
    person.tap("continueButton")
    person.wait_for_page("supplement")


def agree_and_wait(person: Any) -> None:
    person.wait_for_page("consent")
    while person.page == "consent":
        person.tap("agreeButton")
    person.wait_until(lambda: person.page == "receipt", "the receipt")
    person.wait_for_page("receipt")


def said_on(person: Any) -> set[str]:
    """Return the words on the screen."""
    waiting, found = [person.app.window.contentItem()], set()
    while waiting:
        item = waiting.pop()
        if item.isVisible():
            found.add(str(item.property("text")))
            waiting += item.childItems()
    return found


def items(person: Any) -> list[dict[str, Any]]:
    return list(person.views.supplement.property("items"))


def test_everything_missing_is_answered_and_sent_as_one(point: Any, person: Any) -> None:
    open_list(person)
    assert [(one["label"], one["reason"]) for one in items(person)] == [
        (thing.label, thing.reason) for thing in NEWS.missing
    ]
    take_photo(person, 1)
    assert person.views.photo.property("title") == PAPER.label
    write_phone(person, 2, "0912345678")
    person.tap("answer_3")
    person.wait_for_page("question")
    assert person.views.question.property("label") == STORY.label
    assert person.views.question.property("hint") == STORY.reason
    person.type_text("Mai")
    person.tap("continueButton")
    person.wait_for_page("supplement")
    take_photo(person, 4)
    assert [one["done"] for one in items(person)] == [True] * 4
    assert items(person)[1]["shown"] == "••• ••• 56 78"
    form = person.app.parts.stage.visit.form
    assert form.session.value("/data/case/case_no") == NUMBER
    assert form.session.value("/data/more/content") == f"{PHONE.label}: 0912345678\n{STORY.label}: Mai"
    assert [form.session.value(f"/data/more/papers[{each}]/what") for each in (1, 2)] == [
        PAPER.label,
        OTHER.label,
    ]
    assert len(form.kept_attachments()) == 2
    person.tap("continueButton")
    agree_and_wait(person)
    assert person.views.receipt.property("addsTo") == NUMBER
    assert list(person.views.receipt.property("missingPapers")) == []
    stage = person.app.parts.stage
    (row,) = stage.tasks(lambda store: store.list_items())
    assert (row.kind, row.state, row.blobs_total) == ("case", ItemState.QUEUED, 2)
    assert stage.tasks(lambda store: store.list_drafts()) == ()
    assert stage.visit.form is None
    person.end_visit()
    assert (items(person), person.views.track.property("caseNumber")) == ([], "")


def test_a_part_may_go_first_and_the_receipt_says_what_lacks(point: Any, person: Any) -> None:
    open_list(person)
    assert not person.find("continueButton").isEnabled()
    write_phone(person, 2, "0912345678")
    person.tap("continueButton")
    agree_and_wait(person)
    assert list(person.views.receipt.property("missingPapers")) == [PAPER.label, OTHER.label]
    assert "Đã lưu, chờ gửi" in said_on(person)
    person.views.receipt.set_sent(sent=True)
    assert "Đã gửi thêm" in said_on(person)
    assert f"Gửi thêm cho hồ sơ {NUMBER}." in said_on(person)


def test_only_words_are_asked_for(point: Any, person: Any) -> None:
    open_list(person, CaseNews(case_number=NUMBER, state="need", at=NEWS.at, unit="Nà Tấu", missing=(PHONE,)))
    write_phone(person, 1, "0912345678")
    person.tap("continueButton")
    agree_and_wait(person)
    assert list(person.views.receipt.property("missingPapers")) == []


def test_an_answer_can_be_mended_and_taken_back(point: Any, person: Any) -> None:
    open_list(person)
    write_phone(person, 2, "0912")
    person.tap("answer_2")
    person.wait_for_page("question")
    for _ in range(4):
        person.tap("pad_backspace")
    person.tap("continueButton")
    person.wait_for_page("supplement")
    assert person.views.supplement.property("doneCount") == 0
    assert person.app.parts.stage.visit.form.session.value("/data/more/content") is None


def test_the_second_paper_alone_brings_no_words(point: Any, person: Any) -> None:
    open_list(person, replace(NEWS, missing=(PAPER, OTHER)))
    take_photo(person, 2)
    session = person.app.parts.stage.visit.form.session
    assert session.value("/data/more/content") is None
    assert "/data/more/content" not in [problem.ref for problem in session.validate()]
    person.tap("continueButton")
    agree_and_wait(person)
    assert list(person.views.receipt.property("missingPapers")) == [PAPER.label]


def test_what_was_just_sent_is_not_asked_for_again(point: Any, person: Any) -> None:
    open_list(person)
    write_phone(person, 2, "0912345678")
    person.tap("continueButton")
    agree_and_wait(person)
    person.tap("homeButton")
    show_news(person)
    assert not person.views.supplement.property("offered")
    assert {"Đã gửi thêm rồi", "Đã gửi phần thêm. Chờ cán bộ xem."} <= said_on(person)
    assert PHONE.label not in said_on(person)
    person.app.parts.views.shell.endVisit()
    show_news(person)
    assert person.views.supplement.property("offered")


def test_a_day_that_has_passed_is_said_and_still_answered(point: Any, person: Any) -> None:
    late = replace(NEWS, due_on="2026-11-20")
    show_news(person, late)
    assert "đã quá ngày" in said_on(person)
    person.tap("continueButton")
    person.wait_for_page("supplement")
    assert "Đã quá ngày. Vẫn gửi thêm được." in said_on(person)
    write_phone(person, 2, "0912345678")
    person.tap("continueButton")
    agree_and_wait(person)


def test_a_request_that_names_nothing_sends_to_the_staff(point: Any, person: Any) -> None:
    show_news(person, replace(NEWS, missing=()))
    assert {"Hồ sơ cần gửi thêm", "Mời hỏi cán bộ cần thêm gì."} <= said_on(person)
    assert not person.views.supplement.property("offered")


def test_going_back_and_home_keeps_what_was_answered_only(point: Any, person: Any) -> None:
    stage = person.app.parts.stage
    open_list(person)
    person.tap("answer_1")
    person.wait_for_page("photo")
    person.tap("backButton")
    person.wait_for_page("supplement")
    person.tap("backButton")
    person.wait_for_page("status")
    assert stage.visit.form is None
    person.tap("continueButton")
    person.wait_for_page("supplement")
    write_phone(person, 2, "0912345678")
    person.tap("backButton")
    person.wait_for_page("status")
    person.tap("continueButton")
    person.wait_for_page("supplement")
    assert person.views.supplement.property("doneCount") == 1
    person.tap("homeButton")
    person.wait_for_page("home")
    stage.tasks.wait_idle()
    (draft,) = stage.tasks(lambda store: store.list_drafts())
    assert draft.form_id == "supplement"


def test_who_answered_nothing_leaves_no_draft(point: Any, person: Any) -> None:
    stage = person.app.parts.stage
    open_list(person)
    person.tap("answer_2")
    person.wait_for_page("question")
    person.tap("homeButton")
    person.wait_for_page("home")
    assert stage.tasks(lambda store: store.list_drafts()) == ()


@pytest.mark.parametrize("state", ["received", "working", "accepted", "refused"])
def test_nothing_is_sent_that_nobody_asked_for(point: Any, person: Any, state: str, qtbot: Any) -> None:
    show_news(person, CaseNews(case_number=NUMBER, state=state, at=NEWS.at, unit="Nà Tấu", missing=()))
    assert not person.views.supplement.property("offered")
    person.views.supplement.open()
    person.app.parts.stage.tasks.wait_idle()
    qtbot.wait(20)
    assert person.page == "status"
    assert person.app.parts.stage.visit.form is None


def test_a_point_without_the_form_offers_nothing(birth_point: Any, person: Any) -> None:
    show_news(person)
    assert not person.views.supplement.property("offered")
    person.tap("continueButton")
    person.wait_for_page("home")


def test_without_a_receipt_nothing_opens(point: Any, person: Any, qtbot: Any) -> None:
    person.app.navigator.open("home")
    person.views.supplement.open()
    person.app.parts.stage.tasks.wait_idle()
    qtbot.wait(20)
    assert person.page == "home"
    assert person.app.parts.stage.visit.form is None


@pytest.mark.parametrize("purpose", ["legal_aid", "protected"])
def test_what_is_added_to_a_private_case_is_for_its_agency_alone(
    point: Any, person: Any, purpose: str
) -> None:
    """Also behind three pictures no draft is kept: it would not know for whom it is."""
    stage = person.app.parts.stage
    show_news(person, found=Found(news=NEWS, purpose=purpose, is_private=True))
    assert not person.views.supplement.property("offered"), "nothing is said before the pictures"
    person.views.track._is_unlocked = True
    person.views.track.changed.emit()
    person.views.supplement.open()
    person.wait_for_page("supplement")
    stage.visit.lock = make_lock(("a", "b", "c"))
    take_photo(person, 1)
    write_phone(person, 2, "0912345678")
    stage.tasks.wait_idle()
    assert stage.tasks(lambda store: store.list_drafts()) == ()
    assert stage.tasks(lambda store: store.list_locked_drafts()) == ()
    person.tap("continueButton")
    agree_and_wait(person)
    assert person.views.receipt.property("isPrivate")
    items = stage.tasks(lambda store: store._opened.db.rows("SELECT envelope FROM item"))
    drops = stage.tasks(lambda store: store._opened.db.rows("SELECT envelope FROM sealed_drop"))
    assert (len(items), len(drops) > 0) == ((1, False) if purpose == "legal_aid" else (0, True))
    identity = stage.tasks(lambda store: store.get_identity())
    keyset = read_keyset(identity.keyset, identity.root_public)
    readers = {key.kid for key in keyset.recipients(purpose, identity.commune_code)}
    for row in (*items, *drops):
        assert set(read_header(row["envelope"]).kids) == readers


def test_nothing_is_added_where_nobody_would_read_it(point: Any, person: Any) -> None:
    show_news(person, found=Found(news=NEWS, purpose=""))
    assert not person.views.supplement.property("offered")


DYING = """
    import os, signal, sys
    from datetime import UTC, datetime
    from pathlib import Path

    from journey import JourneyDriver
    from supportpoint.clock import FixedClock
    from supportpoint.kiosk.bootstrap import make_app
    from test_supplement import agree_and_wait, open_list, take_photo, write_phone

    clock = FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    app = make_app(
        Path(sys.argv[1]), fake_devices=True, window=(1366, 768), clock=clock, motion=False, with_sync=False
    )
    person = JourneyDriver(app)
    open_list(person)
    take_photo(person, 1)
    write_phone(person, 2, "0912345678")
    if sys.argv[2] == "sent":
        person.tap("continueButton")
        person.wait_for_page("consent")
        while person.page == "consent":
            person.tap("agreeButton")
        person.wait_until(lambda: person.views.sending.property("queued"), "the outbox")
    app.parts.stage.tasks.wait_idle()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def die(folder: Path, when: str) -> None:
    line = [sys.executable, "-c", textwrap.dedent(DYING), str(folder), when]
    places = os.pathsep.join(str(ROOT / place) for place in ("", "build_scripts", "tests/ui"))
    environment = os.environ | {"PYTHONPATH": places}
    ended = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


def test_what_was_sent_survives_a_kill(point: Any, meet: Callable[..., Any]) -> None:
    die(point.folder, "sent")
    stage = meet().app.parts.stage
    (row,) = stage.tasks(lambda store: store.list_items())
    assert (row.state, row.blobs_total) == (ItemState.QUEUED, 1)
    assert stage.tasks(lambda store: store.list_drafts()) == ()


def test_what_was_answered_survives_a_kill(point: Any, meet: Callable[..., Any]) -> None:
    die(point.folder, "answered")
    person = meet()
    person.walk_to_home()
    person.tap("resumeButton")
    person.wait_until(lambda: bool(person.app.parts.stage.walk.ref), "the draft")
    form = person.app.parts.stage.visit.form
    assert form.session.value("/data/more/content") == f"{PHONE.label}: 0912345678"
    assert len(form.kept_attachments()) == 1
