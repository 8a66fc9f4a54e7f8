"""Invented people walk through a form. Seeded, and never fed with a real answer."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from supportpoint.clock import VIETNAM, FixedClock, local_day
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.forms.publish.samples import find_pattern, make_sample
from supportpoint.forms.view import PageKind, Question, QuestionType, Value

START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
MAX_STEPS = 400
MAX_REPEATS = 2
LATE = time(23, 45)
_FAMILY = ("Lò", "Quàng", "Cà", "Tòng", "Lường", "Vàng", "Giàng", "Sùng", "Mùa", "Thào", "Vì", "Bạc", "Cầm")
_MIDDLE = ("Văn", "Thị", "A", "Thị", "Văn", "Mai", "Minh", "Thị", "Thanh", "Văn")
_GIVEN = ("An", "Bun", "Chính", "Dung", "Hà", "Hoa", "Khăm", "Lan", "Mai", "Mỷ", "Nga", "Pó", "Sáu", "Xuân")
_PLACES = ("Nậm Cứm", "Huổi Lóng", "Pú Tửu", "Nà Luống", "Co Mỵ", "Bản Mới", "Tà Cáng", "Che Căn")


def walk_form(definition: FormDefinition, *, seed: int, walks: int) -> Iterator[bytes]:
    """Yield the submission of each walk; the same seed gives the same submissions.

    Shape:  `walks` XML documents, relevant answers only, in the order of the seed.
    """
    for number in range(walks):
        rng = random.Random(f"{seed}:{number}")  # noqa: S311 - must repeat itself, guards nothing
        clock = FixedClock(START + timedelta(minutes=rng.randrange(500_000)))
        instance_id = f"uuid:{UUID(int=rng.getrandbits(128), version=4)}"
        session = FormSession(definition, clock=clock, instance_id=instance_id)
        _walk(session, rng, local_day(clock.now()))
        yield session.to_xml()


def _walk(session: FormSession, rng: random.Random, today: date) -> None:
    for index in range(MAX_STEPS):
        if index >= session.page_count():
            return
        page = session.page(index)
        if page.kind is PageKind.REPEAT and page.can_add and page.repeat_count < MAX_REPEATS:
            session.add_repeat(page.ref)
        for question in page.questions:
            _answer(session, question, rng, today)


def _answer(session: FormSession, question: Question, rng: random.Random, today: date) -> None:
    """Give the first invented answer that the form's own rule lets stand."""
    if question.readonly or (not question.required and rng.random() < 0.3):
        return
    for value in invent(question, rng, today, find_pattern(session.definition, question.ref)):
        if session.answer(question.ref, value).problem is None:
            return
    session.answer(question.ref, None)


def invent(question: Question, rng: random.Random, today: date, pattern: str = "") -> tuple[Value, ...]:
    """Return invented answers to try in turn, () for a question that nothing is invented for.

    A text may also be one that matches `pattern`.
    """
    make = _MAKERS.get(question.type)
    usual = make(question, rng, today) if make else ()
    if not pattern or question.type is not QuestionType.TEXT:
        return usual
    return (*usual, make_sample(pattern, rng), make_sample(pattern, rng))


def _invent_choice(question: Question, rng: random.Random, today: date) -> tuple[Value, ...]:
    values = [choice.value for choice in question.choices]
    del today
    if question.type is QuestionType.SELECT_MULTIPLE:
        return (tuple(rng.sample(values, min(2, len(values)))),)
    weights = [1 / (n + 1) for n in range(len(values))]  # the first choices are the usual ones
    return tuple(rng.choices(values, weights)) if values else ()


def _invent_number(question: Question, rng: random.Random, today: date) -> tuple[Value, ...]:
    del today
    if "sp:money" in question.appearance:
        return (rng.randint(2, 400) * 5000,)
    return (rng.randint(1, 5), rng.randint(6, 2000), 0, 10, 50, 100)


def _invent_date(question: Question, rng: random.Random, today: date) -> tuple[Value, ...]:
    del question
    return (today - timedelta(days=rng.randint(0, 120)), today - timedelta(days=9000), today)


def _invent_time(question: Question, rng: random.Random, today: date) -> tuple[Value, ...]:
    clock = time(rng.randint(7, 17), rng.choice((0, 15, 30, 45)))
    if question.type is QuestionType.TIME:
        return (clock, LATE)
    return (
        datetime.combine(today - timedelta(days=rng.randint(0, 60)), clock, VIETNAM),
        datetime.combine(today, clock, VIETNAM),
        datetime.combine(today, LATE, VIETNAM),
    )


def _invent_word(question: Question, rng: random.Random, today: date) -> tuple[Value, ...]:
    del today
    return ("OK",) if question.type is QuestionType.ACKNOWLEDGE else (rng.choice(("scanned", "none")),)


def _invent_file(question: Question, rng: random.Random, today: date) -> tuple[Value, ...]:
    del question, today
    return (f"{rng.getrandbits(64):016x}.jpg",)


def _invent_text(question: Question, rng: random.Random, today: date) -> tuple[Value, ...]:
    born = today - timedelta(days=rng.randint(18 * 365, 60 * 365))
    name = f"{rng.choice(_FAMILY)} {rng.choice(_MIDDLE)} {rng.choice(_GIVEN)}"
    if "sp:name" in question.appearance:
        return (name,)
    if "sp:partial-date" in question.appearance:
        return (born.isoformat()[: rng.choice((4, 7, 10, 10))],)
    if "numbers" in question.appearance:
        citizen = f"0{rng.randrange(1, 97):02}{rng.randrange(4)}{born.year % 100:02}{rng.randrange(10**6):06}"
        return (citizen, f"0{rng.choice('35789')}{rng.randrange(10**8):08}", str(rng.randrange(10**9)))
    return (f"bản {rng.choice(_PLACES)}", name, str(rng.randrange(1000)))


_MAKERS: dict[QuestionType, Callable[[Question, random.Random, date], tuple[Value, ...]]] = {
    QuestionType.SELECT_ONE: _invent_choice,
    QuestionType.SELECT_MULTIPLE: _invent_choice,
    QuestionType.INTEGER: _invent_number,
    QuestionType.DECIMAL: _invent_number,
    QuestionType.RANGE: _invent_number,
    QuestionType.DATE: _invent_date,
    QuestionType.TIME: _invent_time,
    QuestionType.DATETIME: _invent_time,
    QuestionType.ACKNOWLEDGE: _invent_word,
    QuestionType.BARCODE: _invent_word,
    QuestionType.IMAGE: _invent_file,
    QuestionType.AUDIO: _invent_file,
    QuestionType.FILE: _invent_file,
    QuestionType.TEXT: _invent_text,
}
