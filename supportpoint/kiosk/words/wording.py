"""Numbers and dates in Vietnamese words, and dates as the pages write them. Pure.

Rules: mốt, tư, lăm, mười/mươi, linh, nghìn; mồng for the first ten days. Source: docs/glossary.md
"""

from __future__ import annotations

from datetime import date

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ")
_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_FIRST_DAYS = 10


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


def date_words(day: date) -> str:
    """Return a date in words: "mồng hai tháng mười một năm hai nghìn không trăm hai mươi sáu"."""
    name = number_words(day.day)
    start = f"mồng {name}" if day.day <= _FIRST_DAYS else f"ngày {name}"
    return f"{start} tháng {_MONTHS[day.month - 1]} năm {number_words(day.year)}"


def weekday_name(day: date, language: str = "vi") -> str:
    """Return the name of the weekday, Vietnamese where the language has none."""
    return _WEEKDAYS.get(language, _WEEKDAYS["vi"])[day.weekday()]


def short_date(day: date) -> str:
    """Return dd/mm/yyyy."""
    return f"{day:%d/%m/%Y}"


def long_date(day: date, language: str = "vi") -> str:
    """Return the weekday and the date: "thứ Hai 02/11/2026"."""
    return f"{weekday_name(day, language)} {short_date(day)}"


def partial_date_text(value: str) -> str:
    """Return "1994", "05/1994" or "12/05/1994" for the stored forms "1994", "1994-05", "1994-05-12"."""
    return "/".join(reversed(value.split("-"))) if value else ""


def group_digits(text: str, size: int = 3, mark: str = ".") -> str:
    """Return digits in groups counted from the right: 50000 is "50.000"."""
    groups: list[str] = []
    while text:
        groups.append(text[-size:])
        text = text[:-size]
    return mark.join(reversed(groups))


def mask_number(number: str) -> str:
    """Return a personal number with all but its last four digits hidden."""
    return f"•••• •••• {number[-4:]}" if len(number) > 4 else "••••"


def mask_phone(number: str) -> str:
    """Return a telephone number with all but its last four digits hidden."""
    return f"••• ••• {number[-4:-2]} {number[-2:]}" if len(number) > 6 else "••••"


def mask_name(name: str) -> str:
    """Return the family and middle names as initials, the given name whole: "L. T. M. An"."""
    words = name.split()
    return " ".join([f"{word[0]}." for word in words[:-1]] + words[-1:])
