"""Walks through a form until every question was asked in a submission that stands; invented people."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from supportpoint.clock import VIETNAM, FixedClock, local_day
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.forms.parts import Rule, Spec
from supportpoint.forms.view import PageKind, Question, QuestionType, Value

MAX_STEPS = 800
MAX_MENDING = 8
SKIPPED = 0.2
HINTED = 0.5
EMPTY = (None, "", ())
FEW_CHOICES = 20
MAX_AGE = 120
MAX_DEPTH = 4
NAMES = ("Lò Thị Mẫu", "Vàng A Thử", "Quàng Văn Mẫu", "Giàng Thị Thử", "Cà Thị Bịa", "Tòng Văn Bịa")
AGES_DAYS = (0, 1, 20, 70, 400, 1500, 3000, 5200, 6200, 7100, 8000, 12000, 16000, 22000, 26500, 28500)
AHEAD_DAYS = (3, 10, 40, 300)
_POSITION = re.compile(r"\[\d+\]")
_NUMBER = re.compile(r"(?<![\w'.-])\d{1,9}(?![\w'.-])")
_LITERAL = re.compile(r"'([^']*)'|(?<![\w'.-])(\d{1,9})(?![\w'.-])")
_UNASKED = frozenset({QuestionType.NOTE})
_ENDINGS = {QuestionType.IMAGE: "jpg", QuestionType.AUDIO: "m4a", QuestionType.FILE: "pdf"}


@dataclass(frozen=True, slots=True)
class Walk:
    """One submission. `asked` and `answered` hold paths without positions, `chosen` also the choice."""

    xml: bytes
    instance_id: str
    asked: frozenset[str]
    answered: frozenset[str]
    chosen: frozenset[tuple[str, str]]
    files: tuple[str, ...]


@dataclass(slots=True)
class Covering:
    """What the walks of a form reached. `seen` was on a page at some time; `walks` stand and are few."""

    walks: list[Walk] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    offered: set[tuple[str, str]] = field(default_factory=set)
    answerable: set[str] = field(default_factory=set)
    tried: int = 0
    problems: Counter[str] = field(default_factory=Counter)

    @property
    def asked(self) -> set[str]:
        """Everything that some submission was asked."""
        return {path for walk in self.walks for path in walk.asked}

    @property
    def answered(self) -> set[str]:
        """Everything that some submission answers."""
        return {path for walk in self.walks for path in walk.answered}

    @property
    def chosen(self) -> set[tuple[str, str]]:
        """Every choice that some submission holds, of the questions with few choices."""
        return {choice for walk in self.walks for choice in walk.chosen}


def list_paths(definition: FormDefinition) -> set[str]:
    """Return the path of every question and note of a form, without positions."""
    return {spec.path for spec in definition.specs.values() if spec.control is not None}


def cover_form(
    definition: FormDefinition,
    *,
    seed: int,
    now: datetime,
    beyond: frozenset[str] = frozenset(),
    most: int = 300,
) -> Covering:
    """Walk until submissions ask every question, hold an answer to each, and take every choice of few.

    `beyond` are the paths that no submission can ask; `most` bounds the walks.
    """
    walker = Walker(definition, now)
    found = Covering()
    wanted = list_paths(definition) - beyond
    while found.tried < most and not (
        wanted <= found.asked and found.offered <= found.chosen and found.answerable <= found.answered
    ):
        walker.rng = random.Random(f"{definition.form_id}:{seed}:{found.tried}")
        found.tried += 1
        untaken = {path for path, _ in found.offered - found.chosen}
        walker.hints = find_hints(definition, (wanted - found.asked) | untaken)
        session = walker.walk()
        found.seen |= walker.seen
        problems = session.validate()
        found.problems.update(without_position(problem.ref) for problem in problems)
        if not problems:
            _keep(found, session)
    return found


def _keep(found: Covering, session: FormSession) -> None:
    """Keep a submission that asks or takes something new."""
    questions = [question for page in session.pages() for question in page.questions]
    asked = frozenset(without_position(question.ref) for question in questions)
    answered = frozenset(
        without_position(question.ref) for question in questions if question.value not in EMPTY
    )
    chosen: set[tuple[str, str]] = set()
    for question in questions:
        path = without_position(question.ref)
        if question.type not in _UNASKED and not question.readonly:
            found.answerable.add(path)
        if 0 < len(question.choices) <= FEW_CHOICES:
            found.offered |= {(path, choice.value) for choice in question.choices}
            taken = question.value if isinstance(question.value, tuple) else (str(question.value or ""),)
            chosen |= {(path, value) for value in taken if value}
    if asked <= found.asked and chosen <= found.chosen and answered <= found.answered:
        return
    names = session.attachment_names()
    walk = Walk(session.to_xml(), session.instance_id, asked, answered, frozenset(chosen), names)
    found.walks.append(walk)


def find_hints(definition: FormDefinition, missing: set[str]) -> dict[str, list[str]]:
    """Return path → the literals beside which the rules of what is still missing read that answer."""
    hints: dict[str, list[str]] = {}

    def follow(rule: Rule, literals: list[str], depth: int) -> None:
        pairs = _LITERAL.findall(rule.source)
        found = literals + [word or number for word, number in pairs if word or number]
        for read in rule.reads:
            spec = definition.specs.get(read.names)
            if spec is None:
                continue
            if spec.calculate is not None and depth < MAX_DEPTH:
                follow(spec.calculate, found, depth + 1)
            hints.setdefault(spec.path, []).extend(found)

    for path in sorted(missing):
        spec: Spec | None = definition.specs[tuple(path.strip("/").split("/"))]
        while spec is not None:
            if spec.relevant is not None:
                follow(spec.relevant, [], 0)
            spec = spec.parent
    return hints


def without_position(ref: str) -> str:
    """Return the path that a ref stands for."""
    return _POSITION.sub("", ref)


class Walker:
    """Answers one form again and again; a choice that was taken less often comes first."""

    def __init__(self, definition: FormDefinition, now: datetime) -> None:
        self.definition = definition
        self.now = now
        self.today = local_day(now)
        self.rng = random.Random()
        self.seen: set[str] = set()
        self.taken: Counter[tuple[str, str]] = Counter()
        rules = [rule for spec in definition.specs.values() for rule in (spec.constraint, spec.relevant)]
        sources = " ".join(rule.source for rule in rules if rule is not None)
        self.hints: dict[str, list[str]] = {}
        self.numbers = sorted({int(text) for text in _NUMBER.findall(sources)})
        self.makers: dict[QuestionType, Callable[[Question], list[Value]]] = {
            QuestionType.SELECT_ONE: self._choices,
            QuestionType.SELECT_MULTIPLE: self._choice_sets,
            QuestionType.TEXT: self._texts,
            QuestionType.INTEGER: self._integers,
            QuestionType.RANGE: self._integers,
            QuestionType.DECIMAL: lambda question: [Decimal(n) for n in self._integers(question)],  # type: ignore[arg-type]
            QuestionType.DATE: lambda question: list(self._days()),
            QuestionType.DATETIME: lambda question: [
                datetime.combine(day, time(9), VIETNAM) for day in self._days()
            ],
            QuestionType.TIME: lambda question: [time(self.rng.randrange(24), self.rng.randrange(60))],
            QuestionType.ACKNOWLEDGE: lambda question: ["OK"],
            QuestionType.BARCODE: self._barcodes,
        }

    def walk(self) -> FormSession:
        """Return a session walked to its end and mended as far as it goes."""
        session = FormSession(self.definition, clock=FixedClock(self.now), language="vi")
        wanted = Counter[str]()
        index = 0
        for _ in range(MAX_STEPS):
            if index >= session.page_count():
                break
            page = session.page(index)
            if page.kind is PageKind.REPEAT and page.can_add:
                if page.ref not in wanted:
                    wanted[page.ref] = self.rng.choice((0, 1, 1, 2))
                if page.repeat_count < wanted[page.ref]:
                    session.add_repeat(page.ref)
                    continue
            self._answer_page(session, index)
            index += 1
        self._mend(session)
        return session

    def _answer_page(self, session: FormSession, index: int) -> None:
        """Answer a page; what an answer brings onto the same page is answered too."""
        done: set[str] = set()
        while index < session.page_count():
            fresh = [question for question in session.page(index).questions if question.ref not in done]
            if not fresh:
                return
            done.add(fresh[0].ref)
            self.seen.add(without_position(fresh[0].ref))
            self._answer(session, fresh[0], may_skip=True)

    def _mend(self, session: FormSession) -> None:
        """Give other answers where a later answer has made an earlier one wrong."""
        for _ in range(MAX_MENDING):
            problems = session.validate()
            if not problems:
                return
            for problem in problems:
                try:
                    page = session.page(session.page_index(problem.ref))
                except SupportPointError:
                    continue
                for question in page.questions:
                    if question.ref == problem.ref:
                        self._answer(session, question, may_skip=False)

    def _answer(self, session: FormSession, question: Question, *, may_skip: bool) -> None:
        if question.readonly or question.type in _UNASKED:
            return
        if may_skip and not question.required and self.rng.random() < SKIPPED:
            return
        for value in self.invent(question):
            try:
                if session.answer(question.ref, value).problem is None:
                    self.taken[without_position(question.ref), str(value)] += 1
                    return
            except SupportPointError:
                continue
        session.answer(question.ref, None)

    def invent(self, question: Question) -> list[Value]:
        """Return values to try, the best first."""
        usual = self._usual(question)
        near = self.hints.get(without_position(question.ref))
        if not near or self.rng.random() > HINTED:
            return usual
        return [*self._hinted(question, self.rng.sample(near, min(len(near), 6))), *usual]

    def _hinted(self, question: Question, words: list[str]) -> list[Value]:
        """Return values made of the literals that a rule compares this answer with."""
        if question.type in {QuestionType.INTEGER, QuestionType.RANGE, QuestionType.DECIMAL}:
            numbers = [int(word) + self.rng.choice((-1, 0, 1)) for word in words if word.isdecimal()]
            return [number for number in numbers if number >= 0]
        if question.type is QuestionType.SELECT_MULTIPLE:
            known = {choice.value for choice in question.choices}
            return [(word,) for word in words if word in known]
        if question.type is QuestionType.DATE:
            return list(self._days_of_age(words))
        if "sp:partial-date" in question.appearance:
            length = self.rng.choice((4, 4, 7, 10))
            return [day.isoformat()[:length] for day in self._days_of_age(words)]
        return list(words) if question.type in {QuestionType.SELECT_ONE, QuestionType.TEXT} else []

    def _days_of_age(self, ages: list[str]) -> list[date]:
        """Return days about so many years or days ago, where a form's limits lie."""
        numbers = [int(text) for text in ages if text.isdecimal() and int(text) <= MAX_AGE]
        near = [self.today - timedelta(days=round(n * 365.25) + self.rng.randint(-3, 3)) for n in numbers]
        near += [self.today - timedelta(days=n + self.rng.randint(-1, 1)) for n in numbers]
        return near

    def _usual(self, question: Question) -> list[Value]:
        if question.type in _ENDINGS:
            return [f"{self.rng.getrandbits(40):010x}.{_ENDINGS[question.type]}"]
        make = self.makers.get(question.type)
        return make(question) if make else []

    def _choices(self, question: Question) -> list[Value]:
        values = [choice.value for choice in question.choices]
        self.rng.shuffle(values)
        if self.rng.random() < 0.75:
            path = without_position(question.ref)
            values.sort(key=lambda value: self.taken[path, value])
        return list(values)

    def _choice_sets(self, question: Question) -> list[Value]:
        single = [str(value) for value in self._choices(question)]
        pairs = [tuple(single[:2]), tuple(single[:3])] if len(single) > 1 else []
        ones = [(value,) for value in single]
        return [*self.rng.sample(pairs, len(pairs)), *ones] if self.rng.random() < 0.5 else [*ones, *pairs]

    def _integers(self, question: Question) -> list[Value]:
        del question
        near = [n + step for n in self.numbers for step in (-1, 0, 1) if n + step >= 0]
        usual = [1, 2, 3, 5, 12, 40, 150, 2000, 120_000, 1990, 2015]
        values = self.rng.sample(near, min(len(near), 8)) + usual
        self.rng.shuffle(values)
        return list(values)

    def _days(self) -> list[date]:
        days = [self.today - timedelta(days=age + self.rng.randrange(15)) for age in AGES_DAYS]
        days = [min(day, self.today) for day in days]
        days += [self.today + timedelta(days=ahead) for ahead in AHEAD_DAYS]
        self.rng.shuffle(days)
        return days

    def _texts(self, question: Question) -> list[Value]:
        name = self.rng.choice(NAMES)
        if "sp:name" in question.appearance:
            return [name]
        if "sp:partial-date" in question.appearance:
            length = self.rng.choice((4, 7, 10, 10))
            return [day.isoformat()[:length] for day in self._days()]
        digits = [_citizen(self.rng), f"09{self.rng.randrange(10**8):08}", f"{self.rng.randrange(10**9):09}"]
        digits += [f"{self.rng.randrange(1, 10**10):010}", "3", "2024", "12", _gtin(self.rng), "12345"]
        words = [
            "bản Nậm Mẫu",
            name,
            "Thử một lời kể dài hơn một chút cho đủ ý.",
            "AB 123456",
            "thu@example.vn",
        ]
        words += ["DB7-4K2-9X8", "https://example.vn/x", "0"]
        self.rng.shuffle(words)
        if "numbers" in question.appearance:
            return [*digits, *words]
        return [*words, *digits, *(day.isoformat()[:7] for day in self._days()[:3])]

    def _barcodes(self, question: Question) -> list[Value]:
        if "sp:id-scan" in question.appearance:
            return [self.rng.choice(("scanned", "none"))]
        return [_gtin(self.rng), "none"]


def _citizen(rng: random.Random) -> str:
    return f"0{rng.randrange(1, 97):02}{rng.randrange(4)}{rng.randrange(100):02}{rng.randrange(10**6):06}"


def _gtin(rng: random.Random) -> str:
    """Return a 13-digit article number of Viet Nam with its check digit."""
    body = f"893{rng.randrange(10**9):09}"
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(body))
    return body + str(-total % 10)
