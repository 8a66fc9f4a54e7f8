"""What comes on a stick, as entries of the table: the file, its front, its list, and the server's answer."""

from __future__ import annotations

import hashlib
import io

import zstandard

from supportpoint.courier import archive, heads
from supportpoint.courier_messages import CourierAnswer, CourierHead, Signed
from supportpoint.protocol import encode
from tests.unit.fuzz import samples as good
from tests.unit.fuzz.entry import Entry

PARTS = [archive.make_part("items", "0a", b"an item" * 40), archive.make_part("blobs", "0b", b"\x01" * 900)]
HEAD = CourierHead(
    version=heads.VERSION,
    kind=heads.LETTER,
    id="0" * 32,
    device="d-1",
    server=good.SERVER.kid,
    province="11",
    made_on="2026-11-28",
    contents=hashlib.sha256(b"").digest(),
)


def _write() -> bytes:
    out = io.BytesIO()
    archive.write_archive(out, heads.make_file(HEAD, PARTS, good.DEVICE))
    return out.getvalue()


FILE = _write()


def _read(data: bytes) -> object:
    reader = archive.ArchiveReader(io.BytesIO(data), len(data))
    head = heads.read_head(reader.head)
    heads.verify_head(reader.head, good.DEVICE.public)
    heads.check_contents(head, reader.contents)
    return list(reader.parts())


def _list_inside(content: bytes) -> object:
    plain = io.BytesIO()
    with zstandard.ZstdCompressor().stream_writer(plain, closefd=False) as writer:
        archive._write(writer, archive.HEAD, heads.sign_head(HEAD, good.DEVICE))
        archive._write(writer, archive.CONTENTS, content)
    data = plain.getvalue()
    return list(archive.ArchiveReader(io.BytesIO(data), len(data)).parts())


def _head_inside(content: bytes) -> object:
    return heads.read_head(encode(Signed(content=content, signature=b"")))


def _answer_inside(content: bytes) -> object:
    signature = good.SERVER.sign(heads.ANSWER_LABEL + content)
    return heads.read_answer(encode(Signed(content=content, signature=signature)), good.SERVER.public)


COURIER = (
    Entry("courier file", _read, (FILE,), ("SP-905",)),
    Entry(
        "courier file unpacked", lambda data: _read(zstandard.compress(data)),
        (zstandard.ZstdDecompressor().decompressobj().decompress(FILE),), ("SP-905",),
    ),
    Entry(
        "list of a courier file", _list_inside, (archive.encode_contents(PARTS),), ("SP-905",),
        covers=("courier.archive:__init__",),
    ),
    Entry(
        "front of a courier file", _head_inside, (encode(HEAD),), ("SP-905",),
        covers=("courier.heads:_read",),
    ),
    Entry("answer by courier", _answer_inside, (encode(good.make_sample(CourierAnswer)),), ("SP-905",)),
    Entry("signed front", heads.read_head, (heads.sign_head(HEAD, good.DEVICE),), ("SP-905",)),
)  # fmt: skip
