"""Answers as official papers write them: dates in words, names in capitals, addresses in one line. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from supportpoint.numerals import FIRST_DAYS, MONTHS, number_words

HOME_COUNTRY = frozenset({"VN", "Việt Nam"})

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_UNIT = re.compile(r"(Xã|Phường|Đặc khu|Thị trấn|Tỉnh|Thành phố)(?= )")
_KEPT_CONTROLS = frozenset("\n\t")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


@dataclass(frozen=True, slots=True)
class PaperDate:
    """A date or a part of one. `day` and `month` are two digits or "", `text` is dd/mm/yyyy or shorter."""

    day: str
    month: str
    year: str
    text: str
    words: str


def clean_text(text: str) -> str:
    """Return text as it may stand on a paper: NFC, nothing invisible.

    Marks that turn the direction of writing or hide letters are dropped, because a paper must show what is
    stored. Lines are kept.
    """
    whole = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        letter for letter in whole if letter in _KEPT_CONTROLS or unicodedata.category(letter) not in _UNSEEN
    )


def capital_name(name: str) -> str:
    """Return a name in capitals with single spaces: "Quàng Thị Ơn" is "QUÀNG THỊ ƠN"."""
    return " ".join(clean_text(name).upper().split())


def find_date(text: str) -> PaperDate | None:
    """Return the date of `2026-11-02`, `1994-05` or `1994`; None for other text or no such day."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = match[1], match[2] or "", match[3] or ""
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return PaperDate(day, month, year, "/".join(part for part in (day, month, year) if part), _say(match))


def _say(match: re.Match[str]) -> str:
    words: list[str] = []
    if match[3]:
        number = int(match[3])
        words.append(f"ngày {'mùng ' if number <= FIRST_DAYS else ''}{number_words(number)}")
    if match[2]:
        words.append(f"tháng {MONTHS[int(match[2]) - 1]}")
    words.append(f"năm {number_words(int(match[1]))}")
    return " ".join(words)


def in_sentence(place: str) -> str:
    """Return the name of a place as it stands inside a sentence: "Xã Nà Tấu" is "xã Nà Tấu"."""
    return _UNIT.sub(lambda match: match[1][0].lower() + match[1][1:], place, count=1)


def join_address(parts: Iterable[str]) -> str:
    """Return the parts of an address, the smallest first, as one line; Việt Nam itself is not named."""
    named = [part.strip() for part in parts]
    return ", ".join(part for part in named if part and part not in HOME_COUNTRY)
