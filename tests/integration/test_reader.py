"""Legal aid from the villager to the agency and back: the province carries it and reads none of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from supportpoint.clock import SystemClock, make_uuid7
from supportpoint.content.package import Manifest, write_package
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Act, BoxBody, CaseNews, Problem, decode, encode
from supportpoint.sealing.act import sign_act
from supportpoint.sealing.case import open_case
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import read_keyset
from supportpoint.sealing.mailbox import make_box, open_box
from supportpoint.sealing.receipt import read_secret, receipt_hash
from tests.integration.conftest import TinyKiosk
from tests.integration.test_server_readers import FORM, VERSION

QUIET = os.environ | {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "LC_ALL": "en_US.UTF-8"}
REASON = "Mời bà con đến gặp trợ giúp viên thứ Hai"
LEGAL = {"purpose": "legal_aid", "category": "legal_aid", "route": "legal_aid_centre"}


@dataclass(frozen=True)
class Machine:
    """A data folder, and commands run on it as a person at a prompt would."""

    folder: Path

    def run(self, *words, status=0):
        line = [sys.executable, "-m", "supportpoint", *map(str, words), "--data", str(self.folder)]
        done = subprocess.run(line, capture_output=True, text=True, env=QUIET, timeout=120, check=False)
        assert done.returncode == status, (words, done.stdout, done.stderr)
        return [json.loads(row) for row in done.stdout.splitlines()] if not status else done.stderr


@pytest.fixture(scope="module")
def province(make_server, tmp_path_factory):
    """A server with its opener, a form of the legal-aid centre, and the agencies' keys away from it."""
    server = make_server(opener=True, tls=True)
    away = tmp_path_factory.mktemp("away") / "agencies"
    (server.data / "agencies").rename(away)
    server.centre = {path.suffixes[0][1:]: path for path in (away / "legal_aid").iterdir()}
    server.inspectors = {path.suffixes[0][1:]: path for path in (away / "protected").iterdir()}
    xform = FORM.read_bytes().replace(b'id="small-request"', b'id="aid-request"')
    manifest = Manifest(kind="form", id="aid-request", version=VERSION, title={"vi": "x"}, settings=LEGAL)
    path = server.data.parent / "aid.spform"
    path.write_bytes(
        write_package(manifest, {"form.xml": xform}, SignKey(server.centre["forms"].read_bytes()))
    )
    server.command("publish", str(path))
    return server


@pytest.fixture
def enrol(province, tmp_path):
    def make(name, role="kiosk", agency=""):
        machine = Machine(tmp_path / name)
        unit = "03316" if role == "kiosk" else "11"
        code = province.command("code", unit, "", role, "", agency)["code"]
        ca = province.data / "tls" / "ca.pem"
        machine.run("enroll", "--server", province.url, "--code", code, "--ca", ca, "--role", role)
        machine.run(*(("sync",) if role == "kiosk" else ("reader", "sync")))
        return machine

    return make


def wait_for(server, sql, wanted, *values):
    until = time.monotonic() + 30
    while server.rows(sql, *values) != wanted:
        assert time.monotonic() < until, server.rows(sql, *values)
        time.sleep(0.1)


def ask_for_help(province, kiosk, tmp_path):
    """Fill in the form at a kiosk and let it arrive; return case id and the receipt's secret."""
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"person": {"full_name": "Vàng Thị Mẫu", "age": 30}}), encoding="utf-8")
    photo = tmp_path / "paper.jpg"
    photo.write_bytes(b"\xff\xd8 a made-up paper \xff\xd9")
    words = ("submit", "--form", "aid-request", "--answers", answers, "--attach", f"paper={photo}")
    [sent] = kiosk.run(*words)
    kiosk.run("sync", "--until-empty")
    wait_for(province, "SELECT opening FROM registry_item WHERE id = ?", [("agency",)], sent["case_id"])
    return sent["case_id"], read_secret(sent["receipt"])


