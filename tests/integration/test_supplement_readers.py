"""What an agency asks for is answered to that agency alone, and about a denunciation without a sender."""

from __future__ import annotations

import re

import pytest

from supportpoint.clock import make_case_id
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormSession
from supportpoint.kiosk.pages.consent import find_consents, record_consent
from supportpoint.kiosk.pages.track import look_up
from supportpoint.kiosk.visit.service import load_definition
from supportpoint.kiosk.visit.supplement import SupplementRequest
from supportpoint.kiosk.visit.visit import OpenForm
from supportpoint.records import Attachment
from supportpoint.sealing.envelope import open_envelope
from supportpoint.sealing.keys import SealKey
from supportpoint.store.access import DirectAccess
from supportpoint.sync.submission import SUPPLEMENT, address_to, submit_case
from tests.integration.test_reader import wait_for
from tests.integration.test_reader_drops import OPENING, listed, province, reader

PICTURE = b"\xff\xd8\xff\xe0 a second made-up picture \xff\xd9"
SAID = "tôi nhớ ra tên người đó"
AGENCIES = {"aid-request": ("legal_aid", "legal-aid-centre"), "secret-word": ("protected", "inspectorate")}
__all__ = ["province", "reader"]

# Who can open what is decided at the kiosk: the road is the same whatever the server writes to.
pytestmark = pytest.mark.parametrize("make_database_url", ["sqlite"], indirect=True, scope="module")


def add(kiosk, said):
    """Answer at a kiosk what the receipt's box asks for, as the pages do; return what was sent."""
    found = look_up(kiosk.store, said.receipt.secret)
    assert found.news.state == "need"
    package = address_to(kiosk.shelf.open_form(SUPPLEMENT), found.purpose)
    device = kiosk.store.get_identity().device
    session = FormSession(
        load_definition(package),
        clock=kiosk.clock,
        instance_id=make_case_id(package.manifest.settings, kiosk.clock.now()),
        language="vi",
        metadata={"deviceid": device},
    )
    form = OpenForm(package, session)
    form.request = SupplementRequest(session, found.news)
    assert (form.is_private, form.autosave) == (True, "never")
    (photo,) = form.request.things
    form.attachments["photo-1.jpg"] = Attachment("photo-1.jpg", PICTURE)
    session.answer(photo.ref, "photo-1.jpg")
    session.answer("/data/more/content", SAID)
    for purpose in find_consents(form):
        record_consent(form, purpose, agreed=True)
    assert session.validate() == ()
    xml = session.to_xml()
    assert device.encode() not in xml
    assert re.search(rb"\dT(?!00:00:00)", xml) is None, "nor a moment, the day alone"
    return submit_case(
        DirectAccess(kiosk.store),
        package=package,
        xml=xml,
        attachments=form.kept_attachments(),
        case_id=form.id,
        clock=kiosk.clock,
        receipt=form.receipt,
    )


def envelopes_of(kiosk, sent):
    rows = kiosk.store._opened.db.rows("SELECT envelope FROM sealed_drop WHERE case_id = ?", (sent.case_id,))
    rows += kiosk.store._opened.db.rows("SELECT envelope FROM item WHERE id = ?", (sent.case_id,))
    return [bytes(row["envelope"]) for row in rows]


@pytest.mark.parametrize("form", AGENCIES)
def test_what_an_agency_lacks_reaches_that_agency_alone(province, reader, form):
    purpose, unit = AGENCIES[form]
    kiosk, server = province.spoken_at, province.server
    machine = reader("reader", unit)
    key, act_key = province.keys[purpose]["seal"], province.keys[purpose]["act"]
    first = province.ask(form, b"a picture")
    if form == "aid-request":
        wait_for(server, OPENING, [("agency", "")], first.case_id)
    machine.run("reader", "sync")
    case = listed(machine.run("reader", "list", "--key", key), first)["case"]
    asked = ("--state", "need", "--missing", "Giấy kết hôn", "--key", key, "--act-key", act_key)
    [done] = machine.run("reader", "answer", case, *asked)
    machine.run("reader", "sync")
    wait_for(server, OPENING, [("opened", "")], done["act"])
    assert kiosk.sync().is_clean

    items = server.rows("SELECT count(*) FROM registry_item")[0][0]
    sent = add(kiosk, first)
    envelopes = envelopes_of(kiosk, sent)
    assert envelopes
    here = [SealKey(path.read_bytes()) for path in server.data.rglob("*.key") if path.stat().st_size == 32]
    others = "legal_aid" if purpose == "protected" else "protected"
    here += [SealKey(province.keys[others][name].read_bytes()) for name in ("seal", "recovery")]
    ours = SealKey(key.read_bytes())
    for envelope in envelopes:
        with pytest.raises(SupportPointError, match="SP-402"):
            open_envelope(envelope, {one.kid: one for one in here}, lambda _: b"")
        open_envelope(
            envelope, {ours.kid: ours}, lambda _: kiosk.shelf.open_form(SUPPLEMENT).files["dictionary.zstd"]
        )

    kiosk.store._opened.db.execute("UPDATE sealed_drop SET wait_s = 0")
    assert kiosk.sync().is_clean
    assert server.rows("SELECT count(*) FROM registry_item") == [(items + (form == "aid-request"),)]
    if form == "aid-request":
        wait_for(server, OPENING, [("agency", "")], sent.case_id)
    machine.run("reader", "sync")
    row = listed(machine.run("reader", "list", "--key", key), sent)
    assert (row["form"], row["files"]) == (SUPPLEMENT, 1)
    [shown] = machine.run("reader", "show", row["case"], "--key", key)
    answers = [one["answer"] for one in shown["answers"]]
    assert first.case_number in answers
    assert SAID in answers
    assert server.rows("SELECT count(*) FROM registry_case") == [(0,)]
