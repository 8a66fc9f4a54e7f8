"""Find a form, an article or a case number by a few letters, with or without Vietnamese marks.

What may be searched at a kiosk is what hangs on its wall: titles and words of forms and articles, and
the numbers of cases, which open nothing. Answers are in no index. Source: docs/decisions/0013-store-repair.md
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from supportpoint.store.driver import Row
from supportpoint.store.opening import Opened
from supportpoint.store.outbox import list_by_numbers
from supportpoint.store.values import OutboxRow

LIMIT = 50
LEAST_LETTERS = 2
_STROKES = str.maketrans("đĐÐ", "dDD")  # strokes are letters of their own to Unicode, not marks
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something the kiosk may find: `kind` is form or article, `ref` its id, `title` as it is shown.

    `body` are the words it is also found by; they are not kept.
    """

    kind: str
    ref: str
    title: str
    body: str = ""


def fold(text: str) -> str:
    """Return text without marks and strokes, in small letters: "Đất đai" gives "dat dai"."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).translate(_STROKES))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def replace_entries(opened: Opened, entries: Iterable[Entry]) -> None:
    """Make these the things that are found, in place of what was there. Errors: SP-201; SP-202."""
    with opened.db.immediate():
        opened.db.execute("DELETE FROM entry_text")
        opened.db.execute("DELETE FROM entry")
        for number, one in enumerate(entries, start=1):
            opened.db.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", (number, one.kind, one.ref, one.title))
            opened.db.execute(
                "INSERT INTO entry_text (rowid, title, body) VALUES (?, ?, ?)",
                (number, fold(one.title), fold(one.body)),
            )


def list_refs(opened: Opened) -> list[tuple[str, str]]:
    """Return (kind, ref) of what is found, in its order."""
    return opened.db.tuples("SELECT kind, ref FROM entry ORDER BY number")


def find_entries(opened: Opened, text: str, limit: int) -> tuple[Entry, ...]:
    """Return what holds every word of `text`, the last one perhaps unfinished; titles first."""
    words = _WORD.findall(fold(text))
    if not words or len("".join(words)) < LEAST_LETTERS:
        return ()
    query = " ".join(f'"{word}"' for word in words[:-1]) + f' "{words[-1]}"*'
    rows: list[Row] = opened.db.rows(
        "SELECT e.kind, e.ref, e.title FROM entry_text t JOIN entry e ON e.number = t.rowid"
        " WHERE entry_text MATCH ? ORDER BY bm25(entry_text, 10.0, 1.0), e.number LIMIT ?",
        (query, limit),
    )
    return tuple(Entry(**row) for row in rows)


def find_items(opened: Opened, text: str, limit: int) -> tuple[OutboxRow, ...]:
    """Return the outbox items whose case number holds `text`, newest first; hyphens do not count."""
    wanted = "".join(_WORD.findall(fold(text))).upper()
    if len(wanted) < LEAST_LETTERS:
        return ()
    found = opened.db.tuples(
        "SELECT number FROM item INDEXED BY item_by_state"
        " WHERE instr(replace(case_number, '-', ''), ?) ORDER BY number DESC LIMIT ?",
        (wanted, limit),
    )
    return list_by_numbers(opened, [number for (number,) in found])
