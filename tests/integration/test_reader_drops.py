"""A denunciation from the person to the inspectorate and back: nobody learns at which kiosk it was spoken."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from supportpoint.agency_messages import AgencyDropPage
from supportpoint.content.package import Manifest, write_package
from supportpoint.forms.publish.build import build
from supportpoint.kiosk.pages.track import look_up
from supportpoint.protocol import Problem, SyncRequest, decode
from supportpoint.records import Attachment
from supportpoint.sealing.case import SealingContext
from supportpoint.sealing.drops import seal_drops
from supportpoint.sealing.envelope import read_header
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.keyset import read_keyset
from supportpoint.sealing.receipt import make_receipt, receipt_hash
from supportpoint.store.access import DirectAccess
from supportpoint.sync.submission import SUPPLEMENT, Submitted, submit_case
from tests.integration.conftest import TinyKiosk
from tests.integration.test_drops_road import Searcher, names_of
from tests.integration.test_reader import LEGAL, Forger, Machine, wait_for
from tests.integration.test_server_office import ANSWERS, FORM, VERSION
from tests.integration.test_sync_road import Kiosk

ASSETS = Path(__file__).parents[2] / "assets" / "forms"
VOICE = hashlib.shake_256(b"a made-up voice").digest(90_000)
REASON = "Thanh tra đã nhận, sẽ xem trong tháng"
OTHER_COMMUNE = "03127"
OPENING = "SELECT opening, opening_code FROM registry_item WHERE id = ?"


@dataclass
class Province:
    """A server, the keys that its agencies carried away, and two kiosks of different communes."""

    server: Any
    keys: dict[str, dict[str, Path]]
    spoken_at: Kiosk
    elsewhere: Kiosk

    def say(self, *files: bytes) -> Submitted:
        """Speak at the first kiosk and let it arrive."""
        return self.ask("secret-word", *files)

    def ask(self, form: str, *files: bytes) -> Submitted:
        """Fill in a form at the first kiosk and let it arrive."""
        case_id = str(uuid4())
        xml = ANSWERS.format(id=case_id, version=VERSION, age=30, file="0.ogg")
        said = submit_case(
            DirectAccess(self.spoken_at.store),
            package=self.spoken_at.shelf.open_form(form),
            xml=xml.replace('"small-request"', f'"{form}"').encode(),
            attachments=[Attachment(f"{n}.ogg", content, "audio/ogg") for n, content in enumerate(files)],
            case_id=case_id,
            clock=self.spoken_at.clock,
        )
        self.spoken_at.store._opened.db.execute("UPDATE sealed_drop SET wait_s = 0")
        assert self.spoken_at.sync().is_clean
        assert self.spoken_at.store.count_drops().waiting == 0
        return said


@pytest.fixture(scope="module")
def province(make_server, tmp_path_factory):
    server = make_server(opener=True, tls=True)
    away = tmp_path_factory.mktemp("away")
    (server.data / "agencies").rename(away / "agencies")
    keys = {
        folder.name: {path.suffixes[0][1:]: path for path in folder.iterdir()}
        for folder in (away / "agencies").iterdir()
    }
    settings = {"purpose": "protected", "route": "inspectorate", "category": "protected"}
    manifest = Manifest(kind="form", id="secret-word", version=VERSION, title={"vi": "x"}, settings=settings)
    xform = FORM.read_bytes().replace(b'id="small-request"', b'id="secret-word"')
    package = away / "secret-word.spform"
    signer = SignKey(keys["protected"]["forms"].read_bytes())
    package.write_bytes(write_package(manifest, {"form.xml": xform}, signer))
    server.command("publish", str(package), *publish_others(server, keys, away))
    kiosks = []
    for name, commune in (("spoken_at", "03316"), ("elsewhere", OTHER_COMMUNE)):
        code = server.command("code", commune)
        behind = SimpleNamespace(url=server.url, data=server.data, command=lambda *_, code=code: code)
        kiosks.append(Kiosk(away / name, behind))
        assert kiosks[-1].sync().is_clean
    yield Province(server, keys, *kiosks)
    for kiosk in kiosks:
        kiosk.store.close()


def publish_others(server, keys, folder):
    """Write the form of legal aid and the form of supplements; return their paths."""
    xform = FORM.read_bytes().replace(b'id="small-request"', b'id="aid-request"')
    aid = Manifest(kind="form", id="aid-request", version=VERSION, title={"vi": "x"}, settings=LEGAL)
    form = build(ASSETS / SUPPLEMENT)
    more = Manifest(
        kind="form", id=form.form_id, version=form.version, title=form.title, settings=form.settings
    )
    publisher = (server.data / "keys" / "publisher.key").read_bytes()
    written = {
        "aid": (aid, {"form.xml": xform}, keys["legal_aid"]["forms"].read_bytes()),
        "more": (more, form.files, publisher),
    }
    for name, (manifest, files, signer) in written.items():
        (folder / f"{name}.spform").write_bytes(write_package(manifest, files, SignKey(signer)))
    return [str(folder / f"{name}.spform") for name in written]


@pytest.fixture
def reader(province, tmp_path):
    """Return a maker of machines of an agency."""

    def make(name: str, agency: str) -> Machine:
        machine = Machine(tmp_path / name)
        code = province.server.command("code", "11", "", "reader", "", agency)["code"]
        ca = province.server.data / "tls" / "ca.pem"
        machine.run(
            *("enroll", "--server", province.server.url, "--code", code, "--ca", ca, "--role", "reader")
        )
        return machine

    return make


@pytest.fixture
def tiny(province):
    """A device that may ask what it likes."""
    kiosk = TinyKiosk(province.server)
    kiosk.session.verify = province.server.trust
    assert kiosk.enroll().ok
    return kiosk


def listed(listing: list[dict[str, Any]], said: Submitted) -> dict[str, Any]:
    [row] = [row for row in listing if row.get("number") == said.case_number]
    return row


def heard_at(kiosk: Kiosk, said: Submitted) -> Any:
    assert kiosk.sync().is_clean
    return look_up(kiosk.store, said.receipt.secret)


def test_what_was_said_is_read_and_answered_and_heard_at_any_kiosk(province, reader, tmp_path):
    long, short = province.say(VOICE), province.say(b"a short one")
    first, second = (reader(name, "inspectorate") for name in ("first", "second"))
    key, act_key = province.keys["protected"]["seal"], province.keys["protected"]["act"]
    assert first.run("reader", "sync")[0]["new_drops"] == 4, "three parts of one size, and a small one"
    assert first.run("reader", "sync")[0]["new_drops"] == 0
    kept = b"".join(path.read_bytes() for path in first.folder.rglob("*") if path.is_file())
    assert "Vàng Thị Mẫu".encode() not in kept

    listing = first.run("reader", "list", "--key", key)
    assert all("closed_drops" not in row for row in listing)
    row = listed(listing, long)
    assert (row["form"], row["drops"], row["files"], row["answers"]) == ("secret-word", 3, 1, 0)
    assert listed(listing, short)["drops"] == 1
    [shown] = first.run("reader", "show", row["case"], "--key", key, "--files", tmp_path / "opened")
    assert "Vàng Thị Mẫu" in [one["answer"] for one in shown["answers"]]
    assert [path.read_bytes() for path in (tmp_path / "opened").iterdir()] == [VOICE]

    second.run("reader", "sync")
    for machine, state, reason in ((first, "working", "Đã nhận"), (second, "accepted", REASON)):
        answer = ("--state", state, "--reason", reason, "--key", key, "--act-key", act_key)
        [done] = machine.run("reader", "answer", row["case"], *answer)
        assert machine.run("reader", "sync")[0]["sent"] == 1
        wait_for(province.server, OPENING, [("opened", "")], done["act"])
        second.run("reader", "sync")
    assert listed(second.run("reader", "list", "--key", key), long)["answers"] == 2

    for kiosk in (province.elsewhere, province.spoken_at):
        found = heard_at(kiosk, long)
        assert (found.news.state, found.news.reason, found.is_private) == ("accepted", REASON, True)
    assert heard_at(province.elsewhere, short) is None
    assert_nothing_ties_them(province, long)


def assert_nothing_ties_them(province, said):
    """Neither drop nor receipt stands beside the kiosk or its commune in any row or line of the server."""
    kiosk = province.spoken_at
    address = receipt_hash(said.receipt.secret)
    drops = kiosk.store._opened.db.rows(
        "SELECT id, envelope FROM sealed_drop WHERE receipt_hash = ?", (address,)
    )
    names = {name for drop in drops for name in names_of(SimpleNamespace(**dict(drop)))}
    names |= {address, address.hex().encode(), said.receipt.secret, said.case_number.encode()}
    marks = (kiosk.store.get_identity().device.encode(), b"|03316|", REASON.encode(), "Vàng".encode())
    searcher = Searcher(province.server)
    of_it = [(table, row) for table, row in searcher.rows if any(name in row for name in names)]
    assert {table for table, _ in of_it} >= {"registry_sealeddrop", "registry_box", "registry_change"}
    assert [table for table, row in of_it if any(mark in row for mark in marks)] == []
    assert searcher.find(*names) <= {table for table, _ in of_it}, "no file names it either"
    assert len([table for table, _ in of_it if table == "registry_sealeddrop"]) == len(drops)


def test_another_agencys_key_opens_nothing(province, reader):
    province.say(VOICE)
    machine = reader("reader", "inspectorate")
    new = machine.run("reader", "sync")[0]["new_drops"]
    assert new >= 3
    drop = next((machine.folder / "agency").glob("*.drop"))
    name = read_header(drop.read_bytes()).case_id
    for wrong in ("seal", "recovery"):
        key = ("--key", province.keys["legal_aid"][wrong])
        assert machine.run("reader", "list", *key) == [{"closed_drops": new}]
        assert "SP-803" in machine.run("reader", "show", name, *key, status=2)
    both = (*key, "--key", province.keys["protected"]["recovery"])
    assert all("closed_drops" not in row for row in machine.run("reader", "list", *both))


def test_nobody_else_lists_or_fetches_a_drop(province, reader, tiny):
    said = province.say(b"a short one")
    [drop] = province.spoken_at.store._opened.db.rows(
        "SELECT sha256, envelope FROM sealed_drop WHERE receipt_hash = ?",
        (receipt_hash(said.receipt.secret),),
    )
    path = f"/api/v1/agency/drops/{drop['sha256'].hex()}"
    centre = reader("centre", "legal-aid-centre")
    assert centre.run("reader", "sync")[0]["new_drops"] == 0
    assert not (centre.folder / "agency").exists()

    def ask(path):
        answer = tiny.ask("GET", path)
        return answer.status_code, decode(answer.content, Problem).code

    assert ask(path) == ask("/api/v1/agency/drops?after=") == (404, "SP-803"), "a kiosk"
    become(province, tiny, "legal-aid-centre")
    assert decode(tiny.ask("GET", "/api/v1/agency/drops").content, AgencyDropPage) == AgencyDropPage()
    assert ask(path) == (404, "SP-803"), "another agency"
    become(province, tiny, "inspectorate")
    assert tiny.ask("GET", path).ok
    assert drop["envelope"] in tiny.ask("GET", path).content
    for after in ("%00", "x", "0" * 63, "0" * 65, "A" * 64):
        assert ask(f"/api/v1/agency/drops?after={after}") == (400, "SP-801")
    unsigned = tiny.session.get(province.server.url + path, timeout=30)
    assert (unsigned.status_code, decode(unsigned.content, Problem).code) == (401, "SP-405")


def become(province, tiny, agency):
    sql = "UPDATE registry_device SET role = 'reader', agency = ? WHERE id = ?"
    province.server.rows(sql, agency, tiny.device)


def hand_over(tiny, agency_purpose="protected", count=1):
    """Seal drops at a device and hand them over; return the receipts' secrets and the drops."""
    keyset = read_keyset(tiny.identity.keyset, tiny.identity.root_public)
    context = SealingContext(
        recipients=keyset.recipients(agency_purpose, tiny.commune),
        keyset_version=1,
        commune=tiny.commune,
        form_id="secret-word",
        form_version=str(VERSION),
        category="protected",
    )
    pairs = []
    for _ in range(count):
        receipt = make_receipt()
        sealed = seal_drops(
            case_id=str(uuid4()),
            xml=b"<data/>",
            attachments=(),
            receipt=receipt,
            context=context,
            day="2026-11-28",
        )
        pairs.append((receipt.secret, *sealed.drops))
    for start in range(0, count, 100):
        drops = tuple(drop for _, drop in pairs[start : start + 100])
        tiny.check(tiny.ask("POST", "/api/v1/sync", SyncRequest(epoch="x", cursor=0, sealed_drops=drops)))
    return pairs


