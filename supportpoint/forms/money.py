"""Prices as people say and type them, in Vietnamese đồng. Pure.

"120k", "1tr2", "120 nghìn", "1,5 triệu", "1.200.000". What can be read in two ways is not read at all.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

MAX_VND = 10**15

_THOUSAND, _MILLION, _BILLION = 10**3, 10**6, 10**9
_UNITS = {
    "k": _THOUSAND,
    "nghìn": _THOUSAND,
    "nghin": _THOUSAND,
    "ngàn": _THOUSAND,
    "ngan": _THOUSAND,
    "tr": _MILLION,
    "triệu": _MILLION,
    "trieu": _MILLION,
    "tỷ": _BILLION,
    "tỉ": _BILLION,
    "ty": _BILLION,
    "ti": _BILLION,
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_CURRENCY = re.compile(r"\s*(?:đồng|dong|vnđ|vnd|₫|đ)\Z")
_PART = re.compile(rf"(?P<number>\d+(?:[.,]\d{{1,2}})?)\s*(?P<unit>{_UNIT})(?![^\W\d_])\s*", re.ASCII)
_WHOLE = re.compile(r"\d{1,18}\Z", re.ASCII)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([., ])\d{3})(?:\1\d{3})*\Z", re.ASCII)
_HALVES = frozenset({"rưỡi", "ruoi"})
_REST = re.compile(r"\d{1,3}\Z", re.ASCII)


def parse_vnd(text: str) -> int | None:
    """Return the whole đồng that a spoken or typed price means; None when it means none, or two.

    Units:  đồng, 0 to 10^15. A unit is k, nghìn, ngàn, tr, triệu, tỷ, tỉ, with or without marks.
            Without a unit, dots, commas or blanks must stand in groups of three.
    """
    plain = _CURRENCY.sub("", unicodedata.normalize("NFC", text).strip().lower())
    amount = _without_unit(plain)
    if amount is None:
        amount = _with_units(plain)
    return amount if amount is not None and amount <= MAX_VND else None


def money_words(amount: int) -> str:
    """Return an amount of đồng as it is written: 1200000 gives "1.200.000 đồng"."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def _without_unit(text: str) -> int | None:
    if _WHOLE.match(text):
        return int(text)
    return int(re.sub(r"\D", "", text)) if _GROUPED.match(text) else None


def _with_units(text: str) -> int | None:
    """Read "1 triệu 200 nghìn", "1tr2", "2 nghìn rưỡi": units that grow smaller, then perhaps a rest."""
    total, below, at, exact = Fraction(0), 0, 0, True
    joined = False
    while part := _PART.match(text, at):
        number, unit = Fraction(part["number"].replace(",", ".")), _UNITS[part["unit"]]
        if below and (unit >= below or number * unit >= below or not exact):
            return None
        exact = number.denominator == 1 and not re.search("[.,]", part["number"])
        total, below, at = total + number * unit, unit, part.end()
        joined = part.end() == part.end("unit")
    if not below:
        return None
    rest = _rest(text[at:], below, joined=joined) if at < len(text) else Fraction(0)
    if rest is None or (rest and not exact):
        return None
    total += rest
    return int(total) if total.denominator == 1 else None


def _rest(text: str, unit: int, *, joined: bool) -> Fraction | None:
    """Return what stands after the last unit, 200,000 for "1tr2"; None when it may mean two things."""
    if text in _HALVES:
        return Fraction(unit, 2)
    if _GROUPED.match(text):
        amount = int(re.sub(r"\D", "", text))
        return Fraction(amount) if amount < unit else None
    if not _REST.match(text):
        return None
    two_ways = len(text) == 2 and (unit == _THOUSAND or not joined)  # 2k50: fifty, or five hundred?
    return None if two_ways else Fraction(int(text) * unit, 10 ** len(text))
