"""Real field forms, where they are at hand: load, fill validly to the end, write, read back."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from supportpoint.clock import FixedClock
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession, PageKind, Question, QuestionType
from supportpoint.forms.view import Value
from tests.form_walks import Walker

CORPUS = Path(__file__).parents[4] / "shared" / "conformance" / "corpus"
FORMS = sorted([*CORPUS.glob("*.xml"), *CORPUS.glob("*.xlsx")])
AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
CLOCK = FixedClock(AT)
FILES = {
    "cities.geojson": (
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "c1", "properties":'
        b' {"name": "A"}, "geometry": {"type": "Point", "coordinates": [103.0, 21.4]}}]}'
    )
}
PLACES = frozenset({"geopoint", "geotrace", "geoshape"})
VALUES = {
    QuestionType.INTEGER: ("0", "1", "4", "33"),
    QuestionType.DECIMAL: ("0.5", "12"),
    QuestionType.DATE: ("2026-11-20", "2024-02-29", "1961-05-05"),
    QuestionType.TIME: ("10:20",),
    QuestionType.DATETIME: ("2026-11-01T10:20:00.000+07:00",),
    QuestionType.RANGE: ("1", "3"),
    QuestionType.ACKNOWLEDGE: ("OK",),
}


class FieldWalker(Walker):
    """Also answers where a form asks for a place on the map."""

    def invent(self, question: Question) -> list[Value]:
        names = tuple(part.partition("[")[0] for part in question.ref.strip("/").split("/"))
        if self.definition.specs[names].kind in PLACES:
            return ["21.4 103.0 0 0"]
        return super().invent(question)


def read_form(path: Path) -> FormDefinition:
    if path.suffix == ".xml":
        return FormDefinition.load(path.read_bytes(), files=FILES)
    convert = pytest.importorskip("pyxform.xls2xform", reason="pyxform is not installed").convert
    return FormDefinition.load(convert(path).xform.encode(), files=FILES)


def pick(chance: random.Random, question: Question) -> str:
    if chance.random() < 0.1:
        return ""
    if question.choices:
        return chance.choice(question.choices).value
    return chance.choice(VALUES.get(question.type, ("text", "21.4 103.0 0 0")))


def step(session: FormSession, chance: random.Random) -> None:
    page = session.page(chance.randrange(session.page_count()))
    if page.kind is PageKind.REPEAT:
        if page.can_add and page.repeat_count < 4:
            session.add_repeat(page.ref)
        elif page.can_remove:
            session.remove_repeat(f"{page.ref}[{chance.randint(1, page.repeat_count)}]")
        return
    for question in page.questions:
        if not question.readonly:
            session.answer(question.ref, pick(chance, question))


def questions(session: FormSession) -> Iterator[Question]:
    return (question for page in session.pages() for question in page.questions)


if not FORMS:
    pytest.skip("the conformance corpus is not beside this checkout", allow_module_level=True)


@pytest.fixture(scope="module", params=FORMS, ids=lambda path: path.name[:24] + path.suffix)
def form(request) -> FormDefinition:
    return read_form(request.param)


def test_a_valid_walk_to_the_end(form):
    walker = FieldWalker(form, AT)
    for seed in range(4):
        walker.rng = random.Random(seed)
        session = walker.walk()
        problems = session.validate()
        without = {question.ref for question in questions(session) if not question.choices}
        selects = {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE}
        listed = {question.ref for question in questions(session) if question.type in selects}
        assert {problem.ref for problem in problems} <= without & listed, (
            "only an empty list cannot be answered"
        )
        sent, whole, pages = session.to_xml(), session.to_xml(whole=True), session.pages()
        again = FormSession.from_xml(form, whole, clock=CLOCK, language="vi")
        assert again.pages() == pages
        assert again.to_xml() == sent
        assert again.to_xml(whole=True) == whole
        assert again.validate() == problems
        assert again.outline() == session.outline()
        received = FormSession.from_xml(form, sent, clock=CLOCK, language="vi")
        assert received.to_xml() == sent
        assert received.validate() == problems


def test_a_walk_at_random(form):
    session, chance = FormSession(form, clock=CLOCK), random.Random(5)
    refused: list[str] = []
    for _ in range(150):
        try:
            step(session, chance)
        except SupportPointError as error:
            refused.append(error.code)
    assert set(refused) <= {"SP-306"}
    assert len(refused) < 75
    session.outline()
    session.validate()
    sent, whole = session.to_xml(), session.to_xml(whole=True)
    session.recompute()
    assert session.to_xml() == sent
    assert FormSession.from_xml(form, whole, clock=CLOCK).to_xml() == sent
