"""Numbers and dates in Vietnamese words, as they are read aloud and written on papers. Pure.

Rules: mốt, tư, lăm, mười/mươi, linh, nghìn; mồng or mùng for the first ten days. Source: docs/glossary.md
"""

from __future__ import annotations

MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
FIRST_DAYS = 10

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ")


def _unit_word(unit: int, tens: int) -> str:
    if unit == 1 and tens > 1:
        return "mốt"
    if unit == 4 and tens > 1:
        return "tư"
    return "lăm" if unit == 5 and tens > 0 else _DIGITS[unit]


def _below_thousand(number: int, *, full: bool) -> str:
    hundreds, rest = divmod(number, 100)
    tens, unit = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0 and unit and words:
        words.append("linh")
    elif tens == 1:
        words.append("mười")
    elif tens > 1:
        words += [_DIGITS[tens], "mươi"]
    if unit:
        words.append(_unit_word(unit, tens))
    return " ".join(words)


def number_words(number: int) -> str:
    """Return a number from 0 to 999 999 999 999 in words: 1250 is "một nghìn hai trăm năm mươi".

    Errors: ValueError outside that range.
    """
    if not 0 <= number < 10**12:
        raise ValueError(number)
    if number == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    words: list[str] = []
    for scale in range(len(groups) - 1, -1, -1):
        if groups[scale]:
            words.append(_below_thousand(groups[scale], full=scale < len(groups) - 1))
            words.append(_SCALES[scale])
    return " ".join(word for word in words if word)