def test_many_drops_come_in_pages_each_once(province, tiny):
    drops = {drop.id for _, drop in hand_over(tiny, count=230)}
    assert not drops & {drop.id for drop in list_all(province, tiny, "legal-aid-centre")}
    found = list_all(province, tiny, "inspectorate")
    ids = [drop.id for drop in found]
    assert drops <= set(ids)
    assert len(ids) == len(set(ids)) > 200
    assert [drop.sha256 for drop in found] == sorted(drop.sha256 for drop in found)


def list_all(province, tiny, agency):
    become(province, tiny, agency)
    found, after, more = [], "", True
    while more:
        page = decode(tiny.ask("GET", f"/api/v1/agency/drops?after={after}").content, AgencyDropPage)
        assert len(page.drops) <= 200
        found += page.drops
        after, more = found[-1].sha256.hex() if found else "", page.more
    return found


def test_what_is_no_answer_to_this_drop_is_held(province, tiny):
    (secret, drop), (other_secret, other_drop) = hand_over(tiny, count=2)
    become(province, tiny, "inspectorate")
    inspectors = SignKey(province.keys["protected"]["act"].read_bytes())
    centre = SignKey(province.keys["legal_aid"]["act"].read_bytes())
    forger = Forger(tiny, drop.id, secret)

    def send(code, act):
        wait_for(province.server, OPENING, [("held" if code else "opened", code)], forger.send(act))

    ours = {"by_unit": "inspectorate"}
    send("SP-504", forger.act(centre))
    send("SP-803", forger.act(inspectors, case_id=str(uuid4()), **ours))
    send("", forger.act(inspectors, rev=3, **ours))
    send("SP-807", forger.act(inspectors, rev=3, **ours))
    send("SP-808", forger.act(inspectors, rev=4, secret=other_secret, **ours))
    send("SP-808", forger.act(inspectors, rev=4, case_id=other_drop.id, **ours))
    become(province, tiny, "legal-aid-centre")
    send("SP-803", forger.act(centre, rev=4))
    rows = province.server.rows("SELECT rev, item_id FROM registry_box WHERE drop_id = ?", drop.id)
    assert rows == [(3, None)]
    [(audience,)] = province.server.rows(
        "SELECT audience FROM registry_change WHERE ref = ?", receipt_hash(secret).hex()
    )
    assert audience == "", "every kiosk hears it"
