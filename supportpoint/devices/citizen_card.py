"""Reads the text in the QR of a Vietnamese citizen card. The text is unsigned: a claim, never proof.

Cards of 2021 to 6/2024 carry seven fields split by "|"; later ones append more (an old number, names of
relatives), often empty. Every field is judged by its type, so that an unknown tail does no harm.
Source: docs/glossary.md; layout from the national card's published description.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from supportpoint.errors import SupportPointError

#: From this day cards are issued under the Law on Identity 26/2023/QH15.
IDENTITY_CARD_FROM = date(2024, 7, 1)
MAX_LENGTH = 1000
MIN_FIELDS = 6
MAX_FIELDS = 20
_NAME = re.compile(r"^[^\W\d_]+(?:[ '\-][^\W\d_]+)*$")
_SEX = {"nam": "male", "nữ": "female"}
_OLDEST = 130


@dataclass(frozen=True)
class CitizenCard:
    """What a card says. Its text form shows nothing personal, so that no log can.

    `sex` is "male" or "female"; `old_id_no` and `issue_date` may be "" and None.
    """

    id_no: str = field(repr=False)
    full_name: str = field(repr=False)
    birth_date: date = field(repr=False)
    sex: str = field(repr=False)
    residence: str = field(repr=False)
    issue_date: date | None = field(repr=False)
    old_id_no: str = field(repr=False, default="")

    @property
    def kind(self) -> str:
        """Return "identity_card" or, before its law, "citizen_card"; "" without a day of issue."""
        if self.issue_date is None:
            return ""
        return "identity_card" if self.issue_date >= IDENTITY_CARD_FROM else "citizen_card"

    @property
    def masked_no(self) -> str:
        """The number with all but its last four digits hidden."""
        return f"•••• •••• {self.id_no[-4:]}"


def read_card(text: str, today: date) -> CitizenCard:
    """Return what a citizen card's QR says.

    Shape:  12 digits | old number or "" | name | ddmmyyyy | Nam/Nữ | residence | ddmmyyyy | anything more.
    Errors: SP-701 with the name of the field that does not fit; never with its content.
    """
    if len(text) > MAX_LENGTH:
        raise SupportPointError("SP-701", field="length")
    fields = [part.strip() for part in text.strip().split("|")]
    if not MIN_FIELDS <= len(fields) <= MAX_FIELDS:
        raise SupportPointError("SP-701", field="count")
    number, old, name, birth, sex, residence, issued = (*fields, "")[:7]
    if not re.fullmatch(r"\d{12}", number, re.ASCII):
        raise SupportPointError("SP-701", field="number")
    if not re.fullmatch(r"(\d{9}|\d{12})?", old, re.ASCII):
        raise SupportPointError("SP-701", field="old number")
    if not _NAME.match(" ".join(name.split())):
        raise SupportPointError("SP-701", field="name")
    if sex.lower() not in _SEX:
        raise SupportPointError("SP-701", field="sex")
    birth_date = _read_date(birth, today)
    if birth_date is None:
        raise SupportPointError("SP-701", field="birth date")
    return CitizenCard(
        id_no=number,
        full_name=" ".join(name.split()),
        birth_date=birth_date,
        sex=_SEX[sex.lower()],
        residence=" ".join(residence.split()),
        issue_date=_read_date(issued, today),
        old_id_no=old,
    )


def _read_date(text: str, today: date) -> date | None:
    if not re.fullmatch(r"\d{8}", text, re.ASCII):
        return None
    try:
        day = date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None
    return day if today - timedelta(days=_OLDEST * 366) < day <= today else None
