"""From a sealed case to the villager's box: opener and office pages of a real server, on both databases."""

from __future__ import annotations

import hashlib
import html
import re
import time
from pathlib import Path

import pytest
import requests

from supportpoint import protocol
from supportpoint.clock import SystemClock, local_day, make_uuid7
from supportpoint.content.package import Manifest, write_package
from supportpoint.protocol import BoxBody, BundleRef, decode
from supportpoint.records import Attachment
from supportpoint.sealing.act import verify_act
from supportpoint.sealing.case import SealingContext, seal_case
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.keyset import read_keyset
from supportpoint.sealing.mailbox import open_box
from supportpoint.sealing.receipt import make_receipt

FORM = Path(__file__).parents[1] / "data" / "forms" / "small-request.xml"
VERSION = 2026112301
PHOTO = b"\xff\xd8\xff\xe0 a made-up picture \xff\xd9"
ANSWERS = """<data id="small-request" version="{version}"><person><full_name>Vàng Thị Mẫu</full_name>
<id_no>011199000123</id_no><age>{age}</age></person><papers><paper>{file}</paper></papers>
<meta><instanceID>uuid:{id}</instanceID></meta></data>"""
ENVELOPE = "SELECT envelope FROM registry_item WHERE id = ?"


@pytest.fixture(scope="module")
def office(make_server):
    """A server with an opener, with the small form published."""
    server = make_server(opener=True)
    publish(server, VERSION)
    return server


def publish(server, version):
    publisher = SignKey((server.data / "keys" / "publisher.key").read_bytes())
    form = FORM.read_bytes().replace(str(VERSION).encode(), str(version).encode())
    manifest = Manifest(kind="form", id="small-request", version=version, title={"vi": "Đơn thử"})
    package = server.data.parent / f"{version}.spform"
    package.write_bytes(write_package(manifest, {"form.xml": form}, publisher))
    server.command("publish", str(package))


class Sent:
    """A case that was sealed and pushed, and the receipt that opens its box."""

    def __init__(self, kiosk, *, age=34, version=VERSION, file=Attachment("paper.jpg", PHOTO)):  # noqa: B008
        self.kiosk = kiosk
        self.keyset = read_keyset(kiosk.identity.keyset, kiosk.identity.root_public)
        self.id = str(make_uuid7(SystemClock().now()))
        self.receipt = make_receipt()
        sealed = seal_case(
            kind="case",
            case_id=self.id,
            xml=ANSWERS.format(id=self.id, age=age, version=version, file=file.name).encode(),
            attachments=(file,),
            receipt=self.receipt,
            context=SealingContext(
                recipients=self.keyset.recipients("ordinary", kiosk.commune),
                keyset_version=1,
                commune=kiosk.commune,
                form_id="small-request",
                form_version=str(version),
            ),
            day=local_day(SystemClock().now()).isoformat(),
        )
        self.blob = sealed.blobs[0].content
        item = kiosk.make_item(id=self.id, blobs=(self.blob,), envelope=sealed.envelope)
        assert kiosk.sync(item).results[0].status == "stored"

    def send_photo(self):
        assert self.kiosk.patch(self.blob, 0).ok

    def news(self):
        """What the receipt hears at a kiosk of its commune, None while there is no box."""
        for change in self.kiosk.sync().changes:
            if change.stream == "box":
                body = decode(change.body, BoxBody)
                if body.receipt_hash.hex() == change.id and self.matches(body):
                    return open_box(body, self.receipt.secret, self.keyset)
        return None

    def matches(self, body):
        from_secret = hashlib.sha256(self.receipt.secret).digest()
        return body.receipt_hash == from_secret

    def wait(self, look=None):
        """Wait until the opener has done its part; return what `look` found."""
        until = time.monotonic() + 15
        while not (found := (look or self.news)()):
            assert time.monotonic() < until, self.kiosk.server.rows(
                "SELECT id, opening, opening_code FROM registry_item WHERE id = ?", self.id
            )
            time.sleep(0.1)
        return found


class Browser:
    """A staff member at the office's pages, without any script."""

    def __init__(self, server, username, unit):
        self.server = server
        self.session = requests.Session()
        self.session.trust_env = False
        password = server.command("make_staff", username, unit)["password"]
        self.get("/office/login")
        answer = self.post("/office/login", username=username, password=password)
        assert answer.url.endswith("/office/"), answer.text

    def get(self, path):
        answer = self.session.get(self.server.url + path, timeout=20)
        answer.text_plain = html.unescape(answer.text)
        return answer

    def post(self, path, **fields):
        fields["csrfmiddlewaretoken"] = self.session.cookies["csrftoken"]
        return self.session.post(self.server.url + path, data=fields, timeout=20)


@pytest.fixture(scope="module")
def clerk(office):
    return Browser(office, "mai", "03316")


