"""After a visit that left marks everywhere, none is found: not in pages, memory, files or log."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from supportpoint.kiosk.pages.receipt import ReceiptViewModel
from supportpoint.kiosk.pages.track import TrackViewModel
from supportpoint.kiosk.visit.answer import OpenAnswer
from supportpoint.kiosk.visit.service import Service
from supportpoint.kiosk.visit.visit import Visit
from supportpoint.sealing.receipt import read_secret
from tests.ui.leftovers import Marks, find_leftovers, in_properties, in_values

CHILD, FATHER, VILLAGE = "Vừ Thị Xoẻn", "Vừ Văn Ngoẻo", "bản Khuổi Nhoẻm"
ID, PHONE = "011198073951", "0917394628"
STORY = "zoan quoeng"
MINE = ("fish", "house", "star")


@pytest.fixture
def marked(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers of the birth form with words that stand nowhere else."""
    return {
        **answers,
        "/data/child/ask_full_name": CHILD,
        "/data/parents/father/ask_full_name": FATHER,
        "/data/requester/residence/ask_detail": VILLAGE,
        "/data/requester/id_no": ID,
        "/data/requester/phone": PHONE,
    }


@pytest.fixture
def temp_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, empty, also for what Qt and C libraries put there."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def live_a_visit(person: Any, marked: Mapping[str, str]) -> tuple[Marks, Marks]:
    """Fill and send a form, track its receipt by its typed code, copy something; return every mark left.

    The second marks are the case number, which opens nothing: outbox and spool keep it for the staff.
    """
    person.walk_to_form()
    person.fill_form(marked, lambda: person.page == "consent")
    photos = [one.content for one in person.app.parts.stage.visit.form.attachments.values()]
    person.fill_form(marked, lambda: person.page == "receipt")
    person.wait_for_page("receipt")
    receipt = person.views.receipt
    number, secret = receipt.property("caseNumber"), receipt.property("secretText")
    person.tap("continueButton")
    person.wait_for_page("ending")
    person.tap("card_more")
    person.wait_for_page("home")
    person.tap("card_mine")
    person.wait_for_page("track")
    person.tap("typeInsteadButton")
    for char in secret.replace("-", ""):
        person.tap(f"pad_{char}")
    person.tap("continueButton")
    person.wait_for_page("status")
    QGuiApplication.clipboard().setText(CHILD)
    spellings = [secret, secret.replace("-", "")]
    contents = [read_secret(secret), *(photo[len(photo) // 2 :][:48] for photo in photos)]
    assert len(photos) == 2
    marks = Marks([CHILD, "Xoẻn", FATHER, "Ngoẻo", "Nhoẻm", ID, PHONE, *spellings], contents)
    return marks, Marks([number])


@pytest.fixture
def search(birth_point: Any, temp_folder: Path, caplog: Any) -> Iterator[Callable[..., list[str]]]:
    def find(person: Any, marks: Marks) -> list[str]:
        assert [path for path in temp_folder.rglob("*") if path.is_file()] == []
        return find_leftovers(person.app, birth_point.folder, marks, caplog.text)

    caplog.set_level("DEBUG")
    yield find
    QGuiApplication.clipboard().clear()


def test_nothing_is_left_of_a_case_that_was_sent(
    marked: dict[str, str], search: Callable[..., list[str]], meet: Callable[..., Any]
):
    person = meet()
    marks, number = live_a_visit(person, marked)
    assert {"property", "value", "clipboard"} <= kinds(search(person, marks))
    assert in_properties(person.app, number)
    assert in_values(person.app, number)
    person.tap("homeButton")
    person.wait_for_page("home")
    person.end_visit()
    assert search(person, marks) == []
    assert in_properties(person.app, number) + in_values(person.app, number) == []


def kinds(found: list[str]) -> set[str]:
    return {line.partition(" ")[0] for line in found}


@pytest.mark.parametrize("part", ["property", "value", "clipboard", "row", "file", "log"])
def test_the_search_finds_a_mark_wherever_it_is_put(
    person: Any, search: Callable[..., list[str]], birth_point: Any, caplog: Any, part: str
):
    import logging  # noqa: PLC0415 -- only here

    person.walk_to_home()
    marks = Marks([CHILD])
    assert search(person, marks) == []
    if part == "property":
        person.app.window.setProperty("left", CHILD)
    elif part == "value":
        person.views.shell.later = lambda words=CHILD: words
    elif part == "clipboard":
        QGuiApplication.clipboard().setText(CHILD)
    elif part == "row":
        person.app.parts.stage.tasks(
            lambda store: store._opened.db.execute("UPDATE device SET incarnation = ?", (CHILD,))
        )
    elif part == "file":
        (birth_point.folder / "stray.bin").write_bytes(b"\0" + CHILD.encode("utf-16-le"))
    else:
        logging.getLogger("supportpoint.stray").info("%s", CHILD)
    assert part in kinds(search(person, marks))


@pytest.mark.parametrize(
    ("owner", "reset"),
    [
        (ReceiptViewModel, "_forget"),
        (OpenAnswer, "_forget"),
        (TrackViewModel, "_forget"),
        (Service, "put_away"),
        (Visit, "close_form"),
    ],
)
def test_one_reset_less_and_the_search_finds_it(  # noqa: PLR0913, PLR0917 -- one test, many hands
    full_point: Any,
    meet: Callable[..., Any],
    search: Callable[..., list[str]],
    monkeypatch: pytest.MonkeyPatch,
    owner: type,
    reset: str,
):
    monkeypatch.setattr(owner, reset, lambda *_: None)
    person = meet()
    person.walk_to_home()
    person.enter_form("sell", "product-listing")
    person.type_text(STORY)
    marks = Marks([STORY])
    if owner in {ReceiptViewModel, TrackViewModel}:
        person.fill_form({"/data/story": STORY}, lambda: person.page == "receipt")
        person.wait_for_page("receipt")
        marks = Marks([person.views.receipt.property("secretText")])
        if owner is TrackViewModel:
            person.views.track.typeSecret(person.views.receipt.property("secretText"))
    elif owner is Service:
        person.tap("continueButton")
        person.wait_until(lambda: person.page == "review", "the review")
        marks = Marks([], [STORY.encode()])
    person.views.shell.endVisit()
    person.wait_for_page("attract")
    assert search(person, marks)


@pytest.mark.parametrize(
    ("is_locked", "ends_by"),
    [
        (False, "end page"),
        (False, "nobody there"),
        (False, "cover"),
        (True, "end page"),
        (True, "nobody there"),
    ],
)
def test_nothing_is_left_of_a_private_matter_that_was_not_sent(
    full_point: Any,
    meet: Callable[..., Any],
    search: Callable[..., list[str]],
    is_locked: bool,  # noqa: FBT001 -- a case of the test
    ends_by: str,
):
    person = meet()
    person.walk_to_home()
    person.tap("card_law")
    person.wait_for_page("door")
    if is_locked:
        person.tap("setLockButton")
        for _ in range(2):
            for picture in MINE:
                person.tap(f"picture_{picture}")
        person.wait_for_page("door")
    person.tap("card_screen")
    person.wait_for_page("question")
    person.type_text(STORY)
    person.tap("continueButton")
    person.wait_for_page("review")
    if ends_by == "end page":
        person.end_visit()
    elif ends_by == "cover":
        person.tap("coverButton")
        person.views.privacy._cover_timer.setInterval(10)
    else:
        person.app.parts.stage.presence.hurry(2)
    person.wait_for_page("attract")
    assert search(person, Marks([STORY, "fish\nhouse"])) == []
