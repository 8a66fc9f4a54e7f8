"""Numbers, amounts and dates inside shown words, as units to play or as Vietnamese words. Pure."""

from __future__ import annotations

import re

from supportpoint.kiosk.words.spoken import (
    VIETNAMESE,
    VIETNAMESE_TEXTS,
    SpeechRules,
    speak_date,
    speak_money,
    speak_number,
)

_FIGURE = re.compile(
    r"(?:(?:ngày|mồng|tháng)\s+)?\b(?P<date>(?:\d{1,2}/){1,2}\d{4})\b"
    r"|\b(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,5})(?P<money>\s+đồng)?\b",
    re.IGNORECASE,
)
#: «năm» is five and year: they sound the same, and five comes first.
_UNITS_BY_WORDS = {VIETNAMESE_TEXTS[unit]: unit for unit in reversed(list(VIETNAMESE_TEXTS))}
_LONGEST_UNIT = max(len(words.split()) for words in _UNITS_BY_WORDS)


def figure_units(rules: SpeechRules, text: str) -> list[str]:
    """Return the units of a text that is one number, amount or date and nothing else, [] for any other."""
    match = _FIGURE.fullmatch(text.strip())
    return _units(rules, match) if match else []


def word_units(text: str) -> list[str]:
    """Return the units of Vietnamese words that are all numbers or dates, [] for any other text."""
    words, units = text.lower().split(), list[str]()
    while words:
        for count in range(min(_LONGEST_UNIT, len(words)), 0, -1):
            unit = _UNITS_BY_WORDS.get(" ".join(words[:count]))
            if unit is not None:
                units.append(unit)
                del words[:count]
                break
        else:
            return []
    return units


def say_figures(text: str) -> str:
    """Return a Vietnamese text with its numbers and dates in words, as a machine should read them."""
    return _FIGURE.sub(_in_words, text)


def _in_words(match: re.Match[str]) -> str:
    units = _units(VIETNAMESE, match)
    return " ".join(VIETNAMESE_TEXTS[unit] for unit in units) if units else match[0]


def _units(rules: SpeechRules, match: re.Match[str]) -> list[str]:
    try:
        if match["date"]:
            return speak_date(rules, "-".join(reversed(match["date"].split("/"))))
        speak = speak_money if match["money"] else speak_number
        return speak(rules, int(match["number"].replace(".", "")))
    except (ValueError, IndexError):
        return []
