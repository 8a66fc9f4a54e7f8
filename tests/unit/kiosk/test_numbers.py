"""Which numbers tell who somebody is, and what others may see of them."""

from __future__ import annotations

import pytest

from supportpoint.forms.view import Question, QuestionType
from supportpoint.kiosk.visit.numbers import NumberKind, hide_typed, kind_of, mask


def question(name: str, kind: QuestionType = QuestionType.TEXT, **attributes: str) -> Question:
    return Question(
        ref=f"/data/{name}",
        name=name,
        type=kind,
        label=name,
        appearance=("numbers",),
        attributes=attributes,
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ask_id_no", NumberKind.ID),
        ("owner_id_no", NumberKind.ID),
        ("payee_no", NumberKind.ID),
        ("phone", NumberKind.PHONE),
        ("contact", NumberKind.PHONE),
        ("account_no", NumberKind.OTHER),
        ("bhxh_no", NumberKind.OTHER),
        ("gtin", NumberKind.NONE),
    ],
)
def test_the_name_of_a_question_tells_its_kind(name: str, kind: NumberKind):
    assert kind_of(question(name)) is kind


def test_a_field_of_the_card_is_known_whatever_its_name():
    assert kind_of(question("anything", scan="old_id_no")) is NumberKind.ID


def test_an_amount_is_nobodys_number():
    assert kind_of(question("price", QuestionType.INTEGER)) is NumberKind.NONE
    assert kind_of(None) is NumberKind.NONE


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("011198001234", NumberKind.ID, "•••• •••• 1234"),
        ("0912344567", NumberKind.PHONE, "••• ••• 45 67"),
        ("123456789", NumberKind.OTHER, "•••• •••• 6789"),
        ("12", NumberKind.OTHER, "12"),
        ("0912344567", NumberKind.NONE, "0912344567"),
    ],
)
def test_a_mask_leaves_the_last_four(text: str, kind: NumberKind, shown: str):
    assert mask(text, kind) == shown


def test_typed_digits_become_dots_in_their_places():
    assert hide_typed("0111 98") == "•••• ••"


@pytest.mark.parametrize("kind", NumberKind)
def test_no_number_is_not_hidden(kind: NumberKind):
    assert mask("", kind) == ""
