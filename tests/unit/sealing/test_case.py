from __future__ import annotations

import dataclasses
import hashlib

import pytest
import zstandard

from supportpoint.errors import SupportPointError
from supportpoint.protocol import BlobRef, Item, encode
from supportpoint.records import Attachment
from supportpoint.sealing.case import open_case, open_file, seal_case
from supportpoint.sealing.compression import make_dictionary_id
from supportpoint.sealing.item import sign_item
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.receipt import make_receipt, receipt_hash

CASE = "0193a5f0-0000-7000-8000-000000000001"
ITEM_BUDGET_BYTES = 1000


def no_dictionary(dictionary_id):
    raise AssertionError(dictionary_id)


def test_a_case_with_two_photos_goes_there_and_back(province, context, make_answers):
    photos = (
        Attachment("birth-paper.jpg", b"\xff\xd8" + bytes(9000)),
        Attachment("note.png", b"p", "image/png"),
    )
    receipt = make_receipt()
    sealed = seal_case(
        kind="case", case_id=CASE, xml=make_answers(1), attachments=photos, receipt=receipt, context=context,
        day="2026-11-23",
    )  # fmt: skip
    assert (sealed.id, sealed.case_number) == (CASE, receipt.case_number)
    assert sealed.receipt_hash == receipt_hash(receipt.secret)

    keys = {province.intake.kid: province.intake}
    opened = open_case(sealed.envelope, keys, no_dictionary)
    assert opened.record.xml == make_answers(1)
    assert opened.record.receipt_secret == receipt.secret
    assert opened.record.submitted_on == opened.header.day == "2026-11-23"
    for blob, photo, listed in zip(sealed.blobs, photos, opened.record.files, strict=True):
        assert blob.sha256 == listed.sha256 == hashlib.sha256(blob.content).digest()
        assert (listed.name, listed.media_type, listed.len) == (
            photo.name,
            photo.media_type,
            len(photo.content),
        )
        assert open_file(blob.content, keys) == photo.content


def test_nothing_of_the_case_is_readable_in_what_leaves(province, context, make_answers):
    receipt = make_receipt()
    photo = Attachment("birth-paper.jpg", b"marker-in-photo" * 100)
    sealed = seal_case(
        kind="case", case_id=CASE, xml=b"<data>Marker Name</data>", attachments=(photo,), receipt=receipt,
        context=context, day="2026-11-23",
    )  # fmt: skip
    everything = sealed.envelope + b"".join(blob.content for blob in sealed.blobs)
    for hidden in (
        b"Marker",
        b"marker-in-photo",
        b"birth-paper",
        receipt.secret,
        receipt.case_number.encode(),
    ):
        assert hidden not in everything


def test_a_file_is_no_case_and_a_case_with_a_dictionary_is_no_file(province, context):
    photo = Attachment("a.jpg", b"not a record")
    with_dictionary = dataclasses.replace(context, dictionary=b"<data></data>" * 9)
    sealed = seal_case(
        kind="case", case_id=CASE, xml=b"<data/>", attachments=(photo,), receipt=make_receipt(),
        context=with_dictionary, day="2026-11-23",
    )  # fmt: skip
    keys = {province.intake.kid: province.intake}
    with pytest.raises(SupportPointError, match="SP-401"):
        open_case(sealed.blobs[0].content, keys, no_dictionary)
    with pytest.raises(SupportPointError, match="SP-401"):
        open_file(sealed.envelope, keys)


def test_a_2_kb_answer_with_two_recipients_travels_in_1000_bytes(
    province, context, make_answers, record_property
):
    """The whole signed item as it lies on the wire, over 50 answers the dictionary never saw."""
    samples = [make_answers(seed) for seed in range(500)]
    dictionary = zstandard.train_dictionary(16 * 1024, samples).as_bytes()
    context = dataclasses.replace(context, dictionary=dictionary)
    device = SignKey(b"k" * 32)
    items = []
    for seed in range(1000, 1050):
        xml = make_answers(seed)
        assert 1850 <= len(xml) <= 2300, len(xml)
        sealed = seal_case(
            kind="case", case_id=CASE, xml=xml, attachments=(), receipt=make_receipt(), context=context,
            day="2026-11-23",
        )  # fmt: skip
        keys = {province.commune.kid: province.commune}
        shelf = {make_dictionary_id(dictionary): dictionary}
        assert open_case(sealed.envelope, keys, shelf.__getitem__).record.xml == xml
        item = Item(
            kind="case",
            id=CASE,
            device=CASE,
            incarnation="0123456789abcdef",
            seq=1234,
            envelope=sealed.envelope,
        )
        items.append((len(encode(sign_item(item, device))), len(sealed.envelope), len(xml)))
    largest, envelope, plain = max(items)
    record_property("item_bytes", largest)
    print(f"\nanswer {plain}, envelope {envelope}, signed item {largest} bytes")  # noqa: T201 - the measured figure
    assert largest <= ITEM_BUDGET_BYTES


def test_an_item_with_two_blobs_names_them_in_100_bytes(make_answers):
    bare = Item(kind="case", id=CASE, device=CASE, incarnation="0123456789abcdef", seq=1, envelope=b"")
    blobs = tuple(BlobRef(sha256=bytes(32), len=300_000) for _ in range(2))
    full = Item(
        kind="case", id=CASE, device=CASE, incarnation="0123456789abcdef", seq=1, envelope=b"", blobs=blobs
    )
    assert len(encode(full)) - len(encode(bare)) <= 120
