"""What is wrong with a workbook, told to the clerk who wrote it: which cell, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from supportpoint.config import shipped_dir

LANGUAGES = ("vi", "en")
MAX_FACT_CHARS = 200


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault. `row` is the row number the spreadsheet shows, 0 when it belongs to no row."""

    sheet: str
    row: int
    column: str
    code: str
    message_vi: str
    message_en: str


@lru_cache(maxsize=4)
def read_words(language: str) -> dict[str, str]:
    """Return the sentences for fault codes.

    Source: translations/form_faults.<language>.json
    """
    path = shipped_dir("translations") / f"form_faults.{language}.json"
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str])


class Hint(tuple[str, str]):
    """Words that end a sentence, in Vietnamese and English; both may be empty."""

    __slots__ = ()


def make_hint(near: Sequence[str]) -> Hint:
    """Return "did you mean …?" for the best of the known names near a wrong one."""
    if not near:
        return Hint(("", ""))
    return Hint(read_words(language)["hint"].format(known=near[0]) for language in LANGUAGES)


def make_fault(sheet: str, row: int, column: str, code: str, /, **facts: object) -> Fault:
    """Return a fault with its words in both languages; `facts` fill the gaps of the sentence.

    Errors: KeyError when the code has no words.
    """
    vi, en = (
        read_words(language)[code].format(
            **{name: fact[place] if isinstance(fact, Hint) else _short(fact) for name, fact in facts.items()}
        )
        for place, language in enumerate(LANGUAGES)
    )
    return Fault(sheet, row, column, code, vi, en)


def _short(fact: object) -> object:
    """Return a fact as one line that a screen can show: a cell may hold thousands of letters."""
    if not isinstance(fact, str):
        return fact
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in fact).split())
    return text if len(text) <= MAX_FACT_CHARS else f"{text[:MAX_FACT_CHARS]}…"
