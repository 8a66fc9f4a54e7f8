"""After submit, the data folder with every key in it cannot produce the child's name.

`Burglar` has the whole folder and every secret in it: he reads each file, decrypts each page of the
database (live, freed and in the log) with the database key, and tries every secret he finds as the key
of every envelope he finds. The same burglar is shown to find the name where it was left open.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import zstandard
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from supportpoint.clock import SystemClock
from supportpoint.content.shelf import Shelf
from supportpoint.errors import SupportPointError
from supportpoint.records import Attachment, Draft
from supportpoint.sealing.envelope import open_envelope, read_header
from supportpoint.sealing.keys import SealKey
from supportpoint.sealing.keyset import Key, sign_keyset
from supportpoint.store.access import DirectAccess
from supportpoint.sync.submission import submit_case

CHILD = "Vàng Thị Dế Mèn"
PHOTO = ("ảnh của " + CHILD).encode() + bytes(5000)
PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16
WAL_HEADER, FRAME_HEADER = 32, 24


def spellings(name: str) -> list[bytes]:
    forms = {form(name) for form in (str, str.lower, str.upper)}
    forms |= {unicodedata.normalize("NFD", form) for form in forms}
    forms |= {json.dumps(name)[1:-1]}
    return [form.encode(coding) for form in forms for coding in ("utf-8", "utf-16-le", "utf-16-be")]


class Burglar:
    """Everything that can be read with this folder alone, and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
        self.pieces: dict[bytes, str] = {}
        for path, content in self.files.items():
            is_record = path.parent.name == "spool"  # it may stand in a larger file
            self._take(content.rstrip(b"\0") if is_record else content, path.name)
        self.secrets = {piece for piece in self.pieces if len(piece) == 32}
        for path, content in self.files.items():
            for where, page in self._pages(path, content):
                self._take(page, where)
        self.secrets |= {piece for piece in self.pieces if len(piece) == 32}
        for envelope, where in list(self.pieces.items()):
            for at in (match.start() for match in re.finditer(b"SPE1", envelope)):
                self._open(envelope[at:], where)

    def find(self, name: str) -> list[str]:
        wanted = spellings(name)
        return sorted(
            {where for piece, where in self.pieces.items() if any(form in piece for form in wanted)}
        )

    def _take(self, content: bytes, where: str) -> None:
        """Keep a piece, and all pieces that it holds in JSON, MessagePack, base64, hex or zstd."""
        if content in self.pieces or not content:
            return
        self.pieces[content] = where
        for decoded in self._readings(content):
            for leaf in _leaves(decoded):
                self._take(leaf, f"{where} > {type(decoded).__name__}")

    @staticmethod
    def _readings(content: bytes) -> Iterator[object]:
        for read in (msgspec.json.decode, msgspec.msgpack.decode, _unzip, _from_base64, _from_hex):
            try:
                yield read(content)
            except (ValueError, msgspec.DecodeError, zstandard.ZstdError, RecursionError):
                continue

    def _pages(self, path: Path, content: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the pages of a SQLCipher file or its log, decrypted with every secret of the folder."""
        if path.suffix != ".db" and not path.name.endswith("-wal"):
            return
        is_log = path.name.endswith("-wal")
        first, step = (WAL_HEADER + FRAME_HEADER, PAGE + FRAME_HEADER) if is_log else (0, PAGE)
        for number, start in enumerate(range(first, len(content) - PAGE + 1, step)):
            page = content[start : start + PAGE]
            for secret in self.secrets:
                skip = SALT if number == 0 and not is_log else 0
                cipher = Cipher(algorithms.AES(secret), modes.CBC(page[-RESERVED : -RESERVED + IV]))
                for body in {page[skip:-RESERVED], page[SALT:-RESERVED]}:
                    yield f"{path.name} page {number}", cipher.decryptor().update(body)

    def _open(self, envelope: bytes, where: str) -> None:
        try:
            kids = read_header(envelope).kids
        except SupportPointError:
            return
        for secret in self.secrets:
            for kid in kids:
                with suppress(SupportPointError):
                    opened = open_envelope(envelope, {kid: SealKey(secret)}, lambda _: b"")
                    self._take(opened.payload, f"{where} > opened envelope")
            with suppress(InvalidTag):  # as if the record key itself had been kept
                end = 7 + int.from_bytes(envelope[5:7], "big") + 80 * len(kids)
                box = ChaCha20Poly1305(secret).decrypt(bytes(12), envelope[end:], envelope[:end])
                self._take(box, f"{where} > record key")


def _leaves(value: object) -> Iterator[bytes]:
    if isinstance(value, bytes):
        yield value
    elif isinstance(value, str):
        yield value.encode()
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(key)
            yield from _leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner)


def _unzip(content: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompress(content, max_output_size=1 << 24)


def _from_base64(content: bytes) -> bytes:
    if len(content) < 40:
        raise ValueError
    return base64.b64decode(content, validate=True)


def _from_hex(content: bytes) -> bytes:
    if len(content) != 64:
        raise ValueError
    return bytes.fromhex(content.decode("ascii"))


def draft_of(case_id: str) -> Draft:
    return Draft(
        id=case_id,
        form_id="small-form",
        form_version="1",
        language="vi",
        page_ref="/data/child/full_name",
        xml=f"<data><child><full_name>{CHILD}</full_name></child></data>".encode() * 40,
        updated_at=datetime(2026, 11, 23, tzinfo=UTC),
        attachments=(Attachment("photo.jpg", PHOTO),),
    )


def fill_and_submit(point, *, submit=True, then=lambda store: None):
    """What the kiosk does: drafts while the form is filled in, then the case in their place."""
    draft = draft_of("0193a5f0-0000-7000-8000-00000000000a")
    with point.open() as store:
        for count in range(5):
            store.save_draft(replace(draft, xml=draft.xml + b"<more/>" * count))
        if submit:
            submit_case(
                DirectAccess(store),
                package=Shelf(point.folder).open_form("small-form"),
                xml=draft.xml,
                attachments=draft.attachments,
                case_id=draft.id,
                clock=SystemClock(),
                draft_id=draft.id,
            )
        then(store)


def test_the_command_leaves_nothing_to_read(point, tmp_path):
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(PHOTO)
    done = point.run(*point.submit_words("--attach", f"photo={photo}"))
    assert done.returncode == 0, done.stderr
    burglar = Burglar(point.folder)
    assert len(burglar.secrets) >= 3  # database, signing and sealing key, and hashes
    assert burglar.find(CHILD) == []
    assert burglar.find("Dế Mèn") == []


def test_a_filled_and_submitted_form_leaves_nothing_to_read(point):
    fill_and_submit(point)
    assert Burglar(point.folder).find(CHILD) == []


def test_nothing_is_left_to_read_the_moment_the_case_is_queued(point):
    """While the receipt is on the screen: the draft is gone from the database's log as well."""
    burglars = []
    fill_and_submit(point, then=lambda store: burglars.append(Burglar(point.folder)))
    assert burglars[0].find(CHILD) == []


def test_the_burglar_reads_the_database(point):
    """Otherwise his failure above would prove nothing: case numbers and ids are there for him."""
    fill_and_submit(point)
    with point.open() as store:
        row = store.list_items()[0]
    burglar = Burglar(point.folder)
    assert any(where.startswith("supportpoint.db") for where in burglar.find(row.id))


def test_the_burglar_finds_an_unsent_draft(point):
    fill_and_submit(point, submit=False)
    assert burglar_places(point) == {"supportpoint.db"}


def burglar_places(point):
    return {where.split(" ")[0].removesuffix("-wal") for where in Burglar(point.folder).find(CHILD)}


def test_the_burglar_finds_an_envelope_left_open_to_the_device(make_point):
    """The case is also sealed to the device's own sealing key: every copy of it gives the name away."""
    point = make_point()
    with point.open() as store:
        device = store_keys(point).seal
        extra = Key(kid=device.kid, use="seal", purpose="ordinary", unit="province", public=device.public)
        keyset = point.trust.keyset(extra, version=2)
        store.save_keyset(sign_keyset(keyset, point.trust.root))
    fill_and_submit(point)
    found = Burglar(point.folder).find(CHILD)
    assert any(".item" in where and "opened envelope" in where for where in found)
    assert len({where.split(" ")[0] for where in found}) >= 2  # the record in spool/ and the photo in blobs/


def store_keys(point):
    from supportpoint.store.keys import load_or_make_keys  # noqa: PLC0415

    return load_or_make_keys(point.folder, use_keyring=False)


def test_the_burglar_finds_a_kept_record_key(point, monkeypatch):
    """Someone writes the record key to a file "for support": enough to open the case."""
    kept = b"k" * 32
    monkeypatch.setattr("supportpoint.sealing.envelope.secrets.token_bytes", lambda size: kept[:size])
    fill_and_submit(point)
    monkeypatch.undo()
    (point.folder / "support.json").write_bytes(msgspec.json.encode({"key": kept}))
    assert any("record key" in where for where in Burglar(point.folder).find("small-form"))


@pytest.mark.parametrize("content", [CHILD.encode("utf-16-le"), unicodedata.normalize("NFD", CHILD).encode()])
def test_the_burglar_finds_a_stray_file(point, content):
    fill_and_submit(point)
    (point.folder / "thumbnail.bin").write_bytes(b"\0" + content)
    assert Burglar(point.folder).find(CHILD) == ["thumbnail.bin"]


def test_a_backup_made_while_a_form_is_filled_in_holds_nothing_of_it(point):
    """What was written down for minutes is not kept for hours."""
    draft = draft_of("0193a5f0-0000-7000-8000-00000000000b")
    with point.open() as store:
        store.save_draft(draft)
        store.plan_backup()(lambda: False)
        store.delete_draft(draft.id)
        store.end_visit()
        assert store.get_health().backups == 1
    assert Burglar(point.folder).find(CHILD) == []


TALKATIVE = """
import logging, resource, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)
from supportpoint.cli import main
status = main(sys.argv[1:])
print("core dumps", resource.getrlimit(resource.RLIMIT_CORE))
sys.exit(status)
"""


def test_the_fullest_log_of_a_submit_holds_no_answer_and_a_crash_leaves_no_memory(point):
    words = [*map(str, point.submit_words()), "--data", str(point.folder)]
    line = [sys.executable, "-c", TALKATIVE, *words]
    done = subprocess.run(line, capture_output=True, env=os.environ, timeout=60, check=True)
    assert b"DEBUG" in done.stdout or b"INFO" in done.stdout
    assert b"core dumps (0, 0)" in done.stdout
    assert not [form for form in spellings(CHILD) if form in done.stdout + done.stderr]