@pytest.fixture
def sent(office, make_kiosk):
    return Sent(make_kiosk(at=office))


def test_a_recording_is_offered_to_be_played(office, clerk, make_kiosk):
    story = Attachment("told-0a1b.ogg", b"OggS made-up sound", "audio/ogg")
    sent = Sent(make_kiosk(at=office), file=story)
    sent.wait()
    sent.send_photo()
    sound = sent.wait(lambda: (got := clerk.get(f"/office/cases/{sent.id}/photos/0")).ok and got)
    assert (sound.content, sound.headers["Content-Type"]) == (story.content, "audio/ogg")
    assert sound.headers["Content-Disposition"] == "inline"
    page = clerk.get(f"/office/cases/{sent.id}")
    source = f'src="/office/cases/{sent.id}/photos/0"'
    assert f'<audio controls preload="metadata" {source}>' in page.text
    assert f"<img {source}" not in page.text
    assert "media-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_picture_that_was_kept_though_unclear_is_marked(office, clerk, make_kiosk):
    marked = "có thể chưa rõ"
    for name, is_marked in (("paper-0a1b-unsure.jpg", True), ("paper-0a1b.jpg", False)):
        sent = Sent(make_kiosk(at=office), file=Attachment(name, PHOTO))
        sent.wait()
        assert (marked in clerk.get(f"/office/cases/{sent.id}").text_plain) is is_marked


def test_answers_show_before_the_photo_and_the_photo_follows(sent, clerk):
    opened = sent.wait()
    assert (opened.news.state, opened.news.case_number, opened.rev) == (
        "received",
        sent.receipt.case_number,
        1,
    )
    page = clerk.get(f"/office/cases/{sent.id}").text_plain
    assert "Vàng Thị Mẫu" in page
    assert "Ảnh còn trên đường" in page
    assert "ảnh đang về" in page
    assert "paper.jpg" not in page
    assert "Không thấy chỗ nào sai" in page
    sent.send_photo()
    photo = sent.wait(lambda: (got := clerk.get(f"/office/cases/{sent.id}/photos/0")).ok and got)
    assert (photo.content, photo.headers["Content-Type"]) == (PHOTO, "image/jpeg")
    assert "no-store" in photo.headers["Cache-Control"]
    for tail in ("", "/supplement"):
        page = clerk.get(f"/office/cases/{sent.id}{tail}").text_plain
        assert f'<a href="/office/cases/{sent.id}/photos/0">1 ảnh</a>' in page
    listed = clerk.get("/office/").text_plain
    assert sent.receipt.case_number in listed
    assert "V•• T•• M••" in listed
    assert "Vàng" not in listed


def test_the_server_does_not_trust_the_kiosk(office, make_kiosk, clerk):
    sent = Sent(make_kiosk(at=office), age=400)
    sent.wait()
    page = clerk.get(f"/office/cases/{sent.id}").text_plain
    findings = page[page.index("Máy kiểm lại") :]
    assert "Tuổi" in findings


def test_all_missing_things_reach_the_villager_at_once(office, sent, clerk):
    sent.wait()
    path = f"/office/cases/{sent.id}/supplement"
    page = clerk.get(path).text_plain
    keys = dict(re.findall(r'<label for="(q\d+)">(.*?) <span', page))
    labels = {label: key for key, label in keys.items()}
    paper, age = labels["Ảnh giấy chứng sinh"], labels["Tuổi"]
    fields = {
        f"{paper}-pick": "1",
        f"{paper}-reason": "reason_photo_blurred",
        f"{age}-pick": "1",
        f"{age}-reason": "reason_answer_differs",
        f"{age}-note": "\0Giấy ghi khác.",
        "other0-label": "Giấy kết hôn",
    }
    assert "Chưa chọn thứ nào" in clerk.post(path, step="preview").text
    silent = {**fields, f"{paper}-reason": ""}
    assert "Chưa chọn thứ nào" in clerk.post(path, step="preview", **silent).text
    preview = clerk.post(path, step="preview", **fields)
    assert "Giấy ghi khác." in preview.text
    assert sent.news().news.state == "received"
    assert clerk.post(path, step="send", **fields).url.endswith(sent.id)
    heard = sent.news()
    assert (heard.news.state, heard.rev) == ("need", 2)
    assert [(one.kind, one.label) for one in heard.news.missing] == [
        ("photo", "Ảnh giấy chứng sinh"),
        ("answer", "Tuổi"),
        ("photo", "Giấy kết hôn"),
    ]
    assert heard.news.missing[0].ref == "/data/papers/paper"
    assert heard.news.missing[1].reason.endswith("Giấy ghi khác.")
    assert heard.news.due_on
    wire = office.rows("SELECT wire FROM registry_act WHERE case_id = ?", sent.id)[0][0]
    act = decode(bytes(wire), protocol.Act)
    assert verify_act(act, sent.keyset).unit == "03316"
    assert clerk.post(path, step="send", **fields).status_code == 409
    assert sent.news().rev == 2


