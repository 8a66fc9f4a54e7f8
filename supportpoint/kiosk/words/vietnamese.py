"""Composes Vietnamese syllables from letter, vowel and tone keys pressed in any order. Pure.

Tones stand where the traditional spelling puts them (hòa, khỏe, thúy), as most citizen cards write
them; the other habit (hoà, khoẻ, thuý) is a setting. Every result is NFC.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum

TONES = {"sac": "\u0301", "huyen": "\u0300", "hoi": "\u0309", "nga": "\u0303", "nang": "\u0323"}
SPECIAL_LETTERS = "ăâđêôơư"


class Style(StrEnum):
    """Where the tone of an open oa, oe, uy stands."""

    OLD = "old"  # hòa
    NEW = "new"  # hoà


_MARKS = frozenset(TONES.values())
_VOWELS = frozenset("aăâeêioôơuưy")
_MOVING = frozenset(("oa", "oe", "uy"))
_SHAPED = frozenset("ăâêôơư")
_PLAIN = {"ă": "a", "â": "a", "đ": "d", "ê": "e", "ô": "o", "ơ": "o", "ư": "u"}


def split_tone(letter: str) -> tuple[str, str]:
    """Return a letter without its tone, and the tone mark or ""."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in parts if mark in _MARKS), "")
    return unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts), tone


def syllable_start(text: str) -> int:
    """Return where the last run of letters begins; the length of the text when it ends with no letter."""
    start = len(text)
    while start and text[start - 1].isalpha():
        start -= 1
    return start


def vowel_span(letters: list[str]) -> tuple[int, int]:
    """Return where the vowels stand that can carry the tone; equal numbers when there are none."""
    low = [letter.lower() for letter in letters]
    start = next((place for place, letter in enumerate(low) if letter in _VOWELS), len(low))
    follows = start + 1 < len(low) and low[start + 1] in _VOWELS
    if follows and start and low[start - 1 : start + 1] in (["g", "i"], ["q", "u"]):
        start += 1
    end = start
    while end < len(low) and low[end] in _VOWELS:
        end += 1
    return start, end


def _tone_place(letters: list[str], style: Style) -> int | None:
    start, end = vowel_span(letters)
    if start == end:
        return None
    shaped = [place for place in range(start, end) if letters[place].lower() in _SHAPED]
    if shaped:
        return shaped[-1]
    count, has_coda = end - start, end < len(letters)
    if count == 1:
        return start
    if count > 2 or has_coda:
        return start + 1
    pair = "".join(letters[start:end]).lower()
    return start + 1 if style is Style.NEW and pair in _MOVING else start


def compose(letters: list[str], tone: str, style: Style = Style.OLD) -> str:
    """Return letters and a tone mark (or "") as one syllable."""
    place = _tone_place(letters, style) if tone else None
    toned = [letter + tone if index == place else letter for index, letter in enumerate(letters)]
    return unicodedata.normalize("NFC", "".join(toned))


def parse(syllable: str) -> tuple[list[str], str]:
    """Return the letters of a syllable without its tone, and the tone mark or ""."""
    pairs = [split_tone(letter) for letter in unicodedata.normalize("NFC", syllable)]
    return [letter for letter, _ in pairs], next((tone for _, tone in pairs if tone), "")


def add_letter(text: str, letter: str, style: Style = Style.OLD) -> str:
    """Return `text` with one more letter; the tone of its syllable moves where it now belongs.

    A special letter pressed after its plain one shapes it: a then ă gives ă, d then đ gives đ.
    """
    start = syllable_start(text)
    letters, tone = parse(text[start:])
    plain = _PLAIN.get(letter.lower())
    if letters and plain and plain in {letters[-1].lower(), _PLAIN.get(letters[-1].lower())}:
        letters[-1] = letter.upper() if letters[-1].isupper() else letter
    else:
        letters.append(letter)
    return text[:start] + compose(letters, tone, style)


def add_tone(text: str, tone: str, style: Style = Style.OLD) -> str:
    """Return `text` with a tone (sac, huyen, hoi, nga, nang) on its last syllable; twice takes it off.

    Errors: KeyError when there is no such tone.
    """
    mark = TONES[tone]
    start = syllable_start(text)
    letters, before = parse(text[start:])
    return text[:start] + compose(letters, "" if before == mark else mark, style)


def remove_last(text: str, style: Style = Style.OLD) -> str:
    """Return `text` without its last letter; a tone that stays moves where it now belongs."""
    whole = unicodedata.normalize("NFC", text)[:-1]
    start = syllable_start(whole)
    letters, tone = parse(whole[start:])
    return whole[:start] + compose(letters, tone, style)