def test_a_request_reaches_its_agency_alone_and_its_answer_the_receipt(province, enrol, tmp_path):
    kiosk, reader = enrol("kiosk"), enrol("reader", "reader", "legal-aid-centre")
    case_id, secret = ask_for_help(province, kiosk, tmp_path)
    key, act_key = province.centre["seal"], province.centre["act"]

    assert reader.run("reader", "sync")[0]["new_cases"] == 1
    assert reader.run("reader", "sync")[0]["new_cases"] == 0
    assert b"M\xe1\xba\xabu" not in b"".join(
        path.read_bytes() for path in reader.folder.rglob("*") if path.is_file()
    )
    for wrong in (province.inspectors["seal"], province.inspectors["recovery"]):
        assert reader.run("reader", "list", "--key", wrong)[0]["code"] == "SP-402"
        assert "SP-402" in reader.run("reader", "show", case_id, "--key", wrong, status=2)
    [row] = reader.run("reader", "list", "--key", key)
    assert (row["case"], row["form"], row["answers"], row["files"]) == (case_id, "aid-request", 0, 1)
    [shown] = reader.run("reader", "show", case_id, "--key", key, "--files", tmp_path / "opened")
    assert "Vàng Thị Mẫu" in [one["answer"] for one in shown["answers"]]
    assert [path.read_bytes() for path in (tmp_path / "opened").iterdir()] == [
        (tmp_path / "paper.jpg").read_bytes()
    ]

    for state, reason in (("working", "Đã nhận"), ("accepted", REASON)):
        answer = ("--state", state, "--reason", reason, "--key", key, "--act-key", act_key)
        [done] = reader.run("reader", "answer", case_id, *answer)
        assert reader.run("reader", "sync")[0]["sent"] == 1
        opening = "SELECT opening, opening_code FROM registry_item WHERE id = ?"
        wait_for(province, opening, [("opened", "")], done["act"])
    kiosk.run("sync")
    news, is_from_agency = read_mailbox(kiosk, secret)
    assert (news.state, news.reason, is_from_agency) == ("accepted", REASON, True)

    for name in ("item", "box", "change", "case", "arrival"):  # nowhere at the province, in no column
        rows = str(province.rows(f"SELECT * FROM registry_{name}")).encode()  # noqa: S608 - constants
        assert REASON.encode() not in rows
        assert "Vàng Thị Mẫu".encode() not in rows
        assert secret.hex().encode() not in rows
    assert province.rows("SELECT count(*) FROM registry_case") == [(0,)]


def read_mailbox(kiosk, secret):
    from supportpoint.store.keys import load_or_make_keys  # noqa: PLC0415 -- beside what needs it
    from supportpoint.store.store import Store  # noqa: PLC0415

    keys = load_or_make_keys(kiosk.folder, use_keyring=False)
    with Store.open(kiosk.folder, SystemClock(), keys) as store:
        identity, body = store.get_identity(), store.find_box(receipt_hash(secret))
    opened = open_box(body, secret, read_keyset(identity.keyset, identity.root_public))
    return opened.news, opened.is_from_agency


def test_a_second_machine_of_the_agency_goes_on_where_the_first_stopped(province, enrol, tmp_path):
    kiosk = enrol("kiosk")
    first, second = (enrol(name, "reader", "legal-aid-centre") for name in ("one", "two"))
    case_id, secret = ask_for_help(province, kiosk, tmp_path)
    keys = ("--key", province.centre["seal"], "--act-key", province.centre["act"])
    for reader, state in ((first, "working"), (second, "refused")):
        reader.run("reader", "sync")
        [done] = reader.run("reader", "answer", case_id, "--state", state, *keys)
        reader.run("reader", "sync")
        wait_for(province, "SELECT opening FROM registry_item WHERE id = ?", [("opened",)], done["act"])
    kiosk.run("sync")
    assert read_mailbox(kiosk, secret)[0].state == "refused"


def test_no_other_device_hears_of_an_agencys_cases(province, enrol, tmp_path):
    kiosk, other = enrol("kiosk"), enrol("other", "reader", "inspectorate")
    case_id, _ = ask_for_help(province, kiosk, tmp_path)
    assert other.run("reader", "sync")[0]["new_cases"] == 0
    assert "SP-102" in kiosk.run("reader", "sync", status=2)
    assert not (other.folder / "agency").exists()
    tiny = TinyKiosk(province)
    tiny.session.verify = province.trust
    assert tiny.enroll().ok
    for path in ("cases", f"cases/{case_id}", f"files/{'0' * 64}"):
        answer = tiny.ask("GET", f"/api/v1/agency/{path}")
        assert (answer.status_code, decode(answer.content, Problem).code) == (404, "SP-803")
    province.rows("UPDATE registry_device SET role = 'reader', agency = 'x' WHERE id = ?", tiny.device)
    for after in ("%00", "x", "0" * 37):
        assert tiny.ask("GET", f"/api/v1/agency/cases?after={after}").status_code == 400
    assert tiny.ask("GET", "/api/v1/agency/cases?after=").ok


