"""Old addresses lead to today's commune only when that is certain."""

from __future__ import annotations

import pytest

from supportpoint.config import shipped_dir
from supportpoint.kiosk.visit.places import find_new_commune, list_near, part_below_commune, read_communes

COMMUNES = read_communes(shipped_dir("assets") / "lists")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("Bản Nậm Cứm, Ngối Cáy, Mường Ảng, Điện Biên", "03316"),
        ("Bản Nậm Cứm, Xã Ngối Cáy, Huyện Mường Ảng, Tỉnh Điện Biên", "03316"),
        ("bản nậm cứm,ngối cáy,mường ảng,điện biên", "03316"),
        ("Bản Nậm Cứm, Xã Nà Tấu, Điện Biên", "03316"),
        ("Tổ 3, Him Lam, Điện Biên Phủ, Điện Biên", "03127"),
    ],
)
def test_a_certain_address_finds_its_commune(address: str, code: str):
    commune = find_new_commune(COMMUNES, address)
    assert commune is not None
    assert commune.code == code


@pytest.mark.parametrize(
    "address",
    [
        "",
        "Ngối Cáy",
        "Bản Nậm Cứm, Ngối Cáy",
        "Ngối Cáy, Điện Biên",
        "Ngối Cáy, Tuần Giáo, Điện Biên",
        "Mường Ảng, Điện Biên",
        "Bản Mới, Chiềng Sinh, Sơn La",
        "Xã Nà Tấu, Huyện Không Có",
        "Xã Nà Tấu, Tỉnh Sơn La",
    ],
)
def test_a_name_alone_or_in_another_district_proposes_nothing(address: str):
    assert find_new_commune(COMMUNES, address) is None


def test_what_stands_below_the_commune():
    assert part_below_commune(COMMUNES, "Bản Nậm Cứm, Ngối Cáy, Mường Ảng, Điện Biên") == "Bản Nậm Cứm"
    assert part_below_commune(COMMUNES, "Bản Mới, Chiềng Sinh, Sơn La") == "Bản Mới, Chiềng Sinh, Sơn La"


def test_near_communes_begin_with_ones_own():
    near = list_near(COMMUNES, "03316", 4)
    assert near[0].code == "03316"
    assert len(near) == 5
    assert len({commune.code for commune in near}) == 5
    assert len(list_near(COMMUNES, "unknown", 4)) == 5


def test_all_45_communes_with_their_former_units():
    assert len(COMMUNES) == 45
    assert all(commune.former for commune in COMMUNES)
