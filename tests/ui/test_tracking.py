"""What became of a case, by the receipt alone: the reader is on at once, and every state is said truly."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from supportpoint.clock import make_uuid7
from supportpoint.protocol import BoxBody
from supportpoint.records import ItemState, Receipt, SealedCase
from supportpoint.sealing.receipt import make_receipt, qr_text, receipt_hash, write_secret
from supportpoint.store.store import Store
from tests.ui.test_page_look import NEWS
from tests.ui.test_supplement import said_on, show_news

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def tracker(person: Any) -> Any:
    """A person on the page that looks a receipt up."""
    person.walk_to_home()
    person.tap("card_mine")
    person.wait_for_page("track")
    return person


def queue_case(person: Any, receipt: Receipt, state: ItemState = ItemState.QUEUED) -> None:
    """Put a case of a receipt into the outbox, and let the server have said that of it."""
    case = SealedCase(
        kind="case",
        id=str(make_uuid7(AT)),
        envelope=secrets.token_bytes(900),
        blobs=(),
        case_number=receipt.case_number,
        receipt_hash=receipt_hash(receipt.secret),
    )
    said = (state.value, case.id)

    def work(store: Store) -> None:
        store.queue_case(case)
        store._opened.db.execute("UPDATE item SET state = ? WHERE id = ?", said)

    person.app.parts.stage.tasks(work)


def read(person: Any, receipt: Receipt) -> None:
    person.feed_scanner(qr_text(receipt.secret))
    person.wait_for_page("status")


def test_the_reader_is_on_with_the_page_and_off_without_it(tracker: Any) -> None:
    assert tracker.app.scanner.is_on
    assert "Máy quét đang bật" in said_on(tracker)
    tracker.tap("callButton")
    tracker.wait_for_page("help")
    assert not tracker.app.scanner.is_on
    tracker.tap("backButton")
    tracker.wait_for_page("track")
    assert tracker.app.scanner.is_on
    tracker.tap("typeInsteadButton")
    assert not tracker.app.scanner.is_on
    tracker.tap("backButton")
    tracker.wait_until(lambda: tracker.app.scanner.is_on, "the reader")
    tracker.tap("homeButton")
    tracker.wait_for_page("home")
    assert not tracker.app.scanner.is_on


def test_who_waits_is_told_what_to_do(tracker: Any) -> None:
    track, said = tracker.app.parts.views.track, []
    for _ in range(30):
        track._second()
        said += [words for words in said_on(tracker) if words not in said]
    for words in (
        "Đưa giấy ra xa một chút",
        "Vuốt phẳng giấy, tránh chỗ lóa",
        "Chưa đọc được. Gõ mã cũng được.",
    ):
        assert words in said


def test_a_wrong_code_leaves_the_reader_on(tracker: Any) -> None:
    receipt = make_receipt()
    tracker.feed_scanner("https://example.org")
    assert "Mã này chưa đúng. Mời xem lại giấy hẹn." in said_on(tracker)
    tracker.feed_scanner(qr_text(make_receipt().secret))
    tracker.wait_until(lambda: tracker.views.track.property("state") == "none", "the answer")
    assert "Chưa thấy mã này. Mời xem lại giấy hẹn." in said_on(tracker)
    queue_case(tracker, receipt)
    read(tracker, receipt)
    assert not tracker.app.scanner.is_on


@pytest.mark.parametrize(
    ("state", "title", "note"),
    [
        (ItemState.QUEUED, "Đã lưu ở máy này, chờ gửi", "Máy sẽ gửi khi có mạng. Bà con không phải chờ."),
        (ItemState.STORED, "Đã lưu ở máy này, chờ gửi", "Máy sẽ gửi khi có mạng. Bà con không phải chờ."),
        (ItemState.COMPLETE, "Đang xử lý", "Đã gửi đi. Chưa có tin mới."),
        (ItemState.NEEDS_PERSON, "Cán bộ đang kiểm tra.", "Hồ sơ vẫn còn. Có gì cán bộ sẽ báo."),
    ],
)
def test_a_case_of_which_no_agency_has_spoken(tracker: Any, state: ItemState, title: str, note: str) -> None:
    receipt = make_receipt()
    queue_case(tracker, receipt, state)
    read(tracker, receipt)
    said = said_on(tracker)
    assert {title, note, receipt.case_number} <= said
    assert "Cán bộ xã xem" not in said, "nobody knows whose desk a private case is on"


def test_a_box_that_does_not_open_is_no_fault_of_the_holder(
    tracker: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    caplog.expected_warnings = ["supportpoint.kiosk.pages.track: a box is not opened"]
    receipt = make_receipt()
    monkeypatch.setattr(Store, "find_box", lambda _store, address: BoxBody(address, b"no box"))
    read(tracker, receipt)
    assert {"Cán bộ đang kiểm tra.", receipt.case_number} <= said_on(tracker)
    assert receipt.case_number not in caplog.text


@pytest.mark.parametrize(
    ("state", "reason", "title", "note"),
    [
        ("received", "", "Hồ sơ đã đến cán bộ xã Nà Tấu", "Tin ngày 24/11. Chưa có tin mới."),
        ("working", "", "Hồ sơ đang ở cán bộ xã Nà Tấu", "Tin ngày 24/11. Chưa có tin mới."),
        ("accepted", "", "Cán bộ đã nhận làm việc này", "Chưa cần làm gì thêm."),
        ("refused", "", "Cán bộ chưa làm được việc này", "Mời hỏi cán bộ vì sao."),
        ("refused", "Đã đăng ký ở xã khác.", "Cán bộ chưa làm được việc này", "Đã đăng ký ở xã khác."),
    ],
)
def test_what_an_agency_said_and_how_old_it_is(
    person: Any, state: str, reason: str, title: str, note: str
) -> None:
    show_news(person, replace(NEWS, state=state, reason=reason, missing=()))
    assert {title, note, "Tin ngày 24/11"} <= said_on(person)


def test_news_of_another_year_say_the_year(person: Any) -> None:
    show_news(person, replace(NEWS, state="working", at="2025-06-12T02:00:00Z", missing=()))
    assert "Tin ngày 12/06/2025" in said_on(person)


def test_a_code_is_typed_where_nothing_reads(person: Any) -> None:
    receipt = make_receipt()
    person.app.scanner.unplug()
    person.walk_to_home()
    queue_case(person, receipt)
    person.tap("card_mine")
    person.wait_for_page("track")
    assert "Máy quét chưa chạy. Nhóm 1 trên 7, còn 27 chữ." in said_on(person)
    for letter in write_secret(receipt.secret).replace("-", ""):
        person.tap(f"pad_{letter}")
    person.tap("continueButton")
    person.wait_for_page("status")
    assert receipt.case_number in said_on(person)


def test_a_reader_that_is_pulled_out_says_so_and_comes_back(tracker: Any) -> None:
    receipt = make_receipt()
    queue_case(tracker, receipt)
    tracker.app.scanner.unplug()
    tracker.wait_until(lambda: "Máy quét chưa chạy. Mời gõ mã." in said_on(tracker), "the words")
    assert "Máy quét đang bật" not in said_on(tracker)
    tracker.app.scanner.plug()
    tracker.wait_until(lambda: "Máy quét đang bật" in said_on(tracker), "the reader")
    read(tracker, receipt)


def test_nothing_of_a_receipt_is_left_after_the_visit(tracker: Any) -> None:
    receipt = make_receipt()
    queue_case(tracker, receipt)
    read(tracker, receipt)
    tracker.app.parts.views.shell.endVisit()
    tracker.wait_for_page("attract")
    track = tracker.views.track
    assert (track.property("caseNumber"), track.property("typed"), track.news) == ("", "", None)
