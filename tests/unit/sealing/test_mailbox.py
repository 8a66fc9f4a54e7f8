from __future__ import annotations

import msgspec
import pytest

from supportpoint.errors import SupportPointError
from supportpoint.protocol import Act, BoxBody, CaseNews, MissingThing
from supportpoint.sealing.act import sign_act, verify_act
from supportpoint.sealing.keys import SignKey
from supportpoint.sealing.keyset import Key
from supportpoint.sealing.mailbox import make_box, open_box, verify_box
from supportpoint.sealing.receipt import receipt_hash

SECRET = b"0123456789abcdef"
NEWS = CaseNews(
    case_number="DB7-4K2-9X8",
    state="need",
    at="2026-11-24T02:00:00Z",
    unit="Xã Mường Phăng",
    reason="Ảnh giấy chứng sinh bị mờ",
    missing=(MissingThing(kind="photo", label="Giấy chứng sinh", ref="/data/papers/birth_paper"),),
    due_on="2026-12-01",
)


@pytest.fixture
def box(province):
    return make_box(NEWS, secret=SECRET, signer=province.office, epoch="e1", rev=7)


def test_the_receipt_opens_its_box(province, box):
    opened = open_box(box, SECRET, province.keyset)
    assert (opened.news, opened.epoch, opened.rev) == (NEWS, "e1", 7)


def test_a_relay_checks_and_reads_nothing(province, box):
    clear = verify_box(box, province.keyset)
    assert (clear.receipt_hash, clear.epoch, clear.rev, clear.unit) == (
        receipt_hash(SECRET),
        "e1",
        7,
        "03316",
    )
    for hidden in (b"DB7", b"need", "mờ".encode(), SECRET):
        assert hidden not in box.box


def test_another_receipt_opens_nothing(province, box):
    with pytest.raises(SupportPointError, match="SP-402"):
        open_box(box, b"fedcba9876543210", province.keyset)


def test_a_box_moved_to_another_receipt_is_refused(province, box):
    moved = BoxBody(receipt_hash=receipt_hash(b"fedcba9876543210"), box=box.box)
    with pytest.raises(SupportPointError, match="SP-405"):
        verify_box(moved, province.keyset)


def test_every_flipped_bit_is_refused_by_the_relay(province, box):
    for bit in range(len(box.box) * 8):
        altered = bytearray(box.box)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SupportPointError, match=r"SP-40[156]"):
            verify_box(BoxBody(receipt_hash=box.receipt_hash, box=bytes(altered)), province.keyset)


@pytest.mark.parametrize("seed", [b"z", b"p", b"u"], ids=["revoked", "publisher", "unknown"])
def test_only_an_agency_may_sign_a_box(province, seed):
    box = make_box(NEWS, secret=SECRET, signer=SignKey(seed * 32), epoch="e1", rev=8)
    with pytest.raises(SupportPointError, match="SP-406"):
        open_box(box, SECRET, province.keyset)


def test_an_agency_without_the_secret_cannot_make_readable_news(province):
    forged = make_box(NEWS, secret=b"fedcba9876543210", signer=province.office, epoch="e1", rev=9)
    moved = BoxBody(receipt_hash=receipt_hash(SECRET), box=forged.box)
    with pytest.raises(SupportPointError, match="SP-405"):
        open_box(moved, SECRET, province.keyset)


def test_short_and_longer_news_look_alike(province):
    short = CaseNews(case_number="DB7-4K2-9X8", state="working", at="2026-11-24T02:00:00Z", unit="x")
    lengths = {
        len(make_box(news, secret=SECRET, signer=province.office, epoch="e", rev=1).box)
        for news in (short, NEWS)
    }
    assert len(lengths) == 1


ACT = Act(
    id="a1",
    case_id="c1",
    decision="need",
    by_unit="03316",
    at="2026-11-24T02:00:00Z",
    receipt_hash=receipt_hash(SECRET),
    box=b"box",
    kid="",
)


def test_an_act_is_signed_by_its_own_unit(province):
    act = sign_act(ACT, province.office)
    assert verify_act(act, province.keyset).unit == "03316"
    for field, value in {"decision": "accept", "case_id": "c2", "box": b"boy", "by_unit": "03203"}.items():
        with pytest.raises(SupportPointError, match="SP-405"):
            verify_act(msgspec.structs.replace(act, **{field: value}), province.keyset)


def test_an_act_for_a_foreign_unit_is_refused(province):
    act = sign_act(msgspec.structs.replace(ACT, by_unit="03203"), province.office)
    for wrong in (
        act,
        msgspec.structs.replace(act, kid="no hex"),
        msgspec.structs.replace(act, kid="00" * 8),
    ):
        with pytest.raises(SupportPointError, match="SP-406"):
            verify_act(wrong, province.keyset)


@pytest.mark.parametrize(
    ("unit", "is_agency"), [("legal-aid-centre", True), ("03316", False), ("province", False)]
)
def test_a_box_tells_whether_an_agency_of_its_own_signed_it(province, unit, is_agency):
    signer = SignKey(b"a" * 32)
    key = Key(kid=signer.kid, use="sign", purpose="act", unit=unit, public=signer.public)
    keyset = msgspec.structs.replace(province.keyset, keys=(*province.keyset.keys, key))
    sealed = make_box(NEWS, secret=SECRET, signer=signer, epoch="e1", rev=1)
    assert open_box(sealed, SECRET, keyset).is_from_agency is is_agency
