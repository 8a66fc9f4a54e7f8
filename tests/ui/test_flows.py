"""Every flow from the first page to its receipt by touches alone, offline; the store holds what was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from supportpoint.content.shelf import Shelf
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.forms.view import QuestionType
from supportpoint.kiosk.visit.lexical import lexical
from supportpoint.protocol import Kind
from supportpoint.records import ItemState
from supportpoint.sealing.case import Record, open_case, open_file
from supportpoint.sealing.drops import PURPOSE, open_drops
from supportpoint.store.files import Folder
from supportpoint.sync.submission import DICTIONARY_FILE
from tests.ui import taps
from tests.ui.flows import FORMS, NEWS, PAPER, PHONE, deliver_news, read_aloud_and_next, walk_form
from tests.whole_point import WholePoint

#: How a photo, a drawn signature and a recording begin.
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"OggS")
FILES = {QuestionType.IMAGE, QuestionType.AUDIO}


@pytest.fixture(scope="module")
def count(request: pytest.FixtureRequest) -> Iterator[Callable[..., None]]:
    """Return what holds the touches of a flow against the written figure, or writes all of them anew."""
    is_retaken, written = request.config.getoption("retake"), taps.read_table()
    counted: dict[str, list[Any]] = {}
    targets: dict[str, int] = {}

    def take(name: str, touched: list[Any], most: int = 0) -> None:
        counted[name], targets[name] = list(touched), most
        assert not most or len(touched) <= most, Counter(map(taps.kind_of, touched))
        assert is_retaken or len(touched) <= written[name], Counter(map(taps.kind_of, touched))

    yield take
    if is_retaken:
        taps.write_table(counted, targets)


@pytest.fixture
def visitor(meet_whole: Callable[..., Any]) -> Iterator[Any]:
    """The person at home, come by touch; with the receipt in hand, two more touches end the visit.

    The sync loop runs and finds no server.
    """
    visitor = meet_whole(with_sync=True)
    visitor.walk_to_home()
    visitor.taps.clear()
    yield visitor
    if visitor.page == "receipt":
        visitor.end_visit()


def open_stored(visitor: Any, point: WholePoint, form_id: str) -> tuple[Record, FormSession, list[bytes]]:
    """Return the one thing that the kiosk holds, opened by whom it is for: record, answers, attachments."""
    tasks = visitor.app.parts.stage.tasks
    assert tasks(lambda store: store.list_drafts()) == ()
    package = Shelf(point.folder).open_form(form_id)
    is_drop = package.manifest.settings["purpose"] == PURPOSE
    record, blobs = (open_drop if is_drop else open_item)(tasks, point, package.files[DICTIONARY_FILE])
    files = {name: content for name, content in package.files.items() if name != "form.xml"}
    definition = FormDefinition.load(package.files["form.xml"], files=files)
    return record, FormSession.from_xml(definition, record.xml, clock=visitor.app.parts.stage.clock), blobs


def open_item(tasks: Any, point: WholePoint, dictionary: bytes) -> tuple[Record, list[bytes]]:
    (row,) = [row for row in tasks(lambda store: store.list_items()) if row.kind == Kind.CASE]
    assert row.state is ItemState.QUEUED
    (item,) = [item for item in tasks(lambda store: store.take_batch()) if item.kind == Kind.CASE]
    record = open_case(item.envelope, point.keys, lambda _id: dictionary).record
    folder = Folder(point.folder)
    blobs = [open_file(folder.blob_path(blob.sha256).read_bytes(), point.keys) for blob in item.blobs]
    return record, blobs


def open_drop(tasks: Any, point: WholePoint, dictionary: bytes) -> tuple[Record, list[bytes]]:
    assert [row for row in tasks(lambda store: store.list_items()) if row.kind == Kind.CASE] == []
    drops = tasks(lambda store: store.list_drops_to_carry(1 << 30))
    (opened,) = open_drops(drops, point.keys, lambda _id: dictionary)
    return opened.feedback.record, list(opened.feedback.contents)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_filled_and_what_is_stored_says_what_was_told(
    visitor: Any, whole_point: WholePoint, count: Callable[..., None], name: str
):
    flow = FORMS[name]
    told = walk_form(visitor, flow)
    count(name, visitor.taps, flow.most_taps)
    assert len(told.given) > 1
    number = visitor.views.receipt.property("caseNumber")
    record, session, blobs = open_stored(visitor, whole_point, flow.form_id)
    assert record.case_number == number
    assert session.validate() == ()
    questions = {question.ref: question for page in session.pages() for question in page.questions}
    attached = {ref for ref in told.given if questions[ref].type in FILES}
    read = {ref: lexical(session.value(ref)) for ref in told.given if ref not in attached}
    assert read == {ref: value for ref, value in told.given.items() if ref not in attached}
    assert len(blobs) == len(attached) == len(record.files)
    assert all(blob.startswith(BEGINNINGS) for blob in blobs)
    assert all(session.value(ref) for ref in attached)


@pytest.mark.parametrize("name", NEWS)
def test_news_of_a_case_and_what_it_asks_for(
    visitor: Any, whole_point: WholePoint, count: Callable[..., None], name: str
):
    go, missing, most_taps = NEWS[name]
    go(visitor, deliver_news(visitor, whole_point, *missing))
    count(name, visitor.taps, most_taps)
    if not missing:
        assert visitor.page == "status"
        assert visitor.views.track.property("caseState") == "working"
        return
    assert visitor.page == "receipt"
    record, session, blobs = open_stored(visitor, whole_point, "supplement")
    assert record.case_number == visitor.views.receipt.property("caseNumber")
    assert session.value("/data/more/papers[1]/what") == PAPER.label
    assert [blob.startswith(BEGINNINGS[0]) for blob in blobs] == [True]
    if PHONE in missing:
        assert session.value("/data/more/content") == f"{PHONE.label}: 0912345678"


def test_learning(visitor: Any):
    read_aloud_and_next(visitor)
    assert visitor.page == "article"
    assert visitor.views.article.property("articleIndex") == 1
