"""Composes Vietnamese syllables from letter, vowel and tone keys pressed in any order. Pure.

Tones stand where the traditional spelling puts them (hòa, khỏe, thúy), as most citizen cards write
them; the other habit (hoà, khoẻ, thuý) never comes out. Every result is NFC.
"""

from __future__ import annotations

import unicodedata

TONES = {"sac": "\u0301", "huyen": "\u0300", "hoi": "\u0309", "nga": "\u0303", "nang": "\u0323"}
SPECIAL_LETTERS = "ăâđêôơư"

_MARKS = frozenset(TONES.values())
_VOWELS = frozenset("aăâeêioôơuưy")
_SHAPED = frozenset("ăâêôơư")
_PLAIN = {"ă": "a", "â": "a", "đ": "d", "ê": "e", "ô": "o", "ơ": "o", "ư": "u"}


def _split_tone(letter: str) -> tuple[str, str]:
    """Return a letter without its tone, and the tone mark or ""."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in parts if mark in _MARKS), "")
    return unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts), tone


def _syllable_start(text: str) -> int:
    start = len(text)
    while start and text[start - 1].isalpha():
        start -= 1
    return start


def _vowel_span(letters: list[str]) -> tuple[int, int]:
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


def _tone_place(letters: list[str]) -> int | None:
    start, end = _vowel_span(letters)
    if start == end:
        return None
    shaped = [place for place in range(start, end) if letters[place].lower() in _SHAPED]
    if shaped:
        return shaped[-1]
    count, has_coda = end - start, end < len(letters)
    if count == 1:
        return start
    return start + 1 if count > 2 or has_coda else start


def _compose(letters: list[str], tone: str) -> str:
    place = _tone_place(letters) if tone else None
    toned = [letter + tone if index == place else letter for index, letter in enumerate(letters)]
    return unicodedata.normalize("NFC", "".join(toned))


def _parse(syllable: str) -> tuple[list[str], str]:
    pairs = [_split_tone(letter) for letter in unicodedata.normalize("NFC", syllable)]
    return [letter for letter, _ in pairs], next((tone for _, tone in pairs if tone), "")


def add_letter(text: str, letter: str) -> str:
    """Return `text` with one more letter; the tone of its syllable moves where it now belongs.

    A special letter pressed after its plain one shapes it: a then ă gives ă, d then đ gives đ.
    """
    start = _syllable_start(text)
    letters, tone = _parse(text[start:])
    plain = _PLAIN.get(letter.lower())
    if letters and plain and plain in {letters[-1].lower(), _PLAIN.get(letters[-1].lower())}:
        letters[-1] = letter.upper() if letters[-1].isupper() else letter
    else:
        letters.append(letter)
    return text[:start] + _compose(letters, tone)


def add_tone(text: str, tone: str) -> str:
    """Return `text` with a tone (sac, huyen, hoi, nga, nang) on its last syllable; twice takes it off.

    Errors: KeyError when there is no such tone.
    """
    mark = TONES[tone]
    start = _syllable_start(text)
    letters, before = _parse(text[start:])
    return text[:start] + _compose(letters, "" if before == mark else mark)


def remove_last(text: str) -> str:
    """Return `text` without its last letter; a tone that stays moves where it now belongs."""
    whole = unicodedata.normalize("NFC", text)[:-1]
    start = _syllable_start(whole)
    letters, tone = _parse(whole[start:])
    return whole[:start] + _compose(letters, tone)
