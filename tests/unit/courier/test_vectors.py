"""Kept courier files, read by a second reader written from docs/sync.md alone, and by ours for ever."""

from __future__ import annotations

import hashlib
import io
import tarfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from supportpoint.courier.heads import read_answer, read_head
from supportpoint.courier.stick import open_file

FOLDER = Path(__file__).parents[2] / "data" / "courier"
HEAD_LABEL = b"supportpoint courier head 1\n"
ANSWER_LABEL = b"supportpoint courier answer 1\n"


def public(seed: bytes) -> Ed25519PublicKey:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key()


DEVICE, SERVER = public(bytes(range(32))), public(bytes(range(32, 64)))


def unpack(data: bytes) -> Any:
    return msgspec.msgpack.decode(data)


def read_plainly(path: Path) -> dict[str, bytes]:
    """Read a courier file with a tar program, and hold it against its own list."""
    content = zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read()
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        files = {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]
    listed = unpack(files["contents"])["entries"]
    assert list(files) == ["head", "contents", *(entry["name"] for entry in listed)]
    for entry in listed:
        body = files[entry["name"]]
        assert (entry["size"], entry["sha256"]) == (len(body), hashlib.sha256(body).digest())
    return files


def open_head(files: dict[str, bytes], key: Ed25519PublicKey) -> dict[str, Any]:
    signed = unpack(files["head"])
    key.verify(signed["signature"], HEAD_LABEL + signed["content"])
    head: dict[str, Any] = unpack(signed["content"])
    assert head["contents"] == hashlib.sha256(files["contents"]).digest()
    return head


def test_a_letter_is_read_from_the_page_alone():
    files = read_plainly(FOLDER / "letter.spletter")
    head = open_head(files, DEVICE)
    assert (head["version"], head["kind"], head["province"]) == (1, "letter", "11")
    assert head["server"] == hashlib.sha256(SERVER.public_bytes_raw()).digest()[:8]
    assert (head["epoch"], head["cursor"], head["wants"]) == ("0a0b0c0d0e0f1011", 12, [bytes(32)])
    item = unpack(files["items/00000000"])
    assert item["device"] == head["device"]
    assert [f"blobs/{blob['sha256'].hex()}" for blob in item["blobs"]] == list(files)[3:]


def test_answers_are_read_from_the_page_alone():
    files = read_plainly(FOLDER / "answers.spanswers")
    assert open_head(files, SERVER)["kind"] == "answers"
    signed = unpack(files["answers/00000000"])
    SERVER.verify(signed["signature"], ANSWER_LABEL + signed["content"])
    answer = unpack(signed["content"])
    [verdict] = answer["verdicts"]
    assert (verdict["result"]["status"], verdict["seq"]) == ("complete", 7)
    receipt = answer["receipt"]
    SERVER.verify(
        receipt["signature"], msgspec.msgpack.encode({k: v for k, v in receipt.items() if k != "signature"})
    )
    assert receipt["results"][0][:2] == [verdict["result"]["id"], "complete"]


@pytest.mark.parametrize("name", ["letter.spletter", "answers.spanswers"])
def test_kept_files_stay_readable(name):
    with open_file(FOLDER / name) as reader:
        read_head(reader.head)
        found = {entry.folder: content for entry, content in reader.parts()}
        assert reader.lost == 0
    if "answers" in found:
        assert read_answer(found["answers"], SERVER.public_bytes_raw()).cursor == 12
