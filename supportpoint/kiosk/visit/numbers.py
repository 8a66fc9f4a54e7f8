"""Which answers are numbers of a person, and what others may see of them. Pure."""

from __future__ import annotations

from enum import StrEnum

from supportpoint.forms.view import Question, QuestionType
from supportpoint.kiosk.words.wording import mask_number, mask_phone

NUMBERS = "numbers"
#: From so many digits on a number tells who somebody is: a phone, a card, an account.
TELLING_DIGITS = 8
_ID_FIELDS = frozenset({"id_no", "old_id_no"})
_ID_WORDS = frozenset({"id", "payee"})
_PHONE_WORDS = frozenset({"phone", "contact"})
#: Printed on goods for everybody to read.
_PUBLIC_WORDS = frozenset({"gtin"})


class NumberKind(StrEnum):
    """What a written number is. ID: of a person; it is hidden even while it is typed."""

    ID = "id"
    PHONE = "phone"
    OTHER = "other"
    NONE = ""


def kind_of(question: Question | None) -> NumberKind:
    """Return what number a question asks for, NONE for amounts and for anything that is no number."""
    words = set(question.name.split("_")) if question is not None else set()
    if question is None or words & _PUBLIC_WORDS:
        return NumberKind.NONE
    if question.attributes.get("scan") in _ID_FIELDS:
        return NumberKind.ID
    if question.type is not QuestionType.TEXT or NUMBERS not in question.appearance:
        return NumberKind.PHONE if "phone" in words else NumberKind.NONE
    if words & _PHONE_WORDS:
        return NumberKind.PHONE
    return NumberKind.ID if words & _ID_WORDS else NumberKind.OTHER


def mask(text: str, kind: NumberKind) -> str:
    """Return a number as others may see it: its last four digits; a short one is shown whole."""
    if not text:
        return ""
    if kind is NumberKind.PHONE:
        return mask_phone(text)
    digits = sum(char.isdigit() for char in text)
    if kind is NumberKind.ID or (kind is NumberKind.OTHER and digits >= TELLING_DIGITS):
        return mask_number(text)
    return text


def hide_typed(text: str) -> str:
    """Return digits as dots, with everything between them in its place."""
    return "".join("•" if char.isdigit() else char for char in text)
