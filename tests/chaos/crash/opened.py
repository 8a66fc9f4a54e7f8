"""What waits for the opener, and what it made of it: cases, photos, answers of an agency, audit rows."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from supportpoint.clock import SystemClock, local_day, make_uuid7
from supportpoint.content.package import Manifest, write_package
from supportpoint.protocol import encode
from supportpoint.records import Attachment, SealedCase
from supportpoint.sealing.audit import START, AuditPage, AuditRow, row_hash
from supportpoint.sealing.case import SealingContext, seal_case
from supportpoint.sealing.envelope import Inner, seal
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.keyset import PROVINCE, read_keyset
from supportpoint.sealing.receipt import make_receipt, receipt_hash
from tests.chaos.crash.intake import DirectKiosk, PreparedServer, prepare_server
from tests.integration.test_reader import LEGAL, Forger
from tests.integration.test_server_office import ANSWERS, FORM, VERSION, publish

ONCE = "tests.chaos.crash.server_life:open_once"
PHOTO = b"\xff\xd8\xff\xe0 a made-up picture \xff\xd9" * 1000
AID = "aid-request"
ROWS = 3

Facts = dict[str, list[tuple[Any, ...]]]


@dataclass
class Waiting(PreparedServer):
    """A server with everything in it that an opener may meet."""

    cases: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


@contextlib.contextmanager
def open_waiting(callwatch: str, folder: Path) -> Iterator[Waiting]:
    """Fill a server: two cases with photos, one of no form, one for an agency with its answer, audit rows."""
    server, zygote = prepare_server(callwatch, folder / "data")
    publish(server, VERSION)
    centre = server.data / "agencies" / "legal_aid"
    keys = {path.suffixes[0][1:]: SignKey(path.read_bytes()) for path in centre.iterdir()}
    _publish_aid(server, keys["forms"])
    kiosk, reader = DirectKiosk(server, zygote), DirectKiosk(server, zygote)
    assert kiosk.enroll().ok
    assert reader.enroll().ok
    server.rows(
        "UPDATE registry_device SET role = 'reader', agency = 'legal-aid-centre' WHERE id = ?", reader.device
    )
    waiting = Waiting(kiosk, folder / "prepared")
    for age in ("34", "35", "of age"):
        sealed, secret = _seal(kiosk, "small-request", "ordinary", age)
        _send(kiosk, sealed)
        if age.isdigit():
            waiting.cases.append(sealed.id)
            waiting.boxes.append(receipt_hash(secret).hex())
    aid, secret = _seal(kiosk, AID, "legal_aid", "30")
    _send(kiosk, aid)
    forger = Forger(reader, aid.id, secret)
    forger.send(forger.act(keys["act"]))
    waiting.boxes.append(receipt_hash(secret).hex())
    _send_audit(kiosk)
    shutil.copytree(server.data, waiting.prepared)
    yield waiting
    zygote.close()


def _publish_aid(server: Any, key: SignKey) -> None:
    xform = FORM.read_bytes().replace(b'id="small-request"', f'id="{AID}"'.encode())
    manifest = Manifest(kind="form", id=AID, version=VERSION, title={"vi": "x"}, settings=LEGAL)
    path = server.data.parent / "aid.spform"
    path.write_bytes(write_package(manifest, {"form.xml": xform}, key))
    server.command("publish", str(path))


def _seal(kiosk: DirectKiosk, form: str, purpose: str, age: str) -> tuple[SealedCase, bytes]:
    assert kiosk.identity is not None
    keyset = read_keyset(kiosk.identity.keyset, kiosk.identity.root_public)
    case_id, receipt = str(make_uuid7(SystemClock().now())), make_receipt()
    xml = ANSWERS.format(id=case_id, age=age, version=VERSION, file="paper.jpg")
    sealed = seal_case(
        kind="case",
        case_id=case_id,
        xml=xml.replace('"small-request"', f'"{form}"').encode(),
        attachments=(Attachment("paper.jpg", PHOTO),),
        receipt=receipt,
        context=SealingContext(
            recipients=keyset.recipients(purpose, kiosk.commune),
            keyset_version=1,
            commune=kiosk.commune,
            form_id=form if age.isdigit() else "no-such-form",
            form_version=str(VERSION),
            category=purpose,
        ),
        day=local_day(SystemClock().now()).isoformat(),
    )
    return sealed, receipt.secret


def _send(kiosk: DirectKiosk, sealed: SealedCase) -> None:
    blobs = tuple(blob.content for blob in sealed.blobs)
    kiosk.sync(kiosk.make_item(id=sealed.id, envelope=sealed.envelope, blobs=blobs))
    for blob in blobs:
        assert kiosk.patch(blob, 0).ok


def _send_audit(kiosk: DirectKiosk) -> None:
    assert kiosk.identity is not None
    keyset = read_keyset(kiosk.identity.keyset, kiosk.identity.root_public)
    rows, previous = [], START
    for number in range(1, ROWS + 1):
        row = AuditRow("ab" * 8, number, "2026-11-28T08:00:00+07:00", "started", previous)
        rows.append(encode(row))
        previous = row_hash(rows[-1])
    item_id = str(make_uuid7(SystemClock().now()))
    envelope = seal(
        encode(AuditPage(rows=tuple(rows))),
        inner=Inner(form_id="audit", form_version="1", commune=kiosk.commune),
        recipients=keyset.recipients("ordinary", PROVINCE),
        keyset_version=1,
        case_id=item_id,
        day=local_day(SystemClock().now()).isoformat(),
    )
    kiosk.sync(kiosk.make_item(kind="audit", id=item_id, envelope=envelope))


QUESTIONS = {
    "items": "SELECT id, kind, opening, opening_code FROM registry_item",
    "cases": "SELECT id, number, state FROM registry_case",
    "events": "SELECT case_id, what FROM registry_caseevent",
    "photos": "SELECT case_id, position, opening_code, stored_name FROM registry_casephoto",
    "boxes": "SELECT ref, rev FROM registry_change WHERE stream = 'box'",
    "kept_boxes": "SELECT lower(hex(receipt_hash)), item_id, rev FROM registry_box",
    "audit": "SELECT device, incarnation, number FROM registry_auditentry",
}


def read_facts(data: Path) -> Facts:
    """Return all that an opener changes, but for moments and ciphertexts, sorted."""
    with contextlib.closing(sqlite3.connect(data / "server.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {name: sorted(db.execute(sql)) for name, sql in QUESTIONS.items()}


def judge_opened(data: Path, waiting: Waiting) -> Iterator[str]:
    """Name everything that is half, or there twice, whenever the opener was killed."""
    facts = read_facts(data)
    opening = {item_id: state for item_id, _, state, _ in facts["items"]}
    cases = {case_id for case_id, *_ in facts["cases"]}
    events, boxes = Counter(facts["events"]), Counter(ref for ref, _ in facts["boxes"])
    photos = {case_id: name for case_id, _, _, name in facts["photos"]}
    for case_id, box in zip(waiting.cases, waiting.boxes, strict=False):
        count = int(case_id in cases)
        if (opening[case_id] == "opened") != bool(count):
            yield f"item and case disagree: {case_id}"
        if (events[case_id, "arrived"], events[case_id, "opened"], boxes[box]) != (count,) * 3:
            yield f"half or twice: {case_id}"
        if bool(photos.get(case_id)) != bool(events[case_id, "photo"]) or events[case_id, "photo"] > 1:
            yield f"photo and history disagree: {case_id}"
        if photos.get(case_id) and not is_photo(data, photos[case_id]):
            yield f"photo is not what was sent: {case_id}"
    acts = [state for _, kind, state, _ in facts["items"] if kind == "act"]
    audits = [state for _, kind, state, _ in facts["items"] if kind == "audit"]
    if acts != ["opened" if boxes[waiting.boxes[-1]] == 1 else "waiting"]:
        yield "an answer is half or twice"
    if audits != ["opened" if len(facts["audit"]) == ROWS else "waiting"] or len(facts["audit"]) % ROWS:
        yield "an audit page is half"


def is_photo(data: Path, name: str) -> bool:
    path = data / "files" / name
    return path.is_file() and hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(PHOTO).digest()
