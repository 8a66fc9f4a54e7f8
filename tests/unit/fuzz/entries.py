"""Every place where bytes or texts from outside are read: how, from what, and how it may fail.

A case that is taken apart by trusted code is fuzzed on both sides of the lock: the outer form as anybody may
send it, and the inner one as a hostile holder of the right key may write it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import msgspec
import zstandard
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from supportpoint.cli.submission import read_answers
from supportpoint.clock import FixedClock
from supportpoint.content import package as packages
from supportpoint.content.article import ARTICLE_FILE, read_article
from supportpoint.devices.citizen_card import read_card
from supportpoint.devices.key_burst import KeyBurst
from supportpoint.devices.ogg import find_sound_ms
from supportpoint.devices.opus import OpusWriter, join_sounds, read_sound
from supportpoint.devices.photo import read_picture
from supportpoint.devices.wedge import MOST_ALT_DIGITS, _alt_letter
from supportpoint.errors import SupportPointError
from supportpoint.forms.reading.instances import read_csv
from supportpoint.forms.xpath.values import parse_date, parse_number, parse_time
from supportpoint.protocol import JSON, MSGPACK, Act, Item, decode, encode
from supportpoint.sealing import envelope as envelopes
from supportpoint.sealing import mailbox
from supportpoint.sealing.act import sign_act, verify_act
from supportpoint.sealing.case import Record, open_case, open_file
from supportpoint.sealing.compression import compress, decompress
from supportpoint.sealing.http import sign_reply, sign_request, verify_request
from supportpoint.sealing.item import sign_item, verify_item
from supportpoint.sealing.keyset import LABEL, SignedKeyset, read_keyset
from supportpoint.sealing.receipt import check_case_number, qr_text, read_secret, receipt_hash, write_secret
from supportpoint.store.signed_clock import SignedClock
from supportpoint.sync.connection import make_context
from supportpoint.sync.reply import Reply, check_reply, raise_for_refusal, read_message
from tests.unit.fuzz import samples as good
from tests.unit.fuzz.courier import COURIER
from tests.unit.fuzz.drops import make_drops
from tests.unit.fuzz.entry import Entry
from tests.unit.fuzz.files import make_files

TODAY = date(2026, 11, 28)
NOW = "2026-11-28T03:00:00Z"
KEYS = {good.INTAKE.kid: good.INTAKE}


def _structs() -> Iterable[Entry]:
    for kind in good.list_messages():
        for media in (MSGPACK, JSON):
            sample = encode(good.make_sample(kind), media)
            yield Entry(
                f"{kind.__name__.strip('_')} as {media.rpartition('/')[2]}",
                lambda data, kind=kind, media=media: decode(data, kind, media),
                (sample,),
                errors=(msgspec.DecodeError,),
                covers=("protocol:decode",),
            )


def _dictionary(_: str) -> bytes:
    return b""


def _seal_inside(content: bytes) -> bytes:
    """Return an envelope whose box holds `content` in place of what belongs there."""
    honest = envelopes.encode
    try:
        envelopes.encode = lambda message: (
            content if type(message).__name__ == "_BoxWire" else honest(message)
        )
        return envelopes.seal(
            b"",
            inner=envelopes.Inner(form_id="f", form_version="1"),
            recipients=good.CONTEXT.recipients,
            keyset_version=3,
            case_id=good.CASE_ID,
            day="2026-11-23",
        )
    finally:
        envelopes.encode = honest


def _seal_record(content: bytes) -> bytes:
    return envelopes.seal(
        content,
        inner=envelopes.Inner(form_id="f", form_version="1"),
        recipients=good.CONTEXT.recipients,
        keyset_version=3,
        case_id=good.CASE_ID,
        day="2026-11-23",
    )


def _box_inside(content: bytes) -> object:
    honest = mailbox.encode
    try:
        mailbox.encode = lambda message: content if message is good.NEWS else honest(message)
        secret = good.RECEIPT.secret
        body = mailbox.make_box(good.NEWS, secret=secret, signer=good.OFFICE, epoch="e", rev=1)
    finally:
        mailbox.encode = honest
    return mailbox.open_box(body, secret, good.KEYSET)


def _open_box(content: bytes) -> object:
    body = msgspec.structs.replace(good.BOX, box=content)
    mailbox.verify_box(body, good.KEYSET)
    return mailbox.open_box(body, good.RECEIPT.secret, good.KEYSET)


def _keyset_inside(content: bytes) -> object:
    signed = SignedKeyset(keyset=content, signature=good.ROOT.sign(LABEL + content))
    found = read_keyset(encode(signed), good.ROOT.public)
    return found.recipients("ordinary", "03316")


def _act(content: bytes) -> object:
    act = decode(content, Act)
    with_key = sign_act(act, good.OFFICE)
    return verify_act(act, good.KEYSET) if act.kid else verify_act(with_key, good.KEYSET)


def _item(content: bytes) -> object:
    return verify_item(decode(content, Item), good.DEVICE.public)


ACT = msgspec.structs.replace(good.make_sample(Act), by_unit="03316", kid="")
BOX_WIRE = encode(
    envelopes._BoxWire(
        form_id="f", form_version="1", dictionary_id=b"", commune="03316", category="ordinary",
        frame=compress(encode(good.make_sample(Record)), b""),
    )
)  # fmt: skip
SEALING = (
    Entry(
        "envelope header", envelopes.read_header, (good.CASE.envelope,), ("SP-401",),
        covers=("sealing.envelope:_split", "sealing.envelope:read_header"),
    ),
    Entry(
        "case envelope", lambda data: open_case(data, KEYS, _dictionary),
        (good.CASE.envelope, good.CASE.blobs[0].content), ("SP-40",),
        covers=("sealing.envelope:open_envelope", "sealing.case:open_case"),
    ),
    Entry(
        "file envelope", lambda data: open_file(data, KEYS), (good.CASE.blobs[0].content,), ("SP-40",),
        covers=("sealing.case:open_file",),
    ),
    Entry(
        "inside of a box", lambda data: open_case(_seal_inside(data), KEYS, _dictionary),
        (BOX_WIRE,), ("SP-40",),
    ),
    Entry(
        "inside of a case", lambda data: open_case(_seal_record(data), KEYS, _dictionary),
        (encode(good.make_sample(Record)),), ("SP-40",),
    ),
    Entry("frame", lambda data: decompress(data, b""), (compress(b"words " * 999, b""),), ("SP-401",)),
    Entry(
        "keyset", lambda data: read_keyset(data, good.ROOT.public), (good.SIGNED_KEYSET,), ("SP-406",),
        covers=("sealing.keyset:read_keyset",),
    ),
    Entry("keyset of the root itself", _keyset_inside, (encode(good.KEYSET),), ("SP-406", "SP-404")),
    Entry(
        "mailbox box", _open_box, (good.BOX.box,), ("SP-40",),
        covers=("sealing.mailbox:_read", "sealing.mailbox:open_box"),
    ),
    Entry("news of an agency", _box_inside, (encode(good.NEWS),), ("SP-403", "SP-401")),
    Entry(
        "act", _act, (encode(sign_act(ACT, good.OFFICE)), encode(ACT)),
        ("SP-405", "SP-406"), (msgspec.DecodeError,), covers=("sealing.act:verify_act",),
    ),
    Entry(
        "item", _item, (encode(sign_item(good.make_sample(Item), good.DEVICE)),),
        ("SP-405",), (msgspec.DecodeError,),
    ),
)  # fmt: skip


def _headers(text: str, base: dict[str, str]) -> dict[str, str]:
    lines = (line.partition(":") for line in text.split("\n"))
    return {name.strip(): value.strip() for name, _, value in lines if name.strip()} or base


def _write(headers: dict[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in headers.items())


BODY = b"body"
SIGNED = {"Content-Type": MSGPACK} | sign_request(
    "POST", "https://h/api/v1/sync", {"Content-Type": MSGPACK}, device="d-1", key=good.DEVICE,
    body_digest=hashlib.sha256(BODY).digest(),
)  # fmt: skip
UPLOAD = {"Upload-Offset": "0", "Upload-Length": "5"}
UPLOAD |= sign_request(
    "PATCH", "https://h/api/v1/blobs/00", UPLOAD, device="d-1", key=good.DEVICE, body_digest=None
)
ANSWERED = {"Sp-Epoch": "epoch-1", "Content-Type": MSGPACK}
ANSWERED |= sign_reply(200, ANSWERED, BODY, key=good.SERVER, request_signature=SIGNED["Signature"])


PEM_BEGIN, PEM_END = (f"-----{word} CERTIFICATE-----" for word in ("BEGIN", "END"))


def _request(text: str) -> object:
    method, path = ("PATCH", "/api/v1/blobs/00") if "Upload-" in text else ("POST", "/api/v1/sync")
    return verify_request(method, path, _headers(text, SIGNED), lambda _: good.DEVICE.public, body=BODY)


def _answer(text: str) -> object:
    headers = _headers(text, ANSWERED)
    reply = Reply(200, headers, BODY)
    return check_reply(reply, server_public=good.SERVER.public, request_signature=SIGNED["Signature"])


def _refusal(data: bytes) -> object:
    headers = {"Retry-After": data[:9].decode("latin-1"), "Content-Type": MSGPACK}
    for status in (200, 400, 401, 429, 503):
        try:
            raise_for_refusal(Reply(status, headers, data))
        except SupportPointError as error:
            assert error.code in {"SP-504", "SP-505", "SP-506"}  # noqa: PT017 - each status has its own
    return read_message(Reply(200, headers, data), type(good.NEWS))


HTTP = (
    Entry(
        "headers of a request", _request, (_write(SIGNED), _write(UPLOAD)), ("SP-405",),
        covers=("sealing.http:verify_request", "sealing.http:check_digest"),
    ),
    Entry(
        "headers of an answer", _answer, (_write(ANSWERED),), ("SP-502",),
        covers=("sealing.http:verify_reply", "sync.reply:check_reply"),
    ),
    Entry(
        "body of an answer", _refusal, (encode(good.NEWS), encode(good.make_sample(good.protocol.Problem))),
        ("SP-502",), covers=("sync.reply:read_message", "sync.reply:_problem_code"),
    ),
    Entry("authority file", make_context, ("", f"{PEM_BEGIN}\nMIIB\n{PEM_END}\n"), ("SP-503",)),
    Entry(
        "signed time", lambda text: SignedClock(FixedClock(good.MOMENT)).hear(text), (NOW,),
        covers=("store.signed_clock:_parse",),
    ),
)  # fmt: skip


def _manifest_inside(content: bytes) -> object:
    label = packages.LABEL + content
    signed = packages.SignedPackage(
        manifest=content,
        kid=good.PUBLISHER.kid,
        signature=good.PUBLISHER.sign(label),
        files={"form.xml": b"<x/>"},
    )
    return packages.read_package(zstandard.compress(encode(signed)), good.KEYSET)


def _package(data: bytes) -> object:
    packages.read_package(data, good.KEYSET)
    return packages.open_package(data)


def _repacked(content: bytes) -> object:
    return packages.read_package(zstandard.compress(content), good.KEYSET)


def _article(content: bytes) -> object:
    manifest = packages.Manifest(kind="article", id="heating", version=2, title={"vi": "Sưởi"})
    article = read_article(packages.Package(manifest, {ARTICLE_FILE: content}))
    return (article.minutes("vi"), article.tile_title("en"), article.is_new(TODAY), article.is_verified)


FORM_HASH = hashlib.sha256(b"<x/>").digest()
CONTENT = (
    Entry(
        "package", _package, (good.PACKAGE,), ("SP-60",),
        covers=("content.package:_unpack", "content.package:_open", "content.package:_read_manifest"),
    ),
    Entry("package unpacked", _repacked, (zstandard.decompress(good.PACKAGE),), ("SP-60",)),
    Entry(
        "manifest of a publisher", _manifest_inside,
        (encode(msgspec.structs.replace(good.MANIFEST, files={"form.xml": FORM_HASH})),),
        ("SP-60",),
    ),
    Entry("article", _article, (msgspec.json.encode(good.ARTICLE),), ("SP-601",),
          covers=("content.article:read_article",)),
    Entry("list of a form", lambda data: read_csv("a.csv", data), (b"name;label\n1;a\n", b'a,b\n"x",2\n'),
          ("SP-301",)),
)  # fmt: skip


def _burst(text: str) -> object:
    burst, at = KeyBurst(), 0
    for letter in text:
        at += ord(letter) % 50
        if not burst.continues(at):
            burst.end()
        burst.add(letter, at)
    return burst.finish_line()


def _alt(text: str) -> object:
    digits = "".join(letter for letter in text if letter.isdecimal())[:MOST_ALT_DIGITS]
    return _alt_letter(digits) if digits else ""


def _draw(suffix: str) -> bytes:
    image = QImage(340, 330, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, suffix)
    return bytes(buffer.data().data())


def _record() -> bytes:
    writer = OpusWriter()
    writer.write(b"\x10\x20" * 4800)
    return writer.close()


SOUND = _record()
DEVICES = (
    Entry("citizen card", lambda text: read_card(text, TODAY), (good.CARD,), ("SP-701",),
          covers=("devices.citizen_card:read_card",)),
    Entry("keys of a scanner", _burst, (good.CARD,)),
    Entry("code typed with ALT", _alt, ("0225", "7841", "55296"), covers=("devices.wedge:_alt_letter",)),
    Entry("picture", read_picture, (_draw("jpg"), _draw("png")), ("SP-703",)),
    Entry("sound", read_sound, (SOUND,), ("SP-706",), covers=("devices.opus:read_sound",)),
    Entry("two sounds", lambda data: join_sounds(SOUND, data), (SOUND,), ("SP-706",)),
    Entry("length of a sound", find_sound_ms, (SOUND,)),
)  # fmt: skip

SECRET, NUMBER = write_secret(good.RECEIPT.secret), good.RECEIPT.case_number
TEXTS = (
    Entry("receipt", lambda text: receipt_hash(read_secret(text)), (SECRET, qr_text(good.RECEIPT.secret)),
          ("SP-407",)),
    Entry("case number", check_case_number, (NUMBER, NUMBER.lower()), ("SP-407",)),
    Entry("number of an answer", parse_number, ("12", "-1.5", "1e9")),
    Entry("date of an answer", lambda text: parse_date(text, good.ZONE),
          ("2026-11-28", "2026-11-28T10:00:00+07:00")),
    Entry("time of an answer", lambda text: parse_time(text, good.ZONE), ("10:00:00.000+07:00", "23:59")),
    Entry("answers on the command line", read_answers, (b'{"child": {"sex": "female", "w": [{"n": 1}]}}',),
          ("SP-310",), covers=("cli.submission:read_answers",)),
)  # fmt: skip


def list_entries(folder: Path) -> tuple[Entry, ...]:
    """Return the whole table."""
    written = (*make_drops(folder), *make_files(folder))
    return (*_structs(), *SEALING, *HTTP, *CONTENT, *DEVICES, *TEXTS, *COURIER, *written)
