"""What an office asks for is answered at another kiosk with the receipt, and reaches that office once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from supportpoint.clock import SystemClock, make_uuid7
from supportpoint.content.package import Manifest, write_package
from supportpoint.forms import FormSession
from supportpoint.forms.publish.build import build
from supportpoint.kiosk.pages.consent import find_consents, record_consent
from supportpoint.kiosk.pages.track import look_up
from supportpoint.kiosk.visit.service import load_definition
from supportpoint.kiosk.visit.supplement import SupplementRequest
from supportpoint.kiosk.visit.visit import OpenForm
from supportpoint.protocol import CaseNews
from supportpoint.records import Attachment, ItemState
from supportpoint.sealing.keys import SignKey
from supportpoint.store.access import DirectAccess
from supportpoint.sync.submission import SUPPLEMENT, submit_case
from tests.integration.test_server_office import VERSION, Browser, Sent, publish
from tests.integration.test_sync_road import Kiosk

FORM = Path(__file__).parents[2] / "assets" / "forms" / SUPPLEMENT
PICTURE = b"\xff\xd8\xff\xe0 a second made-up picture \xff\xd9"


@pytest.fixture(scope="module")
def office(make_server: Any) -> Any:
    """A server with an opener, the small form and the form of supplements."""
    server = make_server(opener=True)
    publish(server, VERSION)
    form = build(FORM)
    manifest = Manifest(
        kind="form", id=form.form_id, version=form.version, title=form.title, settings=form.settings
    )
    publisher = SignKey((server.data / "keys" / "publisher.key").read_bytes())
    package = server.data.parent / "supplement.spform"
    package.write_bytes(write_package(manifest, form.files, publisher))
    server.command("publish", str(package))
    return server


@pytest.fixture
def point(office: Any, tmp_path: Path) -> Iterator[Kiosk]:
    """Another support point of the same commune."""
    kiosk = Kiosk(tmp_path / "kiosk", office)
    yield kiosk
    kiosk.store.close()


def ask(clerk: Browser, case_id: str) -> None:
    """Ask for a photo of the form, an answer of it and a paper that the form never had."""
    path = f"/office/cases/{case_id}/supplement"
    keys = re.findall(r'<label for="(q\d+)">(.*?) <span', clerk.get(path).text_plain)
    picked = {label: key for key, label in keys}
    paper, age = picked["Ảnh giấy chứng sinh"], picked["Tuổi"]
    fields = {
        f"{paper}-pick": "1",
        f"{paper}-reason": "reason_photo_blurred",
        f"{age}-pick": "1",
        f"{age}-reason": "reason_answer_differs",
        "other0-label": "Giấy kết hôn",
    }
    assert clerk.post(path, step="send", **fields).url.endswith(case_id)


def fill(point: Kiosk, news: CaseNews) -> OpenForm:
    """Answer everything that is missing but the last paper, as the pages do."""
    package = point.shelf.open_form(SUPPLEMENT)
    session = FormSession(
        load_definition(package),
        clock=point.clock,
        instance_id=str(make_uuid7(SystemClock().now())),
        language="vi",
        metadata={},
    )
    form = OpenForm(package, session)
    form.request = SupplementRequest(session, news)
    photo, age, _ = form.request.things
    form.attachments["photo-1.jpg"] = Attachment("photo-1.jpg", PICTURE)
    session.answer(photo.ref, "photo-1.jpg")
    assert form.answer(age.ref, "43").problem is None
    for purpose in find_consents(form):
        record_consent(form, purpose, agreed=True)
    assert session.validate() == ()
    return form


def submit(point: Kiosk, form: OpenForm) -> str:
    return submit_case(
        DirectAccess(point.store),
        package=form.package,
        xml=form.session.to_xml(),
        attachments=form.kept_attachments(),
        case_id=form.id,
        clock=point.clock,
        receipt=form.receipt,
    ).case_number


def test_an_answered_request_reaches_its_office_once(office: Any, make_kiosk: Any, point: Kiosk) -> None:
    clerk = Browser(office, "mai", "03316")
    first = Sent(make_kiosk(at=office))
    first.send_photo()
    first.wait()
    ask(clerk, first.id)
    assert point.sync().is_clean
    office.kill()
    found = look_up(point.store, first.receipt.secret)
    assert found is not None
    assert found.news is not None
    assert found.news.state == "need"
    form = fill(point, found.news)
    number = submit(point, form)
    assert point.sync().code == "SP-501"
    point.restart()
    assert [row.state for row in point.store.list_items()] == [ItemState.QUEUED]
    office.start(office.port)
    assert point.sync().is_clean
    assert submit(point, form) == number
    assert point.sync().is_clean
    assert point.states() == {ItemState.COMPLETE}

    photos = "SELECT stored_name FROM registry_casephoto WHERE case_id = ?"
    first.wait(lambda: [one for (one,) in office.rows(photos, form.id) if one])
    assert office.rows("SELECT count(*) FROM registry_case WHERE number = ?", number) == [(1,)]
    asked_for = clerk.get(f"/office/cases/{first.id}").text_plain
    assert asked_for.count(f"Bà con gửi thêm giấy tờ, hồ sơ {number}") == 1
    brought = clerk.get(f"/office/cases/{form.id}").text_plain
    assert f"Gửi thêm cho hồ sơ {first.receipt.case_number}" in brought
    assert "Tuổi: 43" in brought
    assert "Ảnh giấy chứng sinh" in brought
    assert "Giấy kết hôn" in brought
    assert "Không thấy chỗ nào sai" in brought
    assert brought.count("photos/0") >= 1
    assert "photos/1" not in brought
    assert clerk.get(f"/office/cases/{form.id}/photos/0").content == PICTURE
    assert point.sync().is_clean
    heard = look_up(point.store, form.receipt.secret)
    assert heard is not None
    assert heard.news is not None
    assert heard.news.state == "received"


def test_another_receipt_opens_no_request(office: Any, make_kiosk: Any, point: Kiosk) -> None:
    clerk = Browser(office, "lan", "03316")
    first, stranger = Sent(make_kiosk(at=office)), Sent(make_kiosk(at=office))
    first.wait()
    stranger.wait()
    ask(clerk, first.id)
    assert point.sync().is_clean
    found = look_up(point.store, stranger.receipt.secret)
    assert found is not None
    assert found.news is not None
    assert found.news.missing == ()
