"""Who may read what: an agency alone, the receiver that the signed form names; odd answers stop nobody."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from supportpoint.clock import SystemClock, local_day, make_uuid7
from supportpoint.content.package import Manifest, write_package
from supportpoint.content.shelf import Shelf
from supportpoint.errors import SupportPointError
from supportpoint.records import Attachment, Receipt
from supportpoint.sealing.case import SealingContext, open_case
from supportpoint.sealing.case import seal_case as seal
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import Key, read_keyset
from supportpoint.sealing.receipt import make_receipt
from tests.integration.test_server_office import ANSWERS, Browser

FORM = Path(__file__).parents[1] / "data" / "forms" / "small-request.xml"
VERSION = 2026112301
FORMS = {
    "small-request": {"purpose": "ordinary", "route": "commune_office"},
    "more-papers": {"purpose": "ordinary", "route": "commune_office"},
    "board-report": {"purpose": "ordinary", "route": "supervision_board"},
    "aid-request": {"purpose": "legal_aid", "route": "legal_aid_centre", "category": "legal_aid"},
    "secret-word": {"purpose": "protected", "route": "inspectorate", "category": "protected"},
}
AGENCIES = {"aid-request": "legal_aid/legal-aid-centre", "secret-word": "protected/inspectorate"}
OPENING = "SELECT opening, opening_code FROM registry_item WHERE id = ?"
GOOD = ANSWERS.format(id="{id}", version=VERSION, age=30, file="paper.jpg")
BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaaaaaaaa">]><data id="small-request" version="2026112301">&a;</data>'


@pytest.fixture(scope="module")
def office(make_server, tmp_path_factory):
    """A server whose agencies have taken their keys away, with four forms of different readers."""
    server = make_server(opener=True)
    away = tmp_path_factory.mktemp("away") / "agencies"
    (server.data / "agencies").rename(away)
    server.away = away
    publisher = SignKey((server.data / "keys" / "publisher.key").read_bytes())
    paths = []
    for name, settings in FORMS.items():
        xform = FORM.read_bytes().replace(b'id="small-request"', f'id="{name}"'.encode())
        if name == "more-papers":
            xform = xform.replace(b'sp:scan="id_no"', b'sp:field="case_no"')
        manifest = Manifest(kind="form", id=name, version=VERSION, title={"vi": name}, settings=settings)
        path = server.data.parent / f"{name}.spform"
        agency = away / f"{AGENCIES[name]}.forms.key" if name in AGENCIES else None
        signer = SignKey(agency.read_bytes()) if agency else publisher
        path.write_bytes(write_package(manifest, {"form.xml": xform}, signer))
        paths.append(str(path))
    server.command("publish", *paths)
    return server


@dataclass
class Sent:
    """A submission on the server, and what its receipt holds."""

    id: str
    receipt: Receipt
    blob: bytes = b""


@pytest.fixture
def send(office, make_kiosk):
    """Return a sender of one submission, sealed as asked."""
    kiosk = make_kiosk(at=office)
    keyset = read_keyset(kiosk.identity.keyset, kiosk.identity.root_public)

    def make(form, xml=GOOD, purpose="", keys=(), files=()):
        sent = Sent(str(make_uuid7(SystemClock().now())), make_receipt())
        context = SealingContext(
            recipients=keys or keyset.recipients(purpose or FORMS[form]["purpose"], kiosk.commune),
            keyset_version=1,
            commune=kiosk.commune,
            form_id=form,
            form_version=str(VERSION),
            category=FORMS[form].get("category", "ordinary"),
        )
        sealed = seal(
            kind="case",
            case_id=sent.id,
            xml=xml.replace("{id}", sent.id).replace('"small-request"', f'"{form}"').encode(),
            attachments=files,
            receipt=sent.receipt,
            context=context,
            day=local_day(SystemClock().now()).isoformat(),
        )
        blobs = tuple(blob.content for blob in sealed.blobs)
        kiosk.sync(kiosk.make_item(id=sent.id, envelope=sealed.envelope, blobs=blobs))
        for blob in blobs:
            assert kiosk.patch(blob, 0).ok
            sent.blob = blob
        return sent

    make.kiosk = kiosk
    return make


def settle(server, sent):
    """Wait until the opener has looked at an item; return what it made of it."""
    until = time.monotonic() + 20
    while (found := server.rows(OPENING, sent.id)) == [("waiting", "")]:
        assert time.monotonic() < until
        time.sleep(0.1)
    return " ".join(found[0]).strip()


def count_cases(server, sent):
    return server.rows("SELECT count(*) FROM registry_case WHERE id = ?", sent.id)[0][0]


@pytest.mark.parametrize("form", AGENCIES)
def test_what_is_for_an_agency_is_kept_whole_and_closed(office, send, form):
    before = office.command("status")
    sent = send(form, files=(Attachment("paper.jpg", b"a made-up picture"),))
    assert settle(office, sent) == "agency"
    assert count_cases(office, sent) == 0
    after = office.command("status")
    assert (after["for_agencies"], after["held"]) == (before["for_agencies"] + 1, before["held"])
    assert [change.stream for change in send.kiosk.sync().changes if change.id == address(sent)] == []
    sha256 = hashlib.sha256(sent.blob).digest()
    assert office.rows("SELECT done FROM registry_blob WHERE sha256 = ?", sha256) in ([(True,)], [(1,)])

    [(envelope,)] = office.rows("SELECT envelope FROM registry_item WHERE id = ?", sent.id)
    here = [SealKey(path.read_bytes()) for path in office.data.rglob("*.key") if path.stat().st_size == 32]
    with pytest.raises(SupportPointError, match="SP-402"):
        open_case(bytes(envelope), {key.kid: key for key in here}, lambda _: b"")
    for name in ("seal", "recovery"):
        key = SealKey((office.away / f"{AGENCIES[form]}.{name}.key").read_bytes())
        record = open_case(bytes(envelope), {key.kid: key}, lambda _: b"").record
        assert record.receipt_secret == sent.receipt.secret


def address(sent):
    return hashlib.sha256(sent.receipt.secret).hexdigest()


@pytest.mark.parametrize("form", AGENCIES)
def test_an_agency_form_that_was_sealed_to_the_province_makes_no_case(office, send, form):
    sent = send(form, purpose="ordinary")
    assert settle(office, sent) == "held SP-810"
    assert count_cases(office, sent) == 0


def test_a_stranger_among_the_readers_is_no_agency(office, send):
    stranger = SealKey.make()
    key = Key(kid=stranger.kid, use="seal", purpose="legal_aid", unit="x", public=stranger.public)
    assert settle(office, send("small-request", keys=(key,))) == "held SP-402"


def test_the_receiver_is_the_forms_and_no_answer_moves_it(office, send):
    wish = GOOD.replace("Vàng Thị Mẫu", "commune_office")
    sent = send("board-report", wish)
    assert settle(office, sent) == "opened"
    assert office.rows("SELECT route FROM registry_case WHERE id = ?", sent.id) == [("supervision_board",)]
    clerk, province = Browser(office, "mai", "03316"), Browser(office, "tinh", "11")
    assert clerk.get(f"/office/cases/{sent.id}").status_code == 404
    assert sent.receipt.case_number not in clerk.get("/office/?show=all").text
    for path in (f"/office/cases/{sent.id}", "/office/?show=all"):
        page = province.get(path).text_plain
        assert sent.receipt.case_number in page
        assert "ban giám sát của dân" in page


@pytest.mark.parametrize("form", ["more-papers", "small-request"])
def test_what_names_an_earlier_case_is_told_in_both_histories(office, send, form):
    first = send("small-request")
    assert settle(office, first) == "opened"
    number = first.receipt.case_number
    more = send(form, GOOD.replace("011199000123", number.lower()))
    assert settle(office, more) == "opened"
    clerk = Browser(office, "mai", "03316")
    told = form == "more-papers"
    page = clerk.get(f"/office/cases/{first.id}").text_plain
    assert (f"Bà con gửi thêm giấy tờ, hồ sơ {more.receipt.case_number}" in page) == told
    assert (f"Gửi thêm cho hồ sơ {number}" in clerk.get(f"/office/cases/{more.id}").text_plain) == told
    assert office.rows("SELECT state FROM registry_case WHERE id = ?", first.id) == [("received",)]


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("", "SP-310"),
        ("<data", "SP-310"),
        (BOMB, "SP-310"),
        (GOOD.replace('"small-request"', '"other"'), "SP-309"),
        (GOOD.replace(str(VERSION), "1999010101"), "SP-309"),
        (GOOD.replace("<person>", "<route>inspectorate</route><person>"), "SP-310"),
        (GOOD.replace("<age>", "<age>1</age><age>"), "SP-310"),
    ],
)
def test_what_is_no_submission_is_held_and_stops_nobody(office, send, xml, code):
    before = office.command("status")["cases"]
    refused, good = send("small-request", xml), send("small-request")
    assert settle(office, refused) == f"held {code}"
    assert settle(office, good) == "opened"
    assert count_cases(office, refused) == 0
    assert office.command("status")["cases"] == before + 1
    boxes = {change.id for change in send.kiosk.sync().changes if change.stream == "box"}
    assert address(good) in boxes
    assert address(refused) not in boxes


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (GOOD.replace(">30<", ">400<"), "SP-307"),
        (GOOD.replace(">30<", ">soon<"), "SP-306"),
        (GOOD.replace("Vàng Thị Mẫu", ""), "SP-308"),
    ],
)
def test_what_breaks_a_rule_is_a_case_with_a_finding(office, send, xml, code):
    sent = send("small-request", xml)
    assert settle(office, sent) == "opened"
    [(findings,)] = office.rows("SELECT findings FROM registry_case WHERE id = ?", sent.id)
    assert code in str(findings)


@pytest.mark.parametrize("purpose", ["legal_aid", "ordinary"])
def test_the_publisher_redirects_no_agency_form(office, make_kiosk, tmp_path, purpose):
    """A real publisher's signature, a newer version, other readers: refused by server and kiosk."""
    publisher = SignKey((office.data / "keys" / "publisher.key").read_bytes())
    manifest = Manifest(
        kind="form", id="legal-aid", version=VERSION + 9, title={"vi": "x"}, settings={"purpose": purpose}
    )
    package = write_package(manifest, {"form.xml": FORM.read_bytes()}, publisher)
    path = tmp_path / "redirected.spform"
    path.write_bytes(package)
    with pytest.raises(AssertionError, match="SP-604"):
        office.command("publish", str(path))
    identity = make_kiosk(at=office).identity
    with pytest.raises(SupportPointError, match="SP-604"):
        Shelf(tmp_path / "kiosk").install(package, read_keyset(identity.keyset, identity.root_public))
