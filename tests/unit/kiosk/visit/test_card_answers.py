"""What a citizen card answers, and where it stays silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from supportpoint.config import shipped_dir
from supportpoint.devices.citizen_card import read_card
from supportpoint.forms.view import Choice, Question, QuestionType
from supportpoint.kiosk.visit.card_answers import card_answer
from supportpoint.kiosk.visit.places import read_communes

COMMUNES = read_communes(shipped_dir("assets") / "lists")
CARD = read_card(
    "011198004512|040123456|Quàng Thị Ơn|12031998|Nữ|Nậm Cứm, Ngối Cáy, Mường Ảng, Điện Biên|20082022",
    date(2026, 11, 23),
)
SEX = (Choice("male", "Con trai"), Choice("female", "Con gái"))
KIND = (
    Choice("passport", "Hộ chiếu"),
    Choice("can_cuoc", "Thẻ căn cước"),
    Choice("cccd", "Căn cước công dân"),
)


def question(scan: str, choices: tuple[Choice, ...] = ()) -> Question:
    kind = QuestionType.SELECT_ONE if choices else QuestionType.TEXT
    return Question(ref="/d/q", name="q", type=kind, label="", choices=choices, attributes={"scan": scan})


@pytest.mark.parametrize(
    ("scan", "choices", "answer"),
    [
        ("id_no", (), "011198004512"),
        ("old_id_no", (), "040123456"),
        ("full_name", (), "Quàng Thị Ơn"),
        ("birth_date", (), "1998-03-12"),
        ("issue_date", (), "2022-08-20"),
        ("sex", SEX, "female"),
        ("sex", (Choice("m", "Nam"), Choice("f", "Nữ")), "f"),
        ("sex", (Choice("a", "Một"), Choice("b", "Hai")), ""),
        ("id_kind", KIND, "cccd"),
        ("residence", (), "Nậm Cứm"),
        ("residence", (Choice("03316", "Xã Nà Tấu"),), "03316"),
        ("residence", (Choice("03127", "Phường Điện Biên Phủ"),), ""),
        ("", (), ""),
        ("something", (), ""),
    ],
)
def test_each_field(scan: str, choices: tuple[Choice, ...], answer: str):
    assert card_answer(question(scan, choices), CARD, COMMUNES) == answer


@pytest.mark.parametrize(
    ("issued", "kind"), [(date(2024, 6, 30), "cccd"), (date(2024, 7, 1), "can_cuoc"), (None, "")]
)
def test_the_day_of_issue_tells_the_kind_of_card(issued: date | None, kind: str):
    assert card_answer(question("id_kind", KIND), replace(CARD, issue_date=issued), COMMUNES) == kind


@pytest.mark.parametrize(("home", "where"), [(CARD.residence, "dien_bien"), ("Bản A, xã B, tỉnh C", "")])
def test_a_home_in_a_known_commune_is_in_the_province(home: str, where: str):
    asked = question(
        "residence_where", (Choice("dien_bien", "Tỉnh Điện Biên"), Choice("abroad", "Nước ngoài"))
    )
    assert card_answer(asked, replace(CARD, residence=home), COMMUNES) == where
