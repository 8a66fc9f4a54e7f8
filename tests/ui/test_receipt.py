"""The receipt in somebody's hand: printed, photographed or copied, whatever the printer does."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from msgspec import structs
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from supportpoint.devices.fake_printer import FakePrinter
from supportpoint.devices.printer import WIDTH_PX, OnPrinted, Paper, PrinterState
from supportpoint.devices.qr_reader import read_qr
from supportpoint.kiosk import bootstrap
from supportpoint.kiosk.pages import receipt as receipt_page
from supportpoint.kiosk.pages import sending as sending_page
from supportpoint.kiosk.pictures.qrcode import QrCode
from supportpoint.records import ItemState
from supportpoint.sealing.receipt import qr_text, read_secret, write_secret
from supportpoint.store.store import Store
from tests.ui.test_page_look import RECEIPT
from tests.ui.test_supplement import said_on


class KeepingPrinter(FakePrinter):
    """Keeps what it was given, so that a test can look at it; can be pulled out just before it prints."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[tuple[QImage, Paper]] = []
        self.breaks = False

    def print_images(self, pages: Sequence[QImage], paper: Paper, on_printed: OnPrinted) -> None:
        if self.breaks:
            self.unplug()
        self.pages += [(page.copy(), paper) for page in pages]
        super().print_images(pages, paper, on_printed)


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> KeepingPrinter:
    printer = KeepingPrinter()
    whole = bootstrap.make_devices
    monkeypatch.setattr(
        bootstrap, "make_devices", lambda folder, fake: replace(whole(folder, fake=fake), printer=printer)
    )
    monkeypatch.setattr(receipt_page, "WATCH_MS", 20)
    return printer


@pytest.fixture
def holder(printer: KeepingPrinter, person: Any) -> Any:
    """A person before a receipt."""
    show(person)
    return person


def show(person: Any, handover: Any = RECEIPT) -> None:
    person.app.parts.views.receipt.show(handover)
    person.app.navigator.open("receipt")
    person.wait_for_page("receipt")


def wait_for_print(person: Any, state: str) -> None:
    person.wait_until(lambda: person.views.receipt.property("printState") == state, state)


@pytest.mark.parametrize("paper", list(Paper))
def test_a_touch_prints_the_slip(
    holder: Any, printer: KeepingPrinter, paper: Paper, birth_point: Any
) -> None:
    printer.paper = paper
    holder.tap("printButton")
    wait_for_print(holder, "printed")
    ((page, used),) = printer.pages
    assert (used, page.width(), printer.printed) == (paper, WIDTH_PX[paper], 1)
    assert read_qr(page) == qr_text(RECEIPT.receipt.secret)
    assert {"In xong rồi. Mời lấy giấy hẹn.", "In lại"} <= said_on(holder)
    secret = write_secret(RECEIPT.receipt.secret).encode()
    files = [path for path in birth_point.folder.rglob("*") if path.is_file()]
    assert not [path for path in files if secret in path.read_bytes() or path.suffix in {".pdf", ".png"}]
    holder.end_visit()
    assert holder.views.receipt.property("printState") == "none"


def test_a_second_touch_while_it_prints_is_no_second_slip(holder: Any, printer: KeepingPrinter) -> None:
    for _ in range(3):
        holder.views.receipt.printSlip()
    assert holder.views.receipt.property("printState") == "printing"
    assert {"Đang in", "Máy đang in giấy hẹn."} <= said_on(holder)
    assert not holder.find("printButton").isEnabled()
    holder.app.parts.stage.tasks.wait_idle()
    wait_for_print(holder, "printed")
    QTest.qWait(50)
    assert (len(printer.pages), printer.printed) == (1, 1)
    holder.tap("printButton")
    holder.wait_until(lambda: printer.printed == 2, "a second slip, asked for")


def test_paper_that_ran_out_is_said_and_then_put_in(holder: Any, printer: KeepingPrinter) -> None:
    printer.condition = PrinterState.PAPER_OUT
    wait_for_print(holder, "paperOut")
    assert "Máy in hết giấy. Mời chép hoặc chụp mã này." in said_on(holder)
    holder.tap("printButton")
    holder.wait_until(lambda: len(printer.pages) == 1, "the try")
    wait_for_print(holder, "paperOut")
    printer.condition = PrinterState.READY
    wait_for_print(holder, "ready")
    holder.tap("printButton")
    wait_for_print(holder, "printed")
    assert printer.printed == 1


def test_a_printer_that_is_pulled_out_on_the_way(holder: Any, printer: KeepingPrinter) -> None:
    printer.breaks = True
    holder.tap("printButton")
    wait_for_print(holder, "failed")
    assert "Chưa in được. Mời chép hoặc chụp mã này." in said_on(holder)
    printer.breaks = False
    printer.plug()
    holder.tap("printButton")
    wait_for_print(holder, "printed")