def test_accept_is_said_once(sent, clerk):
    sent.wait()
    assert clerk.post(f"/office/cases/{sent.id}/accept").ok
    assert sent.news().news.state == "accepted"
    assert clerk.post(f"/office/cases/{sent.id}/accept").status_code == 409
    assert sent.news().rev == 2


def test_boxes_reach_the_kiosks_of_the_commune_only(office, sent, make_kiosk):
    sent.wait()
    neighbour, stranger = make_kiosk("03316", at=office), make_kiosk("03127", at=office)
    address = hashlib.sha256(sent.receipt.secret).hexdigest()
    assert address in [change.id for change in neighbour.sync().changes]
    assert [change.stream for change in stranger.sync().changes] == ["bundle"]


def test_an_unknown_form_version_is_held_until_it_is_published(office, make_kiosk):
    sent = Sent(make_kiosk(at=office), version=VERSION + 1)
    state = "SELECT opening, opening_code FROM registry_item WHERE id = ?"
    sent.wait(lambda: office.rows(state, sent.id) == [("held", "SP-804")])
    publish(office, VERSION + 1)
    assert sent.wait().news.state == "received"


def test_what_cannot_be_opened_is_held_and_stops_nobody(office, make_kiosk, clerk):
    kiosk = make_kiosk(at=office)
    junk = kiosk.make_item(400)
    kiosk.sync(junk)
    sent = Sent(make_kiosk(at=office))
    assert sent.wait().news.state == "received"
    state = "SELECT opening, opening_code FROM registry_item WHERE id = ?"
    assert office.rows(state, junk.id) == [("held", "SP-401")]
    assert "Hồ sơ được giữ lại, chưa mở được:" in clerk.get("/office/").text_plain
    stolen = kiosk.make_item(envelope=office.rows(ENVELOPE, sent.id)[0][0])
    kiosk.sync(stolen)
    sent.wait(lambda: office.rows(state, stolen.id) == [("held", "SP-405")])
    status = office.command("status")
    assert status["held"] >= 2


def test_a_published_package_is_announced_and_fetched_in_parts(office, make_kiosk):
    kiosk = make_kiosk(at=office)
    change = next(one for one in kiosk.sync().changes if one.stream == "bundle")
    reference = decode(change.body, BundleRef)
    path = f"/api/v1/bundles/{reference.sha256.hex()}"
    whole = kiosk.ask("GET", path)
    assert hashlib.sha256(whole.content).digest() == reference.sha256
    part = kiosk.ask("GET", path, Range="bytes=100-")
    assert (part.status_code, part.content) == (206, whole.content[100:])
    assert kiosk.ask("GET", path, Range="bytes=100-", If_Range='"other"').status_code == 200
    assert kiosk.ask("GET", path, Range=f"bytes={reference.len}-").status_code == 416
    assert requests.get(office.url + path, timeout=10).status_code == 401


@pytest.mark.parametrize("tail", ["", "/photos/0", "/accept", "/supplement"])
def test_other_units_and_strangers_see_nothing(office, sent, tail):
    sent.wait()
    path = f"/office/cases/{sent.id}{tail}"
    neighbour = Browser(office, "sung", "03127")
    method = neighbour.post if tail == "/accept" else neighbour.get
    assert method(path).status_code == 404
    assert sent.receipt.case_number not in neighbour.get("/office/?show=all").text
    answer = requests.get(office.url + path, timeout=10, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"][:13]) == (302, "/office/login")


def test_the_province_sees_every_commune(office, sent, make_kiosk):
    other = Sent(make_kiosk("03127", at=office))
    sent.wait()
    other.wait()
    province = Browser(office, "tinh", "11")
    listed = province.get("/office/?show=all").text
    assert sent.receipt.case_number in listed
    assert other.receipt.case_number in listed


def test_pages_are_strict(office, clerk, sent):
    sent.wait()
    page = clerk.get(f"/office/cases/{sent.id}")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", page.text)
    refused = clerk.session.post(f"{office.url}/office/cases/{sent.id}/accept", timeout=10)
    assert refused.status_code == 403
    assert clerk.post("/office/language", language="en", next="//evil.example/").url.endswith("/office/")
    assert "As of" in clerk.get("/office/").text
    clerk.post("/office/language", language="vi")


def test_history_cannot_be_changed(office, sent):
    sent.wait()
    for change in ("UPDATE registry_caseevent SET what = 'x'", "DELETE FROM registry_caseevent"):
        with pytest.raises(Exception, match="append-only"):
            office.rows(change)
