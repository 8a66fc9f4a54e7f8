"""What is wrong with a workbook, told to the clerk who wrote it: which cell, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import msgspec

from supportpoint.config import shipped_dir


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


def make_fault(sheet: str, row: int, column: str, code: str, /, **facts: object) -> Fault:
    """Return a fault with its words in both languages; `facts` fill the gaps of the sentence.

    Errors: KeyError when the code has no words.
    """
    vi, en = (read_words(language)[code].format(**facts) for language in ("vi", "en"))
    return Fault(sheet, row, column, code, vi, en)
