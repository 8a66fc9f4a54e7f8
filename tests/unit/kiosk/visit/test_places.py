"""Old addresses lead to today's commune only when that is certain."""

from __future__ import annotations

import pytest

from supportpoint.config import shipped_dir
from supportpoint.kiosk.visit.places import (
    bare_district,
    bare_name,
    find_new_commune,
    is_old_address,
    list_near,
    part_below_commune,
    read_communes,
)

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


def old_units() -> list[tuple[str, str, str]]:
    """Every unit of before the merger: its name, one of its commune's districts, today's code."""
    return [
        (former, district, commune.code)
        for commune in COMMUNES
        for former in commune.former
        for district in commune.district.split(" + ")
    ]


def test_no_old_unit_leads_to_a_wrong_commune():
    for former, district, code in old_units():
        written = f"Bản Mới, {former}, {district}, Tỉnh Điện Biên"
        as_on_cards = f"Bản Mới, {bare_name(former)}, {bare_district(district).title()}, Điện Biên"
        for address in (written, as_on_cards):
            found = find_new_commune(COMMUNES, address)
            assert found is None or found.code == code, address
            assert is_old_address(COMMUNES, address)
        assert find_new_commune(COMMUNES, written) is not None
        assert find_new_commune(COMMUNES, f"Bản Mới, {former}") is None


#: Today's name of one commune, and an old unit of that name that went into another.
MOVED_NAMES = [
    (commune.name, commune.code, former, other.district, other.code)
    for commune in COMMUNES
    for other in COMMUNES
    for former in other.former
    if other is not commune and bare_name(former) == bare_name(commune.name)
]


def test_the_names_that_moved_are_those_of_the_list():
    assert sorted({name for name, *_ in MOVED_NAMES}) == ["Phường Mường Thanh", "Xã Mường Chà", "Xã Sam Mứn"]


@pytest.mark.parametrize(("name", "new", "former", "district", "old"), MOVED_NAMES)
def test_a_name_that_moved_is_read_with_its_district(
    name: str, new: str, former: str, district: str, old: str
):
    found = find_new_commune(COMMUNES, f"Bản Mới, {former}, {district}, Tỉnh Điện Biên")
    assert found is not None
    assert found.code == old
    today = find_new_commune(COMMUNES, f"Bản Mới, {name}, Tỉnh Điện Biên")
    assert today is not None
    assert today.code == new
    assert find_new_commune(COMMUNES, f"Bản Mới, {bare_name(name)}") is None


def test_a_district_and_a_province_of_one_name_are_not_told_apart_by_guessing():
    assert find_new_commune(COMMUNES, "Bản Mới, Xã Sam Mứn, Điện Biên") is None
    assert find_new_commune(COMMUNES, "Sam Mứn") is None


@pytest.mark.parametrize(
    ("address", "is_old"),
    [
        ("Bản Nậm Cứm, Xã Ngối Cáy, Huyện Mường Ảng, Tỉnh Điện Biên", True),
        ("Bản Nậm Cứm, Ngối Cáy, Mường Ảng, Điện Biên", True),
        ("Tổ 3, Him Lam, TP. Điện Biên Phủ, Điện Biên", True),
        ("Bản Nậm Cứm, Xã Nà Tấu, Tỉnh Điện Biên", False),
        ("Bản Nậm Cứm", False),
        ("", False),
    ],
)
def test_an_address_of_before_the_merger_is_known_by_its_district(address: str, *, is_old: bool):
    assert is_old_address(COMMUNES, address) is is_old
