"""Envelopes of released versions open for ever: `tests/data/envelopes/` is added to, never edited.

`python tests/unit/sealing/test_vectors.py` writes the file of the present version when it is missing
(all keys from fixed seeds; record keys and nonces are random, so two runs differ and both must open).
`open_by_the_book` is a second implementation, written from docs/envelope.md alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from pathlib import Path

import msgspec
import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from supportpoint.protocol import Act, BoxBody, CaseNews, Item, decode, encode
from supportpoint.records import Attachment, Receipt
from supportpoint.sealing.act import sign_act, verify_act
from supportpoint.sealing.case import SealingContext, open_case, open_file, seal_case
from supportpoint.sealing.item import sign_item, verify_item
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import Key, Keyset, read_keyset, sign_keyset
from supportpoint.sealing.mailbox import make_box, open_box
from supportpoint.sealing.receipt import qr_text, read_secret, receipt_hash, write_secret

FOLDER = Path(__file__).parents[2] / "data" / "envelopes"
DICTIONARY = b"<data><child><full_name></full_name><birth_date></birth_date><sex>female</sex></child></data>"
XML = "<data><child><full_name>Lò Thị Ếnh</full_name><birth_date>2026-11-02</birth_date></child></data>"
NAMES = ("root", "intake", "commune", "office", "device")
SEEDS = {name: hashlib.sha256(f"vector {name}".encode()).digest() for name in NAMES}
NEWS = {
    "case_number": "DB7-4K2-9X8",
    "state": "accepted",
    "at": "2026-11-24T02:00:00Z",
    "unit": "Xã Mường Phăng",
}


def _write(folder: Path, name: str) -> None:
    root, office, device = (SignKey(SEEDS[key]) for key in ("root", "office", "device"))
    intake, commune = SealKey(SEEDS["intake"]), SealKey(SEEDS["commune"])
    keys = (
        Key(kid=intake.kid, use="seal", purpose="ordinary", unit="province", public=intake.public),
        Key(kid=commune.kid, use="seal", purpose="ordinary", unit="03316", public=commune.public),
        Key(kid=office.kid, use="sign", purpose="act", unit="03316", public=office.public),
    )
    receipt = Receipt(secret=hashlib.sha256(b"vector receipt").digest()[:16], case_number="DB7-4K2-9X8")
    case_id = str(uuid.UUID(int=0x0193A5F0_0000_7000_8000_000000000001))
    context = SealingContext(
        recipients=keys[:2],
        keyset_version=1,
        commune="03316",
        form_id="birth-registration",
        form_version="2026112301",
        dictionary=DICTIONARY,
    )
    sealed = seal_case(
        kind="case",
        case_id=case_id,
        xml=XML.encode(),
        attachments=(Attachment("birth-paper.jpg", b"\xff\xd8 an invented photo"),),
        receipt=receipt,
        context=context,
        day="2026-11-23",
    )
    item = Item(kind="case", id=case_id, device="d", incarnation="i", seq=1, envelope=sealed.envelope)
    box = make_box(CaseNews(**NEWS), secret=receipt.secret, signer=office, epoch="e1", rev=2)
    act = Act(
        id="a1",
        case_id=case_id,
        decision="accept",
        by_unit="03316",
        at=NEWS["at"],
        receipt_hash=receipt_hash(receipt.secret),
        box=box.box,
        kid="",
    )
    parts = {
        "keyset": sign_keyset(Keyset(version=1, not_before="2026-11-01", keys=keys), root),
        "case": sealed.envelope,
        "file": sealed.blobs[0].content,
        "item": encode(sign_item(item, device)),
        "box": encode(box),
        "act": encode(sign_act(act, office)),
        "dictionary": DICTIONARY,
    }
    document = {key: base64.b64encode(content).decode() for key, content in parts.items()}
    document |= {
        "seeds": {key: seed.hex() for key, seed in SEEDS.items()},
        "receipt": {"qr": qr_text(receipt.secret), "typed": write_secret(receipt.secret)},
        "xml": XML,
        "news": NEWS,
    }
    (folder / name).write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@pytest.fixture(params=sorted(path.name for path in FOLDER.glob("*.json")))
def vector(request):
    return json.loads((FOLDER / request.param).read_text(encoding="utf-8"))


def _bytes(vector, name):
    return base64.b64decode(vector[name])


def _seed(vector, name):
    return bytes.fromhex(vector["seeds"][name])


@pytest.mark.parametrize("reader", ["intake", "commune"])
def test_cases_and_files_of_every_released_version_open(vector, reader):
    key = SealKey(_seed(vector, reader))
    opened = open_case(_bytes(vector, "case"), {key.kid: key}, lambda _: _bytes(vector, "dictionary"))
    assert opened.record.xml.decode() == vector["xml"]
    assert opened.record.files[0].sha256 == hashlib.sha256(_bytes(vector, "file")).digest()
    assert open_file(_bytes(vector, "file"), {key.kid: key}).startswith(b"\xff\xd8")


def test_signatures_and_boxes_of_every_released_version_stand(vector):
    keyset = read_keyset(_bytes(vector, "keyset"), SignKey(_seed(vector, "root")).public)
    verify_item(decode(_bytes(vector, "item"), Item), SignKey(_seed(vector, "device")).public)
    verify_act(decode(_bytes(vector, "act"), Act), keyset)
    secret = read_secret(vector["receipt"]["qr"])
    assert secret == read_secret(vector["receipt"]["typed"])
    assert open_box(decode(_bytes(vector, "box"), BoxBody), secret, keyset).news == CaseNews(**vector["news"])


def _expand(key: bytes, info: bytes, length: int) -> bytes:
    return hmac.new(key, info + b"\x01", hashlib.sha256).digest()[:length]


def _labeled(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return hmac.new(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, hashlib.sha256).digest()


def _labeled_expand(suite: bytes, secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    return _expand(secret, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, length)


def _unwrap_by_the_book(wrap: bytes, seed: bytes, info: bytes) -> bytes:
    """RFC 9180, base mode: DHKEM(X25519), HKDF-SHA256, ChaCha20-Poly1305."""
    private = X25519PrivateKey.from_private_bytes(seed)
    enc, sealed = wrap[:32], wrap[32:]
    shared = private.exchange(X25519PublicKey.from_public_bytes(enc))
    kem = b"KEM\x00\x20"
    context = enc + private.public_key().public_bytes_raw()
    secret = _labeled_expand(kem, _labeled(kem, b"", b"eae_prk", shared), b"shared_secret", context, 32)
    suite = b"HPKE\x00\x20\x00\x01\x00\x03"
    schedule = b"\x00" + _labeled(suite, b"", b"psk_id_hash", b"") + _labeled(suite, b"", b"info_hash", info)
    exporter = _labeled(suite, secret, b"secret", b"")
    key = _labeled_expand(suite, exporter, b"key", schedule, 32)
    nonce = _labeled_expand(suite, exporter, b"base_nonce", schedule, 12)
    return ChaCha20Poly1305(key).decrypt(nonce, sealed, b"")


def open_by_the_book(envelope: bytes, seed: bytes, position: int, dictionary: bytes) -> bytes:
    assert envelope[:5] == b"SPE1\x01"
    header_end = 7 + int.from_bytes(envelope[5:7], "big")
    recipients = len(msgspec.msgpack.decode(envelope[7:header_end])[2])
    wrap_at = header_end + 80 * position
    info = b"supportpoint SPE1 record key\n" + hashlib.sha256(envelope[:header_end]).digest()
    record_key = _unwrap_by_the_book(envelope[wrap_at : wrap_at + 80], seed, info)
    box_at = header_end + 80 * recipients
    box = ChaCha20Poly1305(record_key).decrypt(bytes(12), envelope[box_at:], envelope[:box_at])
    content = msgspec.msgpack.decode(box.rstrip(b"\0")[:-1])
    known = zstandard.ZstdCompressionDict(dictionary) if content[2] else None
    payload: bytes = zstandard.ZstdDecompressor(dict_data=known).decompress(content[5])
    return payload


def test_the_written_format_is_enough_to_open_an_envelope(vector):
    for position, reader in enumerate(("intake", "commune")):
        payload = open_by_the_book(
            _bytes(vector, "case"), _seed(vector, reader), position, _bytes(vector, "dictionary")
        )
        assert msgspec.msgpack.decode(payload)["xml"].decode() == vector["xml"]
        photo = open_by_the_book(_bytes(vector, "file"), _seed(vector, reader), position, b"")
        assert photo == b"\xff\xd8 an invented photo"


if __name__ == "__main__" and not (FOLDER / "v1.json").exists():
    _write(FOLDER, "v1.json")
