"""The pages of the review: which rows stand together, and which need not be looked at. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from supportpoint.forms.view import OutlineRow, Question, QuestionType
from supportpoint.kiosk.visit.visit import OpenForm
from supportpoint.kiosk.visit.walk import is_left_out, list_steps

WITHOUT_ANSWER = frozenset({QuestionType.NOTE})
#: Reviews that begin with what the person answered here; what a card said or nobody asked comes behind.
SHORT_REVIEWS = frozenset({"short", "listing"})


@dataclass(frozen=True)
class ReviewPart:
    """One page of the review: rows of one section, or of several under no title.

    `is_main` says that it must be looked at; the others are for who wants them. `to_mend` holds rows that
    something is wrong with; they stand in their section as well, before what is right there.
    """

    title: str
    rows: tuple[OutlineRow, ...]
    is_main: bool = True
    to_mend: bool = False


def list_parts(form: OpenForm, rows_per_page: int) -> list[ReviewPart]:
    """Return the pages of the review, what must be mended first.

    What is no answer is not there: notes, scans, consents.
    """
    steps = [step for step in list_steps(form.session) if step.screen != "scan"]
    shown = {step.ref: step.question for step in steps if step.question is not None}
    sections = [
        (section.title, _wrong_first(row for row in section.rows if _is_answer(row, shown)))
        for section in form.session.outline()
    ]
    rows = _wrong_first(row for _, found in sections for row in found)
    wrong = [row for row in rows if row.problem is not None]
    first = [replace(part, to_mend=True) for part in _pages("", wrong, rows_per_page)]
    if form.review not in SHORT_REVIEWS:
        return first + [part for title, found in sections for part in _pages(title, found, rows_per_page)]
    main = [row for row in rows if _was_asked(form, row, shown[row.ref])]
    rest = [row for row in rows if row not in main]
    return first + _pages("", main, rows_per_page) + _pages("", rest, rows_per_page, is_main=False)


def _is_answer(row: OutlineRow, shown: Mapping[str, Question]) -> bool:
    return row.ref in shown and row.type not in WITHOUT_ANSWER


def _wrong_first(rows: Iterable[OutlineRow]) -> list[OutlineRow]:
    return sorted(rows, key=lambda row: row.problem is None)


def _was_asked(form: OpenForm, row: OutlineRow, question: Question) -> bool:
    """Return whether the person gave this answer on a screen of its own, or something is wrong with it."""
    if row.problem is not None:
        return True
    if not row.answered or row.type is QuestionType.ACKNOWLEDGE or row.ref in form.prefilled:
        return False
    return row.ref in form.shown or not is_left_out(question)


def _pages(
    title: str, rows: list[OutlineRow], rows_per_page: int, *, is_main: bool = True
) -> list[ReviewPart]:
    pages = -(-len(rows) // rows_per_page)
    even = -(-len(rows) // pages) if pages else 1  # rather 4, 4, 3 than 5, 5, 1
    starts = range(0, len(rows), even)
    return [ReviewPart(title, tuple(rows[start : start + even]), is_main) for start in starts]