def test_without_a_printer_there_is_no_button_and_still_a_way(printer: KeepingPrinter, person: Any) -> None:
    printer.unplug()
    show(person)
    assert person.find("printButton") is None
    assert "Mã kín. Gõ khi không quét được." in said_on(person)
    person.tap("photographButton")
    person.wait_until(lambda: person.find("largeQr") is not None, "the large code")
    shown = read_qr(person.app.window.grabWindow())
    assert shown == qr_text(RECEIPT.receipt.secret)
    groups = [words for words in said_on(person) if words.count("-") in {2, 3} and len(words) > 11]
    typed = "-".join(sorted(groups, key=len, reverse=True))
    assert read_secret(typed) == RECEIPT.receipt.secret
    person.tap("continueButton")
    person.wait_until(lambda: person.find("largeQr") is None, "the receipt")
    assert person.views.receipt.property("photographed")
    person.end_visit()
    assert not person.views.receipt.property("photographed")


def test_the_large_code_can_be_left_again(holder: Any) -> None:
    holder.tap("photographButton")
    holder.wait_until(lambda: holder.find("largeQr") is not None, "the large code")
    holder.tap("backButton")
    holder.wait_until(lambda: holder.find("printButton") is not None, "the receipt")
    assert not holder.views.receipt.property("photographed")


def test_a_slip_that_ends_after_the_visit_tells_nobody(holder: Any, printer: KeepingPrinter) -> None:
    holder.views.receipt.printSlip()
    holder.app.parts.views.shell.endVisit()
    holder.app.parts.stage.tasks.wait_idle()
    holder.wait_for_page("attract")
    assert holder.views.receipt.property("printState") == "none"
    assert printer.pages == []


def test_a_private_receipt_says_nothing_of_the_matter(printer: KeepingPrinter, person: Any) -> None:
    show(person, replace(RECEIPT, is_private=True, route="legal_aid_centre"))
    said = " ".join(said_on(person))
    hidden = (RECEIPT.service_title, RECEIPT.person_masked, RECEIPT.deadline, *RECEIPT.missing_papers)
    for secret in (*hidden, "pháp lý"):
        assert secret not in said
    person.tap("printButton")
    wait_for_print(person, "printed")
    assert read_qr(printer.pages[0][0]) == qr_text(RECEIPT.receipt.secret)


@pytest.fixture
def linked(monkeypatch: pytest.MonkeyPatch, person: Any, answers: Mapping[str, str]) -> Callable[..., Any]:
    """Return what submits the birth form as if a link were there, with the server's state of the case."""
    monkeypatch.setattr(sending_page, "WAIT_MS", 1500)

    def submit(state: ItemState, photos_done: int) -> Any:
        person.walk_to_form()
        person.fill_form(answers, lambda: person.page == "consent")
        find = Store.find_item_state

        def found(store: Store, address: bytes) -> Any:
            row = find(store, address)
            return None if row is None else structs.replace(row, state=state, blobs_done=photos_done)

        monkeypatch.setattr(Store, "find_item_state", found)
        person.app.parts.views.sending.set_online(online=True)
        while person.page == "consent":
            person.tap("agreeButton")
        person.wait_until(lambda: person.views.sending.property("queued"), "the outbox")
        return person

    return submit


def test_a_case_that_arrives_is_seen_arriving(linked: Callable[..., Any]) -> None:
    person = linked(ItemState.COMPLETE, 2)
    person.wait_until(lambda: person.views.sending.property("sent"), "its arrival")
    assert "Gửi đi 2 trên 2 ảnh" in said_on(person)
    person.wait_for_page("receipt")
    assert "Đã gửi" in said_on(person)


def test_a_slow_link_is_not_waited_for(linked: Callable[..., Any]) -> None:
    person = linked(ItemState.STORED, 1)
    person.wait_until(lambda: "Gửi đi 1 trên 2 ảnh" in said_on(person), "how far it is")
    assert person.page == "sending"
    person.wait_for_page("receipt")
    assert "Đã lưu, chờ gửi" in said_on(person)


def test_nobody_leaves_without_the_receipt(linked: Callable[..., Any]) -> None:
    person = linked(ItemState.STORED, 1)
    person.tap("homeButton")
    assert person.page == "receipt"
    QTest.qWait(sending_page.SHOWN_MS + 100)
    person.end_visit()


def test_no_code_outlives_the_page_that_showed_it(holder: Any) -> None:
    def shown() -> list[str]:
        items = [thing for thing in gc.get_objects() if type(thing) is QrCode]
        return [text for item in items if (text := item._drawn.text)]

    assert shown()
    holder.tap("continueButton")
    holder.wait_for_page("ending")
    holder.wait_until(lambda: not shown(), "the end of every code")


def test_help_is_not_torn_away_and_the_receipt_follows(linked: Callable[..., Any]) -> None:
    person = linked(ItemState.COMPLETE, 2)
    person.tap("callButton")
    person.wait_for_page("help")
    person.wait_until(lambda: not person.app.parts.views.sending._pause.isActive(), "the pause")
    assert person.page == "help"
    person.tap("backButton")
    person.wait_for_page("receipt")
