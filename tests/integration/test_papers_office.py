"""The official paper of a case at the office of a real server: who gets it, and what its name says."""

from __future__ import annotations

import io
import re
import time
import unicodedata

import pypdf
import pytest

from supportpoint.clock import FixedClock, SystemClock, local_day, make_uuid7
from supportpoint.content.package import Manifest, write_package
from supportpoint.forms import FormSession
from supportpoint.forms.publish.convert import make_xform
from supportpoint.forms.publish.lists import read_lists
from supportpoint.forms.publish.workbook import read_workbook
from supportpoint.sealing.case import SealingContext, seal_case
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.keyset import read_keyset
from supportpoint.sealing.receipt import make_receipt
from tests.integration.test_papers import CLOCK, FORMS, load
from tests.integration.test_server_office import Browser, Sent
from tests.integration.test_server_office import publish as publish_small

FORM_ID = "marriage"


def publish(server, form_id):
    workbook = read_workbook(FORMS / form_id)
    files = {"form.xml": make_xform(workbook), **read_lists(workbook)}
    publisher = SignKey((server.data / "keys" / "publisher.key").read_bytes())
    manifest = Manifest(kind="form", id=form_id, version=2026112301, title={"vi": "Kết hôn"})
    package = server.data.parent / f"{form_id}.spform"
    package.write_bytes(write_package(manifest, files, publisher))
    server.command("publish", str(package))


@pytest.fixture(scope="module")
def office(make_server):
    server = make_server(opener=True)
    publish(server, FORM_ID)
    publish_small(server, 2026112301)
    return server


@pytest.fixture(scope="module")
def clerk(office):
    return Browser(office, "mai", "03316")


def send(kiosk, xml, case_id, form_id=FORM_ID):
    keyset = read_keyset(kiosk.identity.keyset, kiosk.identity.root_public)
    receipt = make_receipt()
    sealed = seal_case(
        kind="case",
        case_id=case_id,
        xml=xml,
        attachments=(),
        receipt=receipt,
        context=SealingContext(
            recipients=keyset.recipients("ordinary", kiosk.commune),
            keyset_version=1,
            commune=kiosk.commune,
            form_id=form_id,
            form_version="2026112301",
        ),
        day=local_day(SystemClock().now()).isoformat(),
    )
    kiosk.sync(kiosk.make_item(id=case_id, envelope=sealed.envelope))
    return receipt


@pytest.fixture
def case(office, make_kiosk, clerk):
    """A case of a couple that is open at the office: (id, case number)."""
    case_id = str(make_uuid7(SystemClock().now()))
    session = FormSession(load(FORM_ID), clock=FixedClock(CLOCK.now()), language="vi", instance_id=case_id)
    session.answer("/data/m/full_name", "Vừ A Dế")
    session.answer("/data/f/full_name", "Sùng Thị Mỷ")
    receipt = send(make_kiosk(at=office), session.to_xml(), case_id)
    until = time.monotonic() + 15
    while office.rows("SELECT opening FROM registry_item WHERE id = ?", case_id) != [("opened",)]:
        assert time.monotonic() < until
        time.sleep(0.1)
    return case_id, receipt.case_number


def test_the_button_gives_the_paper_of_the_case(case, clerk):
    case_id, number = case
    page = clerk.get(f"/office/cases/{case_id}").text_plain
    link = re.search(r'href="(/office/cases/[^"]+/paper)">.*Tải tờ khai \(PDF\)', page)
    assert link is not None
    answer = clerk.get(link[1])
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{number}.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    text = unicodedata.normalize("NFC", text)
    for words in ("VỪ A DẾ", "SÙNG THỊ MỶ", f"hồ sơ {number}", "Ủy ban nhân dân xã Nà Tấu"):
        assert words in text


def test_who_may_not_see_the_case_gets_no_paper(case, office):
    stranger = Browser(office, "lan", "03127")
    assert stranger.get(f"/office/cases/{case[0]}/paper").status_code == 404
    stranger.session.cookies.clear()
    answer = stranger.get(f"/office/cases/{case[0]}/paper")
    assert answer.headers["Content-Type"] != "application/pdf"
    assert "/office/login" in answer.url


def test_a_form_without_an_official_paper_has_no_button(office, make_kiosk, clerk):
    sent = Sent(make_kiosk(at=office))
    sent.wait()
    assert "Tải tờ khai" not in clerk.get(f"/office/cases/{sent.id}").text_plain
    assert clerk.get(f"/office/cases/{sent.id}/paper").status_code == 404
