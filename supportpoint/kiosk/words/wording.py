"""Dates, numbers and masks as the pages write them. Pure; numbers in words are `supportpoint.numerals`."""

from __future__ import annotations

from datetime import date

from supportpoint.numerals import FIRST_DAYS, MONTHS, number_words

_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def date_words(day: date) -> str:
    """Return a date in words: "mồng hai tháng mười một năm hai nghìn không trăm hai mươi sáu"."""
    name = number_words(day.day)
    start = f"mồng {name}" if day.day <= FIRST_DAYS else f"ngày {name}"
    return f"{start} tháng {MONTHS[day.month - 1]} năm {number_words(day.year)}"


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