@dataclass
class Forger:
    """A device that may send what it likes."""

    tiny: TinyKiosk
    case_id: str
    secret: bytes

    def act(self, signer, by_unit="legal-aid-centre", **changes):
        news = CaseNews(case_number="DB7-4K2-9X8", state="accepted", at="2026-11-28", unit="")
        box_signer = changes.pop("box_signer", signer)
        rev, secret = changes.pop("rev", 1), changes.pop("secret", self.secret)
        box = make_box(news, secret=secret, signer=box_signer, epoch=self.tiny.identity.epoch, rev=rev)
        act = Act(
            id=str(make_uuid7(SystemClock().now())),
            case_id=self.case_id,
            decision="answer",
            by_unit=by_unit,
            at="2026-11-28",
            receipt_hash=box.receipt_hash,
            box=box.box,
            kid="",
        )
        return sign_act(msgspec.structs.replace(act, **changes), signer)

    def send(self, act, content=None):
        item = self.tiny.make_item(kind="act", id=act.id, envelope=content or encode(act))
        self.tiny.sync(item)
        return act.id


def test_what_is_no_answer_of_this_agency_is_held_and_published_nowhere(
    province, enrol, tmp_path, make_kiosk
):
    kiosk = enrol("kiosk")
    case_id, secret = ask_for_help(province, kiosk, tmp_path)
    centre, inspectors = (
        SignKey(keys["act"].read_bytes()) for keys in (province.centre, province.inspectors)
    )
    commune = SignKey((province.data / "keys" / "units" / "03316.sign.key").read_bytes())
    tiny = TinyKiosk(province)
    tiny.session.verify = province.trust
    assert tiny.enroll().ok
    forger = Forger(tiny, case_id, secret)
    opening = "SELECT opening, opening_code FROM registry_item WHERE id = ?"
    wait_for(province, opening, [("held", "SP-504")], forger.send(forger.act(centre)))
    province.rows(
        "UPDATE registry_device SET role = 'reader', agency = 'legal-aid-centre' WHERE id = ?", tiny.device
    )
    wrong = {
        "SP-504": [forger.send(forger.act(inspectors, "inspectorate"))],
        "SP-801": [
            forger.send(forger.act(centre), b"\xc1"),
            forger.send(forger.act(centre, case_id="\0")),
            forger.send(forger.act(centre, rev=2**40)),
        ],
        "SP-406": [
            forger.send(forger.act(commune)),
            forger.send(forger.act(inspectors)),
            forger.send(forger.act(centre, box_signer=commune)),
            forger.send(forger.act(SignKey.make())),
        ],
        "SP-405": [forger.send(msgspec.structs.replace(forger.act(centre), at="2027-01-01"))],
        "SP-803": [forger.send(forger.act(centre, case_id=str(make_uuid7(SystemClock().now()))))],
    }
    for code, acts in wrong.items():
        for act in acts:
            wait_for(province, opening, [("held", code)], act)
    assert province.rows("SELECT count(*) FROM registry_box WHERE item_id = ?", case_id) == [(0,)]

    good = forger.send(forger.act(centre, rev=3))
    wait_for(province, opening, [("opened", "")], good)
    for act, code in (
        (forger.act(centre, rev=3), "SP-807"),
        (forger.act(centre, secret=b"x" * 16), "SP-808"),
    ):
        wait_for(province, opening, [("held", code)], forger.send(act))
    rows = province.rows("SELECT rev, box FROM registry_box WHERE item_id = ?", case_id)
    assert [row[0] for row in rows] == [3]
    body = BoxBody(receipt_hash=receipt_hash(secret), box=bytes(rows[0][1]))
    keyset = read_keyset(tiny.identity.keyset, tiny.identity.root_public)
    assert open_box(body, secret, keyset).news.state == "accepted"


def test_the_kiosk_and_the_server_open_none_of_it(province, enrol, tmp_path):
    kiosk = enrol("kiosk")
    case_id, _ = ask_for_help(province, kiosk, tmp_path)
    [(envelope,)] = province.rows("SELECT envelope FROM registry_item WHERE id = ?", case_id)
    here = [SealKey(path.read_bytes()) for path in province.data.rglob("*.key") if path.stat().st_size == 32]
    with pytest.raises(SupportPointError, match="SP-402"):
        open_case(bytes(envelope), {key.kid: key for key in here}, lambda _: b"")
